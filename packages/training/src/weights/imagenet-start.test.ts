/**
 * The paper's start: torchvision's ResNet18 and AlexNet, as files of a thousand classes. PyTorch is not asked: the names and shapes below are
 * those of torchvision's state dictionaries, and their numbers of weights are the published ones. The values are drawn as PyTorch draws
 * fresh ones (ResNet's convolutions Kaiming-normal by fan-out, all else evenly within 1/√fan-in), so that nothing is learned in them.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DataError } from "@semblant/core";
import { generateFaces } from "@semblant/datasets";
import { full, kaimingNormal, readSafetensors, seed, setThreads, type Tensor, uniform, writeSafetensors, zeros } from "@semblant/torch";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildTraining } from "../loop/build-training.ts";
import { train } from "../loop/train.ts";
import type { Settings } from "../settings/setting-types.ts";
import { resolveSettings } from "../settings/settings.ts";

type Shapes = readonly (readonly [name: string, shape: readonly number[]])[];

const norm = (name: string, channels: number): Shapes => [
  ...["weight", "bias", "running_mean", "running_var"].map((part) => [`${name}.${part}`, [channels]] as const),
  [`${name}.num_batches_tracked`, []],
];
const block = (name: string, from: number, to: number): Shapes => [
  [`${name}.conv1.weight`, [to, from, 3, 3]],
  ...norm(`${name}.bn1`, to),
  [`${name}.conv2.weight`, [to, to, 3, 3]],
  ...norm(`${name}.bn2`, to),
  ...(from === to ? [] : [[`${name}.downsample.0.weight`, [to, from, 1, 1]] as const, ...norm(`${name}.downsample.1`, to)]),
];
/** `blocks` in each stage: 2 of ResNet18, 3 or more of ResNet34. */
const resnet = (blocks = 2): Shapes => [
  ["conv1.weight", [64, 3, 7, 7]],
  ...norm("bn1", 64),
  ...[64, 128, 256, 512].flatMap((to, stage) =>
    Array.from({ length: blocks }, (_, i) => block(`layer${stage + 1}.${i}`, i === 0 && stage > 0 ? to / 2 : to, to)).flat(),
  ),
  ["fc.weight", [1000, 512]],
  ["fc.bias", [1000]],
];
const layer = (name: string, ...shape: number[]): Shapes => [
  [`${name}.weight`, shape],
  [`${name}.bias`, shape.slice(0, 1)],
];
const alexnet: Shapes = [
  ...layer("features.0", 64, 3, 11, 11),
  ...layer("features.3", 192, 64, 5, 5),
  ...layer("features.6", 384, 192, 3, 3),
  ...layer("features.8", 256, 384, 3, 3),
  ...layer("features.10", 256, 256, 3, 3),
  ...layer("classifier.1", 4096, 9216),
  ...layer("classifier.4", 4096, 4096),
  ...layer("classifier.6", 1000, 4096),
];

const sizeOf = (shape: readonly number[]) => shape.reduce((product, n) => product * n, 1);

/** Values as PyTorch would draw them. */
function drawn(shapes: Shapes): Map<string, Tensor> {
  const fanIn = new Map(shapes.map(([name, shape]) => [name, sizeOf(shape.slice(1))]));
  return new Map(
    shapes.map(([name, shape]) => {
      if (name.endsWith("num_batches_tracked")) return [name, zeros(shape, { dtype: "int64" })];
      if (/(bn\d|downsample\.1)\.(weight|running_var)$/.test(name)) return [name, full(shape, 1)];
      if (/(bn\d|downsample\.1)\.(bias|running_mean)$/.test(name)) return [name, zeros(shape)];
      if (shape.length === 4 && !name.startsWith("features")) {
        return [name, kaimingNormal(zeros(shape), { mode: "fanOut", nonlinearity: "relu" })];
      }
      const bound = 1 / Math.sqrt(fanIn.get(name.replace(/bias$/, "weight")) as number);
      return [name, uniform(zeros(shape), -bound, bound)];
    }),
  );
}

