import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { DataError, EngineError, OptionError } from "@semblant/core";
import { describe, expect, it } from "vitest";
import { Adam } from "./adam.ts";
import { ones, randn, tensor, zeros } from "./creation.ts";
import { conv2d, crossEntropy, normalize } from "./functional.ts";
import { clipGradNorm } from "./gradient-norm.ts";
import { BatchNorm2d, Conv2d, Dropout, Flatten, Linear, ReLU, Sequential } from "./layers.ts";
import { readSafetensors, writeSafetensors } from "./safetensors.ts";
import { autocast, keep, liveBytes, liveTensors, noGrad, tidy } from "./scopes.ts";
import type { Tensor } from "./tensor.ts";

// Every test here frees what it makes: nothing is left for the collector to take while another counts.
const change = (fn: () => void): number => {
  const before = liveTensors();
  fn();
  return liveTensors() - before;
};

describe("tidy", () => {
  it("frees what was made inside", () => {
    expect(change(() => tidy(() => void ones([2]).add(1).mul(2)))).toBe(0);
  });

  it("keeps the tensor it returns", () => {
    const sum = tidy(() => ones([2]).add(1).sum());
    expect(sum.item()).toBe(4);
    sum.dispose();
  });

  it("keeps those in arrays, maps and plain objects it returns", () => {
    const result = tidy(() => ({ list: [ones([1])], map: new Map([["a", ones([1])]]), lost: ones([1]).shape }));
    expect([result.list[0]?.disposed, result.map.get("a")?.disposed]).toEqual([false, false]);
    result.list[0]?.dispose();
    result.map.get("a")?.dispose();
  });

  it("hands what it returns to the scope around it", () => {
    let inner: Tensor | undefined;
    tidy(() => {
      inner = tidy(() => ones([1]));
      expect(inner.disposed).toBe(false);
    });
    expect(inner?.disposed).toBe(true);
  });

  it("frees everything when the function throws", () => {
    const fails = (): void =>
      tidy(() => {
        ones([2]);
        throw new Error("no");
      });
    expect(change(() => expect(fails).toThrow("no"))).toBe(0);
  });

  it("leaves tensors from outside alone", () => {
    const x = ones([1]);
    tidy(() => x.add(1).data());
    expect(x.disposed).toBe(false);
    x.dispose();
  });

  it("refuses a function that returns a promise", () => {
    expect(() => tidy(async () => 1)).toThrow(OptionError);
    expect(() => tidy(async () => 1)).toThrow('tidy: expected fn to be synchronous, but got "a function that returns a promise".');
  });
});

describe("keep, using and dispose", () => {
  it("keep lifts a tensor out of all scopes", () => {
    const kept = tidy(() => tidy(() => [keep(ones([1]))].map((t) => ({ t }))).map(({ t }) => t))[0] as Tensor;
    expect(kept.disposed).toBe(false);
    kept.dispose();
  });

  it("using frees at the end of its block", () => {
    const added = change(() => {
      using x = ones([3]);
      expect(x.size).toBe(3);
    });
    expect(added).toBe(0);
  });

  it("dispose may be called twice, and a disposed tensor says so when used", () => {
    const x = ones([1]);
    x.dispose();
    x.dispose();
    expect(() => x.add(1)).toThrow(EngineError);
    expect(() => x.add(1)).toThrow("tensor: used after it was disposed of; keep() it, or return it from tidy().");
  });

  it("count the bytes that tensors hold, and those that views share once", () => {
    tidy(() => {
      const before = liveBytes();
      const x = zeros([1000], { dtype: "float64" });
      expect(liveBytes() - before).toBe(8000);
      const view = x.reshape([10, 100]).transpose();
      expect(liveBytes() - before).toBe(8000);
      x.dispose();
      expect(liveBytes() - before).toBe(8000);
      view.dispose();
    });
  });
});

