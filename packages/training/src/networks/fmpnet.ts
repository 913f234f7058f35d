import { invalidOption, rules } from "@semblant/core/internals";
import {
  BatchNorm2d,
  Conv2d,
  Dropout,
  fractionalMaxPool2d,
  full,
  Linear,
  Module,
  maxPool2d,
  ReLU,
  Sequential,
  type Tensor,
  tidy,
} from "@semblant/torch";
import type { Graph, State } from "../onnx/graph.ts";
import type { EmbeddingNetwork, NetworkOptions } from "./embedding-network.ts";
import { declareNetwork, RATE_WITHOUT_NORM } from "./network-declaration.ts";
import { completeOptions } from "./options.ts";
import { PlainNetwork } from "./plain-network.ts";

/** FMPNet's pooling in use: the regions of training at their middle places, or a plain max-pool of window 3 at stride 2. */
export const poolings = ["fixed", "max"] as const;
export type Pooling = (typeof poolings)[number];

export interface FMPNetOptions extends NetworkOptions {
  /** Normalise over the batch after each pool; the authors' triplet network doesn't. */
  readonly batchNorm?: boolean;
  /** How images are pooled in use: by the regions of training at their middle places, or by a plain max-pool. */
  readonly pooling?: Pooling;
}

/** Every option of {@link fmpnet}, filled in, as JSON can hold them. */
export type FMPNetSettings = Required<FMPNetOptions> & { readonly name: "fmpnet" };

const declaration = declareNetwork<FMPNetOptions, FMPNetSettings>({
  name: "fmpnet",
  title: "FMPNet",
  source: 'Yu and Zhang 2015, "Image based static facial expression recognition with multiple deep network learning"',
  size: 48,
  smallest: 12,
  options: {
    batchNorm: { rule: rules.flag, default: true, help: "Normalise over the batch after each pool." },
    pooling: {
      rule: rules.oneOf(...poolings),
      default: "fixed",
      help: "How images are pooled in use: by the regions of training at their middle places, or by a plain max-pool.",
    },
  },
  highestRate: ({ batchNorm }) => (batchNorm ? undefined : RATE_WITHOUT_NORM),
  check: ({ pooling, size }) =>
    pooling === "max" && (size as number) % 8 !== 0 ? { option: "size", expected: "a multiple of 8 with network.pooling=max" } : undefined,
  make: fmpnet,
  graph: layers,
});
export default declaration;

/**
 * FMPNet, the authors' reading of Yu and Zhang 2015 ("Image based Static Facial Expression Recognition with Multiple Deep Network
 * Learning"): five convolutions, three fractional max-pools (Graham 2014) of window 3 that halve the image, three fully connected
 * layers with dropout 0.5 before the first two. Initial weights are PyTorch's.
 *
 * In training each pool draws its regions at random, anew for every image and channel. The published code does so in use
 * too, by which the same face gets another embedding each time. Here pooling in use is `fixed`: the same regions, each at the
 * median of the places that training draws for it. `max` is a max-pool of window 3 at stride 2 and padding 1; it needs
 * a size that 8 divides, and its windows lie up to a pixel off those the weights have learned from: on smooth random images its
 * features are twice as far from the mean of the random ones as the `fixed` are, and farther than a single draw is.
 *
 * @param options channels 1, dimensions 64, head "embedding", baseChannels 64, size 48, batchNorm true, pooling "fixed", and the
 *   input's mean and std
 * @throws OptionError if an option is out of range, the size below 12, or not a multiple of 8 with pooling "max"
 *
 * @example
 * fmpnet({ channels: 1 }).numberOfParameters(); // 6132288
 * fmpnet({ channels: 1, batchNorm: false }).numberOfParameters(); // 6131776
 */
export function fmpnet(options: FMPNetOptions = {}): EmbeddingNetwork {
  const { batchNorm = true, pooling = "fixed" } = options;
  const settings = { ...completeOptions(declaration, options), batchNorm, pooling, name: "fmpnet" as const };
  const { channels, baseChannels: width, size, dimensions } = settings;
  if (!poolings.includes(pooling)) throw invalidOption("fmpnet", "pooling", `one of ${poolings.join(", ")}`, pooling);
  if (pooling === "max" && size % 8 !== 0) throw invalidOption("fmpnet", "size", 'a multiple of 8 with pooling "max"', size);
  const [filters, units, side] = [2 * width, 16 * width, Math.floor(size / 8)];
  const first = [new Conv2d(channels, width, 5, { padding: 2 }), relu(), ...pooled(width, settings)];
  const second = [convolution(width, width), relu(), convolution(width, width), relu(), ...pooled(width, settings)];
  const third = [convolution(width, filters), relu(), convolution(filters, filters), relu(), ...pooled(filters, settings)];
  const classifier = new Sequential(
    new Dropout(0.5),
    new Linear(filters * side * side, units),
    relu(),
    new Dropout(0.5),
    new Linear(units, units),
    relu(),
    new Linear(units, dimensions),
  );
  return new PlainNetwork(settings, new Sequential(...first, ...second, ...third), classifier);
}

