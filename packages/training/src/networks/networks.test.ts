import { readFileSync } from "node:fs";
import { grad, interpolate, liveTensors, noGrad, randn, readSafetensors, type Sequential, seed, type Tensor, tidy } from "@semblant/torch";
import { afterAll, describe, expect, it } from "vitest";
import { createNetwork, networkNamed, networkNames } from "../catalog/networks.ts";
import { alexnet } from "./alexnet.ts";
import { cvgg13 } from "./cvgg13.ts";
import type { EmbeddingNetwork } from "./embedding-network.ts";
import { fmpnet } from "./fmpnet.ts";
import { preactresnet18 } from "./preactresnet.ts";

type Description = Parameters<typeof createNetwork>[0];
interface Stored {
  options: Description & { size: number };
  names: string[];
  evaluated: number[];
  trained: number[];
  gradientOfFirst: number[];
}
const stored: [string, Stored][] = Object.entries(JSON.parse(readFileSync(new URL("./fixtures/others.json", import.meta.url), "utf8")));
const { tensors } = readSafetensors(new URL("./fixtures/others.safetensors", import.meta.url).pathname);
afterAll(() => {
  for (const tensor of tensors.values()) tensor.dispose();
});

/** A network of the fixtures with its weights, and its images. */
function loaded(which: string, { options, names }: Stored): { network: EmbeddingNetwork; images: Tensor } {
  const network = createNetwork(options);
  network.loadStateDict(new Map(names.map((name) => [name, tensors.get(`${which}/${name}`) as Tensor])));
  return { network, images: (tensors.get(`${which}/images`) as Tensor).to("float32") };
}

function expectClose(actual: Tensor, expected: readonly number[], within: number): void {
  const values = Array.from(actual.data() as Float32Array);
  expect(values.length).toBe(expected.length);
  const largest = Math.max(1, ...expected.map(Math.abs));
  values.forEach((value, k) => {
    expect(Math.abs(value - (expected[k] as number))).toBeLessThan(within * largest);
  });
}

const count = (description: Description): number => {
  using network = createNetwork(description);
  return network.numberOfParameters();
};

