import { rules } from "@semblant/core/internals";
import { BatchNorm2d, Conv2d, Linear, Module, Sequential, type Tensor, tidy } from "@semblant/torch";
import { through } from "@semblant/torch/internals";
import type { Graph, State } from "../onnx/graph.ts";
import type { EmbeddingNetwork, NetworkInput, NetworkOptions } from "./embedding-network.ts";
import { declareNetwork, RATE_WITHOUT_NORM } from "./network-declaration.ts";
import { completeOptions } from "./options.ts";
import { blocks, normalized } from "./residual.ts";

export interface PreActResNet18Options extends NetworkOptions {
  /** Normalise over the batch before each activation; the authors' triplet networks don't. */
  readonly batchNorm?: boolean;
}

/** Every option of {@link preactresnet18}, filled in, as JSON can hold them. */
export type PreActResNet18Settings = Required<PreActResNet18Options> & { readonly name: "preactresnet18" };

const declaration = declareNetwork<PreActResNet18Options, PreActResNet18Settings>({
  name: "preactresnet18",
  title: "PreActResNet18",
  source: 'He et al. 2016, "Identity mappings in deep residual networks"',
  size: 32,
  smallest: 1,
  options: { batchNorm: { rule: rules.flag, default: true, help: "Normalise over the batch before each activation." } },
  highestRate: ({ batchNorm }) => (batchNorm ? undefined : RATE_WITHOUT_NORM),
  make: preactresnet18,
  graph: layers,
});
export default declaration;

/**
 * PreActResNet18 (He et al. 2016, "Identity Mappings in Deep Residual Networks") in the form for small images that the authors
 * use: a 3×3 convolution, four stages of two blocks that normalise and activate before they convolve, global average pooling and
 * a linear layer. Nothing is normalised or activated after the last block. Initial weights are PyTorch's.
 *
 * Sizes do not depend on the image. At 32 pixels the last map has 4×4 positions; the first stage works at full size, so that
 * 48 pixels cost 2.25 times as much.
 *
 * @param options channels 1, dimensions 64, head "embedding", baseChannels 64, size 32, batchNorm true, and the input's mean and std
 * @throws OptionError if an option is out of range
 *
 * @example
 * preactresnet18({ channels: 1 }).numberOfParameters(); // 11197696
 * preactresnet18({ channels: 1, batchNorm: false }).numberOfParameters(); // 11190912
 */
export function preactresnet18(options: PreActResNet18Options = {}): EmbeddingNetwork {
  const { batchNorm = true } = options;
  return new PreActResNet18({ ...completeOptions(declaration, options), batchNorm, name: "preactresnet18" });
}

/** What {@link preactresnet18} makes. Declaration order is the order of the authors' state dictionary. */
class PreActResNet18 extends Module implements EmbeddingNetwork {
  readonly name = "preactresnet18";
  readonly settings: PreActResNet18Settings;
  readonly input: NetworkInput;
  readonly dimensions: number;
  readonly conv1: Conv2d;
  readonly layer1: Sequential;
  readonly layer2: Sequential;
  readonly layer3: Sequential;
  readonly layer4: Sequential;
  readonly linear: Linear;

  constructor(settings: PreActResNet18Settings) {
    super();
    const { channels, dimensions, baseChannels: width, size, batchNorm, mean, std } = settings;
    this.settings = settings;
    this.input = { size, channels, mean, std };
    this.dimensions = dimensions;
    this.conv1 = convolution(channels, width, 3, 1);
    this.layer1 = stage(width, width, 1, batchNorm);
    this.layer2 = stage(width, 2 * width, 2, batchNorm);
    this.layer3 = stage(2 * width, 4 * width, 2, batchNorm);
    this.layer4 = stage(4 * width, 8 * width, 2, batchNorm);
    this.linear = new Linear(8 * width, dimensions);
  }

  override forward(images: Tensor): Tensor {
    const stages = [this.conv1, this.layer1, this.layer2, this.layer3, this.layer4];
    return tidy(() => this.linear.forward(through(images, stages).mean([2, 3])));
  }
}

/**
 * Normalise, activate, convolve, twice, beside a shortcut; where sizes change, the shortcut is a 1×1 convolution of the
 * first activation.
 */
class PreActBlock extends Module {
  readonly bn1: BatchNorm2d | undefined;
  readonly conv1: Conv2d;
  readonly bn2: BatchNorm2d | undefined;
  readonly conv2: Conv2d;
  readonly shortcut: Sequential | undefined;

  constructor(from: number, to: number, stride: number, batchNorm: boolean) {
    super();
    this.bn1 = batchNorm ? new BatchNorm2d(from) : undefined;
    this.conv1 = convolution(from, to, 3, stride);
    this.bn2 = batchNorm ? new BatchNorm2d(to) : undefined;
    this.conv2 = convolution(to, to, 3, 1);
    if (stride !== 1 || from !== to) this.shortcut = new Sequential(convolution(from, to, 1, stride));
  }

  override forward(x: Tensor): Tensor {
    return tidy(() => {
      const active = this.bn1 === undefined ? x.relu() : this.bn1.forward(x).reluInPlace(); // x itself goes on in the shortcut
      const inner = tidy(() => normalized(this.bn2, this.conv1.forward(active)).reluInPlace());
      return this.conv2.forward(inner).addInPlace(this.shortcut?.forward(active) ?? x);
    });
  }
}

function stage(from: number, to: number, stride: number, batchNorm: boolean): Sequential {
  return new Sequential(new PreActBlock(from, to, stride, batchNorm), new PreActBlock(to, to, 1, batchNorm));
}

/** Without bias, and the same size out as in at stride 1. */
function convolution(from: number, to: number, kernel: number, stride: number): Conv2d {
  return new Conv2d(from, to, kernel, { stride, padding: (kernel - 1) / 2, bias: false });
}

/** Its layers as they work in use. */
function layers(graph: Graph, state: State, { batchNorm }: PreActResNet18Settings, images: string): string {
  let x = graph.convolution(images, state, "conv1", { padding: 1 });
  for (const { block, first } of blocks()) {
    const active = graph.relu(batchNorm ? graph.batchNorm(x, state, `${block}.bn1`) : x);
    const norm = batchNorm ? { norm: `${block}.bn2` } : {};
    const inner = graph.relu(graph.convolution(active, state, `${block}.conv1`, { stride: first, padding: 1, ...norm }));
    const outer = graph.convolution(inner, state, `${block}.conv2`, { padding: 1 });
    const shortcut = state.has(`${block}.shortcut.0.weight`)
      ? graph.convolution(active, state, `${block}.shortcut.0`, { stride: first })
      : x;
    x = graph.add("Add", [outer, shortcut]);
  }
  return graph.linear(graph.globalMean(x), state, "linear");
}
