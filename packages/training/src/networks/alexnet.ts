import { Conv2d, Dropout, Linear, MaxPool2d, ReLU, Sequential } from "@semblant/torch";
import type { Graph, State } from "../onnx/graph.ts";
import type { EmbeddingNetwork, NetworkOptions } from "./embedding-network.ts";
import { declareNetwork, RATE_WITHOUT_NORM } from "./network-declaration.ts";
import { completeOptions } from "./options.ts";
import { PlainNetwork } from "./plain-network.ts";

export type AlexNetOptions = NetworkOptions;

/** Every option of {@link alexnet}, filled in, as JSON can hold them. */
export type AlexNetSettings = Required<AlexNetOptions> & { readonly name: "alexnet" };

const declaration = declareNetwork<AlexNetOptions, AlexNetSettings>({
  name: "alexnet",
  title: "AlexNet",
  source: 'Krizhevsky 2014, "One weird trick for parallelizing convolutional neural networks"',
  size: 227,
  smallest: 63,
  options: {},
  highestRate: () => RATE_WITHOUT_NORM,
  make: alexnet,
  graph: layers,
});
export default declaration;

/**
 * AlexNet as the authors take it from torchvision (Krizhevsky 2014, "One weird trick for parallelizing convolutional neural
 * networks"): five convolutions, three max-pools of window 3 at stride 2, three fully connected layers with dropout 0.5 before the
 * first two. No batch norm, and PyTorch's initial weights.
 *
 * Names and shapes are torchvision's, so that {@link loadWeights} starts it from ImageNet: all of it but `classifier.6` at 224 to 255
 * pixels, where 6×6 positions are left of the image; at other sizes `classifier.1` is left out too. The first layer's
 * stride of 4 makes it a network for large images: 63 pixels, the least, end as one position, and 48 are impossible.
 *
 * @param options channels 1, dimensions 64, head "embedding", baseChannels 64, size 227, and the input's mean and std
 * @throws OptionError if an option is out of range, or the size below 63
 *
 * @example
 * alexnet({ channels: 1, size: 64 }).numberOfParameters(); // 20550400
 */
export function alexnet(options: AlexNetOptions = {}): EmbeddingNetwork {
  const settings = { ...completeOptions(declaration, options), name: "alexnet" as const };
  const { channels, baseChannels: width, size, dimensions } = settings;
  const [filters, units] = [4 * width, 64 * width];
  const side = [1, 2, 3].reduce((n) => Math.floor((n - 3) / 2) + 1, Math.floor((size - 7) / 4) + 1);
  const features = new Sequential(
    new Conv2d(channels, width, 11, { stride: 4, padding: 2 }),
    relu(),
    pool(),
    new Conv2d(width, 3 * width, 5, { padding: 2 }),
    relu(),
    pool(),
    new Conv2d(3 * width, 6 * width, 3, { padding: 1 }),
    relu(),
    new Conv2d(6 * width, filters, 3, { padding: 1 }),
    relu(),
    new Conv2d(filters, filters, 3, { padding: 1 }),
    relu(),
    pool(),
  );
  const classifier = new Sequential(
    new Dropout(0.5),
    new Linear(filters * side * side, units),
    relu(),
    new Dropout(0.5),
    new Linear(units, units),
    relu(),
    new Linear(units, dimensions),
  );
  return new PlainNetwork(settings, features, classifier);
}

const relu = () => new ReLU({ inPlace: true });
const pool = () => new MaxPool2d(3, { stride: 2 });

/** Its layers as they work in use. */
function layers(graph: Graph, state: State, _settings: AlexNetSettings, images: string): string {
  const pool = (x: string) => graph.maxPool(x, { kernel: 3, stride: 2 });
  const convolution = (x: string, layer: number, stride: number, padding: number) =>
    graph.relu(graph.convolution(x, state, `features.${layer}`, { stride, padding }));
  let x = pool(convolution(images, 0, 4, 2));
  x = pool(convolution(x, 3, 1, 2));
  x = convolution(convolution(x, 6, 1, 1), 8, 1, 1);
  x = graph.flatten(pool(convolution(x, 10, 1, 1)));
  x = graph.relu(graph.linear(x, state, "classifier.1"));
  x = graph.relu(graph.linear(x, state, "classifier.4"));
  return graph.linear(x, state, "classifier.6");
}
