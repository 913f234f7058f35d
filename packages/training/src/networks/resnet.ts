import { invalidOption, rules } from "@semblant/core/internals";
import { BatchNorm2d, Conv2d, kaimingNormal, Linear, Module, maxPool2d, Sequential, type Tensor, tidy } from "@semblant/torch";
import { through } from "@semblant/torch/internals";
import type { Graph, State } from "../onnx/graph.ts";
import type { EmbeddingNetwork, NetworkInput, NetworkOptions } from "./embedding-network.ts";
import { declareNetwork, RATE_WITHOUT_NORM } from "./network-declaration.ts";
import { completeOptions } from "./options.ts";
import { activated, blocks } from "./residual.ts";

/** ResNet18's first layer: 7×7 at stride 2 and pooling (as published), 3×3 and pooling, or 3×3 alone. */
export const stems = ["7x7", "3x3-pool", "3x3"] as const;
export type Stem = (typeof stems)[number];

export interface ResNet18Options extends NetworkOptions {
  /** First layer: 7×7 at stride 2 and pooling (as published), 3×3 and pooling, or 3×3 alone. */
  readonly stem?: Stem;
  /** Normalise over the batch after each convolution; the authors' triplet networks don't. */
  readonly batchNorm?: boolean;
}

/** Every option of {@link resnet18}, filled in, as JSON can hold them. */
export type ResNet18Settings = Required<ResNet18Options> & { readonly name: "resnet18" };

const declaration = declareNetwork<ResNet18Options, ResNet18Settings>({
  name: "resnet18",
  title: "ResNet18",
  source: 'He et al. 2016, "Deep residual learning for image recognition"',
  size: 48,
  smallest: 1,
  options: {
    stem: {
      rule: rules.oneOf(...stems),
      default: "3x3-pool",
      published: "7x7",
      help: "First layer: 7×7 at stride 2 and pooling (as published), 3×3 and pooling, or 3×3 alone: 1, 4, 16 times the work.",
    },
    batchNorm: { rule: rules.flag, default: true, help: "Normalise over the batch after each convolution." },
  },
  highestRate: ({ batchNorm }) => (batchNorm ? undefined : RATE_WITHOUT_NORM),
  make: resnet18,
  graph: layers,
});
export default declaration;

/**
 * ResNet18 (He et al. 2016) with a linear embedding on top: four stages of two basic blocks, global average
 * pooling, no activation after the last layer.
 *
 * With the 7×7 stem, baseChannels 64 and batch norm it has torchvision's layers under torchvision's names, so that a state
 * dictionary of its `resnet18` loads, and {@link loadWeights} starts a grey or an embedding network from it.
 * Sizes do not depend on the image: a 48-pixel face leaves the 7×7 stem with 12×12 positions, either of the 3×3 stems with
 * 24×24 or 48×48, at about 4 and 16 times the work. Convolutions start Kaiming-normal by fan-out (He et al. 2015), from
 * the engine's generator.
 *
 * @param options channels 1, dimensions 64, head "embedding", baseChannels 64, stem "7x7", size 48 (the authors scale to 224), batchNorm
 *   true, and the input's mean and std
 * @throws OptionError if an option is out of range
 *
 * @example
 * resnet18({ channels: 1, dimensions: 64 }).numberOfParameters(); // 11203072
 */
export function resnet18(options: ResNet18Options = {}): EmbeddingNetwork {
  const { stem = "7x7", batchNorm = true } = options;
  if (!stems.includes(stem)) throw invalidOption("resnet18", "stem", `one of ${stems.join(", ")}`, stem);
  return new ResNet18({ ...completeOptions(declaration, options), stem, batchNorm, name: "resnet18" });
}

/** What {@link resnet18} makes. Declaration order is the order of torchvision's state dictionary. */
class ResNet18 extends Module implements EmbeddingNetwork {
  readonly name = "resnet18";
  readonly settings: ResNet18Settings;
  readonly input: NetworkInput;
  readonly dimensions: number;
  readonly conv1: Conv2d;
  readonly bn1: BatchNorm2d | undefined;
  readonly layer1: Sequential;
  readonly layer2: Sequential;
  readonly layer3: Sequential;
  readonly layer4: Sequential;
  readonly fc: Linear;

