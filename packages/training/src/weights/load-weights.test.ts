import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DataError } from "@semblant/core";
import { full, ones, randn, readSafetensors, seed, type Tensor, writeSafetensors } from "@semblant/torch";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { alexnet } from "../networks/alexnet.ts";
import type { EmbeddingNetwork } from "../networks/embedding-network.ts";
import { resnet18 } from "../networks/resnet.ts";
import { describeStart, loadWeights } from "./load-weights.ts";

/** A classifier of 10 classes at width 4, as PyTorch saved it. */
const ofTorch = new URL("../networks/fixtures/resnet18.safetensors", import.meta.url).pathname;
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "weights-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const values = (network: EmbeddingNetwork, name: string) => Array.from((network.stateDict().get(name) as Tensor).data() as Float32Array);
const written = (name: string, tensors: Record<string, Tensor>): string => {
  const path = join(folder, name);
  writeSafetensors(path, new Map(Object.entries(tensors)));
  return path;
};

describe("loadWeights", () => {
  it("starts an embedding network from a classifier of PyTorch's: all but the last layer, as it says", () => {
    using network = resnet18({ channels: 3, baseChannels: 4, dimensions: 64 });
    const fresh = values(network, "fc.weight");
    const loaded = loadWeights(network, ofTorch);
    expect(loaded.loaded.length).toBe(network.stateDict().size - 2);
    expect(loaded.kept).toEqual([
      { name: "fc.weight", reason: "(64, 32) here, (10, 32) in the file" },
      { name: "fc.bias", reason: "(64) here, (10) in the file" },
    ]);
    expect(loaded.adapted).toBeNull();
    expect(loaded.unused).toEqual(["images"]);
    expect(values(network, "fc.weight")).toEqual(fresh);
    const { tensors } = readSafetensors(ofTorch);
    for (const name of ["conv1.weight", "layer4.1.bn2.running_var"])
      expect(values(network, name)).toEqual(Array.from(tensors.get(name)?.to("float32").data() as Float32Array));
    expect(describeStart(loaded)).toBe("120 of 122 tensors start from resnet18.safetensors; fresh: fc.weight, fc.bias; not used: images.");
  });

  it("takes the last layer too where it has as many outputs", () => {
    using network = resnet18({ channels: 3, baseChannels: 4, dimensions: 10, head: "classes" });
    expect(loadWeights(network, ofTorch).kept).toEqual([]);
  });

  it("answers a grey image as the network for color answers it in three equal channels", () => {
    using grey = resnet18({ channels: 1, baseChannels: 4, dimensions: 10 });
    using color = resnet18({ channels: 3, baseChannels: 4, dimensions: 10 });
    expect(loadWeights(grey, ofTorch).adapted).toBe("conv1.weight of 3 channels summed into one");
    loadWeights(color, ofTorch);
    seed(1);
    const images = randn([2, 1, 48, 48]);
    const [one, three] = [grey.eval().forward(images), color.eval().forward(images.expand([2, 3, 48, 48]))];
    expect(one.sub(three).abs().amax().item()).toBeLessThan(1e-4);

    const path = written("grey.safetensors", Object.fromEntries(grey.stateDict()));
    expect(loadWeights(color, path).adapted).toBe("conv1.weight of 1 channels spread over three");
    expect(
      color
        .forward(images.expand([2, 3, 48, 48]))
        .sub(one)
        .abs()
        .amax()
        .item(),
    ).toBeLessThan(1e-4);
  });

  it("starts AlexNet at another size from all but the layers whose inputs are other in number", () => {
    using large = alexnet({ channels: 3, baseChannels: 2, size: 127, dimensions: 10 });
    using small = alexnet({ channels: 3, baseChannels: 2, size: 63 });
    const { kept } = loadWeights(small, written("alexnet.safetensors", Object.fromEntries(large.stateDict())));
    expect(kept.map(({ name }) => name)).toEqual(["classifier.1.weight", "classifier.6.weight", "classifier.6.bias"]);
    expect(values(small, "features.10.weight")).toEqual(values(large, "features.10.weight"));
  });

  it("leaves out a first layer of another kernel, and batch norms that the network has not", () => {
    using network = resnet18({ channels: 3, baseChannels: 4, dimensions: 10, stem: "3x3", batchNorm: false });
    const { kept, unused } = loadWeights(network, ofTorch);
    expect(kept).toEqual([{ name: "conv1.weight", reason: "(4, 3, 3, 3) here, (4, 3, 7, 7) in the file" }]);
    expect(unused).toContain("bn1.running_mean");
  });

  it("says that counters of batches are missing to nobody: files of before 2018 have none", () => {
    using network = resnet18({ channels: 3, baseChannels: 4, dimensions: 10 });
    const { tensors } = readSafetensors(ofTorch);
    const old = [...tensors].filter(([name]) => !name.endsWith("num_batches_tracked"));
    expect(loadWeights(network, written("old.safetensors", Object.fromEntries(old))).kept).toEqual([]);
  });

  it("refuses a file that fits nothing, with the first of both", () => {
    using network = alexnet({ baseChannels: 2, size: 63 });
    expect(() => loadWeights(network, ofTorch)).toThrow(DataError);
    expect(() => loadWeights(network, ofTorch)).toThrow(
      "weights resnet18.safetensors: expected weights of alexnet, but none of its 123 tensors fits by name and shape.\n" +
        "  The network's first is features.0.weight (2, 1, 11, 11), the file's conv1.weight (4, 3, 7, 7).",
    );
    using wider = resnet18({ channels: 3, baseChannels: 8 });
    expect(() => loadWeights(wider, ofTorch)).toThrow("expected weights of resnet18, but none of its 123 tensors fits");
  });

  it("refuses values that are not finite, and copies nothing then", () => {
    using network = alexnet({ baseChannels: 2, size: 63, channels: 3 });
    const before = values(network, "features.0.weight");
    const path = written("nan.safetensors", {
      "features.0.weight": ones([2, 3, 11, 11]),
      "features.3.weight": full([6, 2, 5, 5], Number.NaN),
    });
    expect(() => loadWeights(network, path)).toThrow("weights nan.safetensors: expected finite numbers, but features.3.weight has others.");
    expect(values(network, "features.0.weight")).toEqual(before);
  });

  it("refuses what is no safetensors file, and says how to turn a pickle into one", () => {
    using network = alexnet({ baseChannels: 2, size: 63 });
    const pickle = join(folder, "alexnet.pth");
    writeFileSync(pickle, "PK\u0003\u0004 data.pkl");
    expect(() => loadWeights(network, pickle)).toThrow(
      "weights alexnet.pth: expected a safetensors file, but got an archive as torch.save writes it.\n" +
        "  Turn it into one with Python: safetensors.torch.save_file(torch.load(old), new).",
    );
    expect(() => loadWeights(network, join(folder, "none"))).toThrow(DataError);
  });

  it("reads halves and bfloat16 as they are meant", () => {
    using network = alexnet({ baseChannels: 2, size: 63, channels: 3 });
    loadWeights(network, written("half.safetensors", { "features.0.weight": full([2, 3, 11, 11], 0.5).to("bfloat16") }));
    expect(new Set(values(network, "features.0.weight"))).toEqual(new Set([0.5]));
  });
});
