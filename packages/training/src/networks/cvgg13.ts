import { Conv2d, constant, Dropout, kaimingNormal, Linear, MaxPool2d, normal, ReLU, Sequential } from "@semblant/torch";
import type { Graph, State } from "../onnx/graph.ts";
import type { EmbeddingNetwork, NetworkOptions } from "./embedding-network.ts";
import { declareNetwork, RATE_WITHOUT_NORM } from "./network-declaration.ts";
import { completeOptions } from "./options.ts";
import { PlainNetwork } from "./plain-network.ts";

export type CVGG13Options = NetworkOptions;

/** Every option of {@link cvgg13}, filled in, as JSON can hold them. */
export type CVGG13Settings = Required<CVGG13Options> & { readonly name: "cvgg13" };

/** Filters of each convolution as multiples of the first layer's; the stages end in a pool. */
const stages = [
  [1, 1],
  [2, 2],
  [4, 4, 4],
  [4, 4, 4],
];

const declaration = declareNetwork<CVGG13Options, CVGG13Settings>({
  name: "cvgg13",
  title: "CVGG13",
  source: 'Barsoum et al. 2016, "Training deep networks for facial expression recognition with crowd-sourced label distribution"',
  size: 64,
  smallest: 16,
  options: {},
  highestRate: () => RATE_WITHOUT_NORM,
  make: cvgg13,
  graph: layers,
});
export default declaration;

/**
 * CVGG13 (Barsoum et al. 2016, "Training Deep Networks for Facial Expression Recognition with Crowd-Sourced Label Distribution"): ten
 * 3×3 convolutions in four stages, each ending in a max-pool of window 2, then fully connected layers.
 *
 * The heads differ as in the authors' code: for an embedding one hidden layer of 1,024 with dropout 0.5, for
 * classes two of them. There is no batch norm to ask for. Convolutions start normal with deviation √(2 / (9 · filters)) (Kaiming by
 * fan-out), fully connected layers normal with deviation 0.01 (with other channels so that as much passes through them),
 * biases 0. (Microsoft's original also drops a quarter after every pool; the
 * authors' doesn't.)
 *
 * @param options channels 1, dimensions 64, head "embedding", baseChannels 64, size 64, and the input's mean and std
 * @throws OptionError if an option is out of range, or the size below 16
 *
 * @example
 * cvgg13({ channels: 1 }).numberOfParameters(); // 7765504
 * cvgg13({ channels: 1, head: "classes", dimensions: 8 }).numberOfParameters(); // 8757704
 */
export function cvgg13(options: CVGG13Options = {}): EmbeddingNetwork {
  const settings = { ...completeOptions(declaration, options), name: "cvgg13" as const };
  const { channels, baseChannels: width, size, dimensions, head } = settings;
  const side = Math.floor(size / 2 ** stages.length);
  const units = 16 * width;
  let from = channels;
  const features = stages.flatMap((multiples) => [
    ...multiples.flatMap((multiple) => {
      const layer = convolution(from, multiple * width);
      from = multiple * width;
      return [layer, new ReLU({ inPlace: true })];
    }),
    new MaxPool2d(2),
  ]);
  const deviation = 0.01 * Math.sqrt(64 / width);
  const connected = (inputs: number, outputs: number) => connectedLayer(inputs, outputs, deviation);
  const hidden = (inputs: number) => [connected(inputs, units), new ReLU({ inPlace: true }), new Dropout(0.5)];
  const second = head === "classes" ? hidden(units) : [];
  const classifier = new Sequential(...hidden(from * side * side), ...second, connected(units, dimensions));
  return new PlainNetwork(settings, new Sequential(...features), classifier);
}

function convolution(from: number, to: number): Conv2d {
  const layer = new Conv2d(from, to, 3, { padding: 1 });
  kaimingNormal(layer.weight, { mode: "fanOut", nonlinearity: "relu" });
  if (layer.bias !== null) constant(layer.bias, 0);
  return layer;
}

function connectedLayer(inputs: number, outputs: number, deviation: number): Linear {
  const layer = new Linear(inputs, outputs);
  normal(layer.weight, deviation);
  if (layer.bias !== null) constant(layer.bias, 0);
  return layer;
}

/** Its layers as they work in use. */
function layers(graph: Graph, state: State, { head }: CVGG13Settings, images: string): string {
  let x = images;
  let layer = 0;
  for (const convolutions of [2, 2, 3, 3]) {
    for (let i = 0; i < convolutions; i++) {
      x = graph.relu(graph.convolution(x, state, `features.${layer}`, { padding: 1 }));
      layer += 2;
    }
    x = graph.maxPool(x, { kernel: 2, stride: 2 });
    layer += 1;
  }
  x = graph.relu(graph.linear(graph.flatten(x), state, "classifier.0"));
  if (head === "classes") x = graph.relu(graph.linear(x, state, "classifier.3"));
  return graph.linear(x, state, head === "classes" ? "classifier.6" : "classifier.3");
}
