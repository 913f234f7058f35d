import { readFileSync } from "node:fs";
import { grad, liveTensors, randn, readSafetensors, seed, type Tensor, tidy } from "@semblant/torch";
import { afterAll, describe, expect, it } from "vitest";
import { createNetwork } from "../catalog/networks.ts";
import { resnet18, stems } from "./resnet.ts";

const stored = JSON.parse(readFileSync(new URL("./fixtures/resnet18.json", import.meta.url), "utf8")) as {
  names: string[];
  evaluated: number[];
  trained: number[];
  runningMean: number[];
  runningVariance: number[];
  gradientOfConv1: number[];
  gradientOfFc: number[];
};
const { tensors: state } = readSafetensors(new URL("./fixtures/resnet18.safetensors", import.meta.url).pathname);
const images = (state.get("images") as Tensor).to("float32");
state.delete("images");

/** The same network as PyTorch's, with its weights. */
function loaded(): ReturnType<typeof resnet18> {
  const network = resnet18({ channels: 3, dimensions: 10, baseChannels: 4, size: 33 });
  network.loadStateDict(state);
  return network;
}

function expectClose(actual: Tensor | undefined, expected: readonly number[], within: number): void {
  const values = Array.from((actual as Tensor).data() as Float32Array);
  expect(values.length).toBe(expected.length);
  values.forEach((value, k) => {
    expect(Math.abs(value - (expected[k] as number))).toBeLessThan(within * Math.max(1, Math.abs(expected[k] as number)));
  });
}

afterAll(() => {
  for (const tensor of state.values()) tensor.dispose();
});

describe("ResNet18", () => {
  it("names its tensors as torchvision does, in the same order", () => {
    using network = resnet18({ channels: 3, baseChannels: 4 });
    expect([...network.stateDict().keys()]).toEqual(stored.names);
  });

  it("loads a state dictionary of PyTorch and answers as PyTorch did in evaluation", () => {
    using network = loaded().eval();
    expectClose(network.forward(images), stored.evaluated, 1e-5);
  });

  it("answers as PyTorch did in training, with the same gradients and running statistics", () => {
    using network = loaded().train();
    const embeddings = network.forward(images);
    expectClose(embeddings, stored.trained, 1e-5);
    const parameters = new Map(network.namedParameters());
    const inputs = ["conv1.weight", "fc.bias"].map((name) => parameters.get(name) as Tensor);
    const [ofConv1, ofFc] = grad(embeddings.square().mean(), inputs);
    expectClose(ofConv1?.select(0, 0), stored.gradientOfConv1, 1e-4);
    expectClose(ofFc, stored.gradientOfFc, 1e-5);
    expectClose(network.stateDict().get("layer4.1.bn2.running_mean"), stored.runningMean, 1e-5);
    expectClose(network.stateDict().get("layer4.1.bn2.running_var"), stored.runningVariance, 1e-5);
    expect(network.stateDict().get("bn1.num_batches_tracked")?.item()).toBe(1);
  });

  it("takes a classifier's weights but for its last layer when told to ignore that", () => {
    using network = resnet18({ channels: 3, dimensions: 64, baseChannels: 4 });
    const ignored = (name: string) => name.startsWith("fc.");
    expect(() => network.loadStateDict(state)).toThrow("loadStateDict: expected fc.weight to be (64, 32), but got (10, 32).");
    const match = network.loadStateDict(state, { ignore: ignored });
    expect(match).toEqual({ missing: [], unexpected: [] });
    expect(network.stateDict().get("conv1.weight")?.data()).toEqual(state.get("conv1.weight")?.to("float32").data());
  });

  it("embeds images of any size, whatever the stem", () => {
    for (const stem of stems) {
      for (const size of [32, 48, 64]) {
        using network = resnet18({ baseChannels: 4, stem, size, dimensions: 16 });
        expect(network.forward(randn([2, 1, size, size])).shape).toEqual([2, 16]);
        expect(network.input).toEqual({ size, channels: 1, mean: [0.5], std: [0.2] });
      }
    }
  });

  it("starts from Kaiming-normal weights by fan-out, the same for the same seed", () => {
    seed(3);
    using network = resnet18({ baseChannels: 32 });
    seed(3);
    using again = resnet18({ baseChannels: 32 });
    const weight = network.stateDict().get("layer2.0.conv1.weight") as Tensor;
    expect(again.stateDict().get("layer2.0.conv1.weight")?.data()).toEqual(weight.data());
    const deviation = Math.sqrt(weight.variance().item());
    expect(deviation / Math.sqrt(2 / (64 * 9))).toBeCloseTo(1, 1);
    expect(network.stateDict().get("bn1.weight")?.data()).toEqual(new Float32Array(32).fill(1));
  });

  it("leaves nothing behind but its answer, and nothing at all when disposed of", () => {
    const before = liveTensors();
    const network = resnet18({ baseChannels: 4 }).eval();
    const held = liveTensors();
    tidy(() => {
      network.forward(randn([2, 1, 48, 48]));
    });
    expect(liveTensors()).toBe(held);
    network.dispose();
    expect(liveTensors()).toBe(before);
  });

  it("is made again from its settings", () => {
    using network = resnet18({ baseChannels: 4, stem: "3x3", batchNorm: false, dimensions: 5 });
    using again = createNetwork(JSON.parse(JSON.stringify(network.settings)));
    expect(again.settings).toEqual(network.settings);
    expect([...again.stateDict()].map(([name, { shape }]) => [name, shape])).toEqual(
      [...network.stateDict()].map(([name, { shape }]) => [name, shape]),
    );
  });

  it("says which option is wrong", () => {
    expect(() => resnet18({ baseChannels: 0 })).toThrow("resnet18: expected baseChannels to be a whole number above 0, but got 0.");
    // @ts-expect-error a stem that there is not
    expect(() => resnet18({ stem: "5x5" })).toThrow('resnet18: expected stem to be one of 7x7, 3x3-pool, 3x3, but got "5x5".');
    expect(() => resnet18({ std: [0] })).toThrow("resnet18: expected std to be a number above 0 for each of 1 channels, but got [0].");
    expect(() => resnet18({ mean: [0.5, 0.5] })).toThrow(
      "resnet18: expected mean to be a number for each of 1 channels, but got [0.5,0.5].",
    );
    // @ts-expect-error a name that is not an option
    expect(() => resnet18({ dimension: 64 })).toThrow('resnet18: unknown option "dimension"; did you mean "dimensions"?');
  });
});