const relu = () => new ReLU({ inPlace: true });
const convolution = (from: number, to: number) => new Conv2d(from, to, 3, { padding: 1 });

function pooled(channels: number, { pooling, batchNorm }: FMPNetSettings): Module[] {
  return batchNorm ? [new HalvingPool(pooling), new BatchNorm2d(channels)] : [new HalvingPool(pooling)];
}

/** Maxima of 3×3 windows that halve the image: at random places in training, at places that stay the same in use. */
class HalvingPool extends Module {
  readonly #inUse: Pooling;

  constructor(inUse: Pooling) {
    super();
    this.#inUse = inUse;
  }

  override forward(x: Tensor): Tensor {
    if (!this.training && this.#inUse === "max") return maxPool2d(x, { kernel: 3, stride: 2, padding: 1 });
    const [batch, channels, height] = x.shape as [number, number, number];
    return tidy(() => {
      const wide = x.to("float32"); // libtorch draws regions of no narrower type
      const middle = this.training ? undefined : full([batch, channels, 2], middleSample(height), { device: x.device });
      const halved = fractionalMaxPool2d(wide, { kernel: 3, size: Math.floor(height / 2), ...(middle && { samples: middle }) });
      return halved.to(x.dtype).contiguous("channelsLast");
    });
  }
}

/**
 * The sample that puts every region of a halving pool at the median of its places. Region i of n pixels begins at ⌊(i + u)·α⌋ − ⌊u·α⌋ with
 * α = (n − 3) / (⌊n / 2⌋ − 1) and u even from 0 to 1; whole places of u·α leave it where it is, so that the median is that
 * of u·α = ½: i·α, rounded.
 */
function middleSample(pixels: number): number {
  const step = (pixels - 3) / (Math.floor(pixels / 2) - 1);
  return step > 0 ? 0.5 / step : 0.5; // of 3 pixels there is one region
}

/** Its layers as they work in use. */
function layers(graph: Graph, state: State, { batchNorm, pooling, size }: FMPNetSettings, images: string): string {
  let x = images;
  let side = size;
  let layer = 0;
  for (const kernels of [[5], [3, 3], [3, 3]]) {
    for (const kernel of kernels) {
      x = graph.relu(graph.convolution(x, state, `features.${layer}`, { padding: (kernel - 1) / 2 }));
      layer += 2;
    }
    x = pooling === "max" ? graph.maxPool(x, { kernel: 3, stride: 2, padding: 1 }) : middlePool(graph, x, side);
    side = Math.floor(side / 2);
    layer += 1;
    if (!batchNorm) continue;
    x = graph.batchNorm(x, state, `features.${layer}`);
    layer += 1;
  }
  x = graph.flatten(x);
  x = graph.relu(graph.linear(x, state, "classifier.1"));
  x = graph.relu(graph.linear(x, state, "classifier.4"));
  return graph.linear(x, state, "classifier.6");
}

/**
 * Fractional max-pooling by its middle places: ONNX has no such operation, so the maxima of all 3 × 3 windows are made first, and of
 * these the rows and columns where regions begin are taken.
 */
function middlePool(graph: Graph, x: string, pixels: number): string {
  const all = graph.maxPool(x, { kernel: 3, stride: 1 });
  const places = graph.whole(`places.${graph.nodes.length}`, middlePlaces(pixels));
  return graph.add("Gather", [graph.add("Gather", [all, places], { axis: 2 }), places], { axis: 3 });
}

/** Where libtorch begins the regions of `size` of window 3 for the sample that the network pools with in use. */
function middlePlaces(pixels: number): number[] {
  const size = Math.floor(pixels / 2);
  const step = (pixels - 3) / (size - 1);
  const sample = Math.fround(step > 0 ? 0.5 / step : 0.5);
  const alpha = Math.fround(step);
  return Array.from({ length: size }, (_, i) =>
    i === size - 1 ? pixels - 3 : Math.floor(Math.fround(Math.fround(i + sample) * alpha)) - Math.floor(Math.fround(sample * alpha)),
  );
}