  constructor(settings: ResNet18Settings) {
    super();
    const { channels, dimensions, baseChannels: width, stem, size, batchNorm, mean, std } = settings;
    this.settings = settings;
    this.input = { size, channels, mean, std };
    this.dimensions = dimensions;
    this.conv1 = stem === "7x7" ? convolution(channels, width, 7, 2) : convolution(channels, width, 3, 1);
    this.bn1 = batchNorm ? new BatchNorm2d(width) : undefined;
    this.layer1 = stage(width, width, 1, batchNorm);
    this.layer2 = stage(width, 2 * width, 2, batchNorm);
    this.layer3 = stage(2 * width, 4 * width, 2, batchNorm);
    this.layer4 = stage(4 * width, 8 * width, 2, batchNorm);
    this.fc = new Linear(8 * width, dimensions);
  }

  override forward(images: Tensor): Tensor {
    const stem = tidy(() => {
      const x = activated(this.bn1, this.conv1.forward(images));
      return this.settings.stem === "3x3" ? x : maxPool2d(x, { kernel: 3, stride: 2, padding: 1 });
    });
    return tidy(() => this.fc.forward(through(stem, [this.layer1, this.layer2, this.layer3, this.layer4]).mean([2, 3])));
  }
}

/** Two 3×3 convolutions beside a shortcut. */
class BasicBlock extends Module {
  readonly conv1: Conv2d;
  readonly bn1: BatchNorm2d | undefined;
  readonly conv2: Conv2d;
  readonly bn2: BatchNorm2d | undefined;
  readonly downsample: Sequential | undefined;

  constructor(from: number, to: number, stride: number, batchNorm: boolean) {
    super();
    this.conv1 = convolution(from, to, 3, stride);
    this.bn1 = batchNorm ? new BatchNorm2d(to) : undefined;
    this.conv2 = convolution(to, to, 3, 1);
    this.bn2 = batchNorm ? new BatchNorm2d(to) : undefined;
    if (stride !== 1 || from !== to) {
      const shortcut = convolution(from, to, 1, stride);
      this.downsample = batchNorm ? new Sequential(shortcut, new BatchNorm2d(to)) : new Sequential(shortcut);
    }
  }

  override forward(x: Tensor): Tensor {
    return tidy(() => {
      const inner = tidy(() => activated(this.bn1, this.conv1.forward(x)));
      const shortcut = this.downsample?.forward(x) ?? x;
      return activated(this.bn2, this.conv2.forward(inner), shortcut);
    });
  }
}

function stage(from: number, to: number, stride: number, batchNorm: boolean): Sequential {
  return new Sequential(new BasicBlock(from, to, stride, batchNorm), new BasicBlock(to, to, 1, batchNorm));
}

/** Without bias, as every convolution of a ResNet, and the same size out as in at stride 1. */
function convolution(from: number, to: number, kernel: number, stride: number): Conv2d {
  const conv = new Conv2d(from, to, kernel, { stride, padding: (kernel - 1) / 2, bias: false });
  kaimingNormal(conv.weight, { mode: "fanOut", nonlinearity: "relu" });
  return conv;
}

/** Its layers as they work in use. */
function layers(graph: Graph, state: State, { stem, batchNorm }: ResNet18Settings, images: string): string {
  const norm = (name: string) => (batchNorm ? { norm: name } : {});
  const [stride, padding] = stem === "7x7" ? [2, 3] : [1, 1];
  let x = graph.relu(graph.convolution(images, state, "conv1", { stride, padding, ...norm("bn1") }));
  if (stem !== "3x3") x = graph.maxPool(x, { kernel: 3, stride: 2, padding: 1 });
  for (const { block, first } of blocks()) {
    const inner = graph.relu(graph.convolution(x, state, `${block}.conv1`, { stride: first, padding: 1, ...norm(`${block}.bn1`) }));
    const outer = graph.convolution(inner, state, `${block}.conv2`, { padding: 1, ...norm(`${block}.bn2`) });
    const shortcut = state.has(`${block}.downsample.0.weight`)
      ? graph.convolution(x, state, `${block}.downsample.0`, { stride: first, ...norm(`${block}.downsample.1`) })
      : x;
    x = graph.relu(graph.add("Add", [outer, shortcut]));
  }
  return graph.linear(graph.globalMean(x), state, "fc");
}