describe("the paper's networks", () => {
  it.each([
    // name, size, classifier of 8 classes with 1 and 3 channels, embedding of 64 with 1 and 3 channels
    ["fmpnet", 48, 6_074_888, 6_078_088, 6_132_288, 6_135_488],
    ["cvgg13", 64, 8_757_704, 8_758_856, 7_765_504, 7_766_656],
    ["alexnet", 227, 57_021_128, 57_036_616, 57_250_560, 57_266_048],
    ["resnet18", 224, 11_174_344, 11_180_616, 11_203_072, 11_209_344],
    ["preactresnet18", 32, 11_168_968, 11_170_120, 11_197_696, 11_198_848],
  ] as const)("have the parameters that the authors' have: %s", (name, size, ...expected) => {
    const cells = (["classes", "embedding"] as const).flatMap((head) =>
      [1, 3].map((channels) => count({ name, size, head, channels, dimensions: head === "classes" ? 8 : 64 })),
    );
    expect(cells).toEqual(expected);
  });

  it("have the parameters of the authors' triplet networks without batch norm", () => {
    const without = (name: "fmpnet" | "resnet18" | "preactresnet18") =>
      [1, 3].map((channels) => count({ name, channels, batchNorm: false }));
    expect(without("fmpnet")).toEqual([6_131_776, 6_134_976]);
    expect(without("resnet18")).toEqual([11_193_472, 11_199_744]);
    expect(without("preactresnet18")).toEqual([11_190_912, 11_192_064]);
  });

  it("grow and shrink with the image where they end in fully connected layers, and only there", () => {
    expect(count({ name: "fmpnet", size: 64, batchNorm: false })).toBe(9_801_792);
    expect(count({ name: "cvgg13", size: 48 })).toBe(5_930_496);
    expect(count({ name: "alexnet", size: 64 })).toBe(20_550_400);
    expect(count({ name: "resnet18", size: 48 })).toBe(count({ name: "resnet18", size: 224 }));
    expect(count({ name: "preactresnet18", size: 64 })).toBe(count({ name: "preactresnet18", size: 32 }));
  });

  it("are given the authors' size of images unless told otherwise", () => {
    const sizes = networkNames.map((name) => [name, tidy(() => createNetwork({ name, baseChannels: 1 }).input.size)]);
    expect(Object.fromEntries(sizes)).toEqual({ resnet18: 48, preactresnet18: 32, fmpnet: 48, cvgg13: 64, alexnet: 227 });
  });

  it.each(stored)("have PyTorch's names and answer as PyTorch did in evaluation: %s", (which, expected) => {
    const { network, images } = loaded(which, expected);
    expect([...network.stateDict().keys()]).toEqual(expected.names);
    expectClose(network.eval().forward(images), expected.evaluated, 1e-5);
    network.dispose();
  });

  it.each(stored)("answer as PyTorch did in training after the same seed, with the same gradient: %s", (which, expected) => {
    const { network, images } = loaded(which, expected);
    seed(9);
    const Z = network.train().forward(images);
    expectClose(Z, expected.trained, 1e-4);
    const [gradient] = grad(Z.square().mean(), [network.parameters()[0] as Tensor]);
    expectClose((gradient as Tensor).select(0, 0), expected.gradientOfFirst, 1e-3);
    network.dispose();
  });

  it.each(networkNames)("take images of the smallest size, of odd sizes and of larger ones: %s", (name) => {
    const { smallest } = networkNamed(name);
    for (const size of [smallest, smallest + 1, smallest + 14]) {
      using network = createNetwork({ name, size, baseChannels: 2, dimensions: 6 });
      for (const mode of [network.train(), network.eval()])
        expect(tidy(() => mode.forward(randn([2, 1, size, size])).shape)).toEqual([2, 6]);
    }
  });

  it.each([
    ["fmpnet", 11, "fmpnet: expected size to be 12 or more, the smallest that FMPNet's layers can take, but got 11."],
    ["cvgg13", 15, "cvgg13: expected size to be 16 or more, the smallest that CVGG13's layers can take, but got 15."],
    ["alexnet", 48, "alexnet: expected size to be 63 or more, the smallest that AlexNet's layers can take, but got 48."],
    ["alexnet", 62, "alexnet: expected size to be 63 or more, the smallest that AlexNet's layers can take, but got 62."],
  ] as const)("say the smallest size when theirs is smaller: %s at %i", (name, size, message) => {
    expect(() => createNetwork({ name, size })).toThrow(message);
  });

  it.each(networkNames)("are made again from their settings: %s", (name) => {
    using network = createNetwork({ name, baseChannels: 3, head: "classes", dimensions: 7, channels: 3 });
    using again = createNetwork(JSON.parse(JSON.stringify(network.settings)));
    expect(again.settings).toEqual(network.settings);
    expect([...again.stateDict()].map(([key, { shape }]) => [key, shape])).toEqual(
      [...network.stateDict()].map(([key, { shape }]) => [key, shape]),
    );
  });

  it.each(networkNames)("start from the same weights after the same seed, and leave nothing behind: %s", (name) => {
    const before = liveTensors();
    const first = () => {
      seed(3);
      using network = createNetwork({ name, baseChannels: 2, size: 64 });
      return tidy(() =>
        network
          .eval()
          .forward(randn([2, 1, 64, 64]))
          .data(),
      );
    };
    expect(first()).toEqual(first());
    expect(liveTensors()).toBe(before);
  });

  it("start as the authors' do: CVGG13 Kaiming-normal by fan-out with connected layers of deviation 0.01, the others as PyTorch", () => {
    const deviation = (name: string, weight: string): number => {
      seed(3);
      using network = createNetwork({ name, baseChannels: 32, size: 64 });
      return tidy(() => (network.stateDict().get(weight) as Tensor).variance().sqrt().item());
    };
    expect(deviation("cvgg13", "features.7.weight") / Math.sqrt(2 / (9 * 64))).toBeCloseTo(1, 1);
    expect(deviation("cvgg13", "classifier.0.weight")).toBeCloseTo(0.01 * Math.SQRT2, 4); // at half the width
    // Evenly between ± 1 / √fan-in, whose deviation is a third of that range's half squared.
    expect(deviation("alexnet", "features.3.weight") * Math.sqrt(3 * 25 * 32)).toBeCloseTo(1, 1);
    expect(deviation("fmpnet", "features.4.weight") * Math.sqrt(3 * 9 * 32)).toBeCloseTo(1, 1);
    expect(deviation("preactresnet18", "layer2.0.conv1.weight") * Math.sqrt(3 * 9 * 32)).toBeCloseTo(1, 1);
  });

  it("answers without batch norm to ask for where there is none, and names what else there is not", () => {
    expect(() => createNetwork({ name: "cvgg13", batchNorm: true } as Description)).toThrow('cvgg13: unknown option "batchNorm"');
    expect(() => createNetwork({ name: "alexnet", batchNorm: false } as Description)).toThrow('alexnet: unknown option "batchNorm"');
    expect(() => createNetwork({ name: "fmpnet", stem: "3x3" } as Description)).toThrow('fmpnet: unknown option "stem"');
    expect(() => createNetwork({ name: "vgg13" } as unknown as Description)).toThrow(
      'createNetwork: expected name to be one of alexnet, cvgg13, fmpnet, preactresnet18, resnet18, but got "vgg13".',
    );
    expect(() => createNetwork({ name: "cvgg13", head: "logits" } as unknown as Description)).toThrow(
      'cvgg13: expected head to be one of embedding, classes, but got "logits".',
    );
    expect(() => createNetwork({ name: "fmpnet", pooling: "max", size: 50 })).toThrow(
      'fmpnet: expected size to be a multiple of 8 with pooling "max", but got 50.',
    );
    expect(() => createNetwork({ name: "fmpnet", pooling: "mean" } as unknown as Description)).toThrow(
      'fmpnet: expected pooling to be one of fixed, max, but got "mean".',
    );
  });
});