let folder: string;
const faces = generateFaces({ count: 40 });
function written(name: string, shapes: Shapes): string {
  const path = join(folder, name);
  seed(5);
  const tensors = drawn(shapes);
  writeSafetensors(path, tensors);
  for (const tensor of tensors.values()) tensor.dispose();
  return path;
}
beforeAll(() => {
  setThreads(1);
  folder = mkdtempSync(join(tmpdir(), "imagenet-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The paper's protocol: its preset, grey faces in three channels, enlarged to the size of ImageNet's crops. */
const protocol = (network: string, weights: string, ...more: string[]): Settings =>
  resolveSettings({ preset: "paper", data: { source: "generated" } }, [
    `network.name=${network}`,
    `network.weights=${weights}`,
    "network.channels=3",
    "network.size=224",
    "perClass=1",
    "steps=2",
    "validation.gallery=8",
    "device=cpu",
    ...more,
  ]);

function twoSteps(settings: Settings) {
  const training = buildTraining(settings, faces);
  const losses = Array.from(train(training), ({ loss }) => loss);
  return { ...training, losses };
}

describe("a start from torchvision's ImageNet weights", () => {
  it("has their numbers of weights: 11,689,512 and 61,100,840", () => {
    const weights = (shapes: Shapes) =>
      shapes.filter(([name]) => !/running_|num_batches/.test(name)).reduce((sum, [, shape]) => sum + sizeOf(shape), 0);
    expect([weights(resnet()), weights(alexnet)]).toEqual([11_689_512, 61_100_840]);
  });

  it("takes all of ResNet18 but its last layer, at 224 pixels in three channels, and learns from there", () => {
    const path = written("resnet18.safetensors", resnet());
    const { network, start, losses } = twoSteps(protocol("resnet18", path, "network.normalization=imagenet"));
    expect(network.input).toEqual({ size: 224, channels: 3, mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] });
    expect(start).toMatchObject({ adapted: null, unused: [] });
    expect(start?.loaded.length).toBe(120);
    expect(start?.kept.map(({ name }) => name)).toEqual(["fc.weight", "fc.bias"]);
    expect(losses.length).toBe(2);
    expect(losses.every(Number.isFinite)).toBe(true);
    const learned = network.stateDict().get("layer3.0.conv1.weight") as Tensor;
    const { tensors } = readSafetensors(path);
    const moved = learned.sub(tensors.get("layer3.0.conv1.weight") as Tensor).abs();
    expect(moved.amax().item()).toBeGreaterThan(0);
    expect(moved.amax().item()).toBeLessThan(1e-3); // two steps of Adam at 1e-4
    const grey = buildTraining(protocol("resnet18", path, "network.channels=1", "network.normalization=imagenet"), faces);
    expect(grey.start?.adapted).toBe("conv1.weight of 3 channels summed into one");
    expect(grey.network.input).toMatchObject({ channels: 1, mean: [0.449], std: [0.226] });
  });

  it("takes all of AlexNet but its last layer, by the published mean and deviation where nothing else is said", () => {
    const path = written("alexnet.safetensors", alexnet);
    const { network, start, losses } = twoSteps(protocol("alexnet", path));
    expect(network.input).toMatchObject({ size: 224, channels: 3, mean: [0.4914, 0.4822, 0.4465] });
    expect(start?.kept.map(({ name }) => name)).toEqual(["classifier.6.weight", "classifier.6.bias"]);
    expect(start?.loaded.length).toBe(14);
    expect(losses.every(Number.isFinite)).toBe(true);
    rmSync(path);
  });

  it("refuses a deeper network, a part of one, another network, and pickles of both kinds", () => {
    const refused = (path: string, network = "resnet18") => {
      try {
        buildTraining(protocol(network, path), faces);
      } catch (error) {
        if (error instanceof DataError) return error.message;
      }
      return "nothing";
    };
    const small = (shapes: Shapes): Shapes => shapes.filter(([name]) => !/layer[34]|fc/.test(name));
    expect(refused(written("resnet34.safetensors", resnet(3)))).toBe(
      "weights resnet34.safetensors: expected weights of resnet18, but the file has convolutions that resnet18 has not: " +
        "layer1.2.conv1.weight, layer1.2.conv2.weight, layer2.2.conv1.weight, layer2.2.conv2.weight and 4 more.\n  It is of another network.",
    );
    expect(refused(written("part.safetensors", small(resnet())))).toBe(
      "weights part.safetensors: expected every layer of resnet18 but the last, but 50 of its tensors are missing: " +
        "layer3.0.conv1.weight, layer3.0.bn1.weight, layer3.0.bn1.bias, layer3.0.bn1.running_mean and 46 more.\n" +
        "  The file is a part of one, or of another network.",
    );
    expect(refused(join(folder, "part.safetensors"), "alexnet")).toContain(
      "weights part.safetensors: expected weights of alexnet, but none of its 60 tensors fits by name and shape.",
    );
    const pickle = join(folder, "resnet18.pth");
    writeFileSync(pickle, Buffer.from("80028a0a6cfc9c46f9206aa850192e", "hex"));
    expect(refused(pickle)).toBe(
      "weights resnet18.pth: expected a safetensors file, but got a pickle as torch.save wrote it before PyTorch 1.6.\n" +
        "  Turn it into one with Python: safetensors.torch.save_file(torch.load(old), new).",
    );
    expect(refused(join(folder, "none.safetensors"))).toMatch(/^safetensors none\.safetensors: cannot be opened: ENOENT/);
  });

  it("takes a file without its last layer, or without batch norms where it has none at all", () => {
    const body = resnet().filter(([name]) => !name.startsWith("fc"));
    const start = (name: string, shapes: Shapes) => buildTraining(protocol("resnet18", written(name, shapes)), faces).start;
    expect(start("body.safetensors", body)?.loaded.length).toBe(120);
    expect(
      start(
        "plain.safetensors",
        body.filter(([name]) => !/bn\d|downsample\.1/.test(name)),
      )?.loaded.length,
    ).toBe(20);
  });
});
