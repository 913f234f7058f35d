import { availableParallelism } from "node:os";
import { describe, expect, it } from "vitest";
import { beside } from "./beside.ts";
import { arange, ones, tensor } from "./creation.ts";
import { setThreads, threads } from "./engine.ts";
import { conv2d } from "./functional.ts";
import { tidy } from "./scopes.ts";
import type { Tensor } from "./tensor.ts";

const weightGradient = (weight: Tensor): number | undefined => weight.grad?.item();

/** Once where a core is free for the pass, and once where none is. */
describe.each([1, availableParallelism()])("a backward pass beside other work, with %i threads", (count) => {
  const before = threads();
  const each = <T>(run: () => T): T => {
    setThreads(count);
    try {
      return tidy(run);
    } finally {
      setThreads(before);
    }
  };

  it("gives the gradients that backward gives, and what the work gave", () => {
    each(() => {
      const x = arange(2 * 3 * 16 * 16)
        .reshape([2, 3, 16, 16])
        .mul(0.001);
      const gradient = (pass: (loss: Tensor) => void) => {
        const weight = ones([4, 3, 3, 3]).requireGrad();
        pass(conv2d(x, weight).square().mean());
        return weight.grad?.data();
      };
      const plain = gradient((loss) => loss.backward());
      for (let i = 0; i < 20; i++) {
        expect(gradient((loss) => expect(beside(loss, () => x.add(1).sum().item())).toBeGreaterThan(0))).toEqual(plain);
      }
    });
  });

  it("throws what the work throws, and what the pass throws, and goes on after", () => {
    each(() => {
      const weight = tensor([3], { requiresGrad: true });
      const fails = () => {
        throw new RangeError("no");
      };
      expect(() => beside(weight.square().sum(), fails)).toThrow("no");
      const used = weight.square().sum();
      used.backward();
      expect(() => beside(used, () => 1)).toThrow(/^backward\(\(\)\): Trying to backward through the graph a second time/);
      weight.grad = null;
      expect(beside(weight.square().sum(), () => 2)).toBe(2);
      expect(weightGradient(weight)).toBe(6);
    });
  });
});