describe("FMPNet", () => {
  it("pools other regions each time in training, and the same ones in use, whatever the batch", () => {
    seed(1);
    using network = createNetwork({ name: "fmpnet", baseChannels: 4, size: 24, dimensions: 5, batchNorm: false });
    const features = (network as unknown as { features: Sequential }).features;
    const images = randn([4, 1, 24, 24]);
    const values = (x: Tensor) => tidy(() => features.forward(x).data());
    features.train();
    expect(values(images)).not.toEqual(values(images));
    network.eval();
    const all = network.forward(images);
    expect(network.forward(images).data()).toEqual(all.data());
    expectClose(network.forward(images.slice(0, 2, 3)), Array.from(all.slice(0, 2, 3).data() as Float32Array), 1e-5);
  });

  it("pools in use at the median of training's places: nearer to the mean of what they give than they are, and than a max-pool", () => {
    seed(2);
    const features = (pooling: "fixed" | "max") =>
      (createNetwork({ name: "fmpnet", baseChannels: 8, size: 48, batchNorm: false, pooling }) as unknown as { features: Sequential })
        .features;
    const [fixed, max] = [features("fixed"), features("max")];
    max.loadStateDict(fixed.stateDict());
    const images = interpolate(randn([8, 1, 12, 12]), { size: [48, 48], mode: "bicubic" });
    const draws = Array.from({ length: 16 }, () => noGrad(() => fixed.train().forward(images)));
    const mean = draws.reduce((sum, draw) => sum.add(draw)).div(draws.length);
    const distance = (x: Tensor) => x.sub(mean).norm().item();
    const ofDraws = draws.map(distance).reduce((a, b) => a + b) / draws.length;
    expect(distance(fixed.eval().forward(images))).toBeLessThan(ofDraws);
    expect(distance(max.eval().forward(images))).toBeGreaterThan(1.5 * distance(fixed.forward(images)));
  });
});

describe("a network's own function", () => {
  it.each([alexnet, cvgg13, fmpnet, preactresnet18])("makes what its name in settings does", (make) => {
    const own = make({ baseChannels: 4, dimensions: 5 });
    const named = createNetwork({ name: own.settings.name, baseChannels: 4, dimensions: 5 });
    expect(own.settings).toEqual(named.settings);
    expect([...own.stateDict().keys()]).toEqual([...named.stateDict().keys()]);
    own.dispose();
    named.dispose();
  });
});