describe("no tensor is left", () => {
  it("after a training step with every kind of layer", () => {
    const network = new Sequential(
      new Conv2d(1, 4, 3),
      new BatchNorm2d(4),
      new ReLU(),
      new Flatten(),
      new Dropout(0.5),
      new Linear(4 * 36, 3),
    );
    const optimizer = new Adam(network.parameters(), { amsgrad: true, weightDecay: 0.1 });
    const step = (): void =>
      tidy(() => {
        const embeddings = normalize(network.forward(randn([2, 1, 8, 8])));
        crossEntropy(embeddings, tensor([0, 2], { dtype: "int64" })).backward();
        clipGradNorm(network.parameters(), 0.1);
        optimizer.step();
        optimizer.zeroGrad();
      });
    step();
    const bytes = liveBytes();
    expect(change(() => Array.from({ length: 5 }, step))).toBe(0);
    expect(liveBytes()).toBe(bytes);
    optimizer.dispose();
    network.dispose();
  });

  it("after a module and an optimizer are disposed of", () => {
    const added = change(() => {
      const network = new Sequential(new Linear(2, 2), new BatchNorm2d(2));
      const optimizer = new Adam(network.parameters());
      tidy(() => network.parameters().map((p) => p.sum().backward()));
      optimizer.step();
      optimizer.dispose();
      network.dispose();
    });
    expect(added).toBe(0);
  });

  it("after a safetensors file was read, or refused", () => {
    const folder = mkdtempSync(join(tmpdir(), "scopes-"));
    const path = join(folder, "x.safetensors");
    tidy(() => writeSafetensors(path, new Map([["a", ones([3])]])));
    expect(change(() => tidy(() => void readSafetensors(path)))).toBe(0);
    writeFileSync(path, "12345678");
    expect(change(() => expect(() => readSafetensors(path)).toThrow(DataError))).toBe(0);
    rmSync(folder, { recursive: true });
  });
});

describe("noGrad", () => {
  it("records nothing inside, and records again after, also after an error", () => {
    tidy(() => {
      const x = tensor([1], { requiresGrad: true });
      expect(noGrad(() => x.mul(2).requiresGrad)).toBe(false);
      expect(() =>
        noGrad(() => {
          throw new Error("no");
        }),
      ).toThrow("no");
      expect(x.mul(2).requiresGrad).toBe(true);
    });
  });
});

describe("autocast", () => {
  const output = (): Tensor => conv2d(ones([1, 1, 3, 3]), ones([1, 1, 3, 3]));

  it("gives bfloat16 from convolutions and products inside, float32 outside", () => {
    tidy(() => {
      const inside = autocast("bfloat16", () => [output().dtype, ones([2, 2]).matmul(ones([2, 2])).dtype, ones([2]).exp().dtype]);
      expect(inside).toEqual(["bfloat16", "bfloat16", "float32"]);
      expect(output().dtype).toBe("float32");
    });
  });

  it('is off inside "float32", and on again after it', () => {
    tidy(() => {
      const dtypes = autocast("bfloat16", () => [autocast("float32", () => output().dtype), output().dtype]);
      expect(dtypes).toEqual(["float32", "bfloat16"]);
    });
  });

  it("lets gradients of float32 weights come back as float32", () => {
    tidy(() => {
      const weight = ones([1, 1, 3, 3]).requireGrad();
      autocast("bfloat16", () => conv2d(ones([1, 1, 4, 4]), weight))
        .to("float32")
        .sum()
        .backward();
      expect([weight.grad?.dtype, weight.grad?.sum().item()]).toEqual(["float32", 36]);
    });
  });

  it("refuses float16 on the CPU", () => {
    expect(() => autocast("float16", output)).toThrow(
      'autocast: expected dtype to be "bfloat16" or "float32" on the CPU, but got "float16".',
    );
  });
});

describe("the collector", () => {
  it("frees at last what nobody refers to and no scope held", async () => {
    const before = liveTensors();
    for (let i = 0; i < 100; i++) ones([10]);
    expect(liveTensors()).toBe(before + 100);
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc") as () => void;
    for (let turn = 0; turn < 10 && liveTensors() > before; turn++) {
      collect();
      await setImmediate();
    }
    expect(liveTensors()).toBeLessThan(before + 5);
  });
});
