import type { EmbeddingNetwork, NetworkDescription } from "../networks/embedding-network.ts";
import type { Graph, State } from "./graph.ts";

/**
 * Appends a network's layers, as they work in use, to a graph: of (batch, channels, size, size), normalised, it makes
 * (batch, dimensions). Each function here is the `forward` of the network of its name.
 *
 * @returns the name of the last layer's value
 */
export function appendNetwork(graph: Graph, network: EmbeddingNetwork, images: string): string {
  const { settings } = network;
  const state = network.stateDict();
  switch (settings.name) {
    case "resnet18":
      return resnet18(graph, state, settings, images);
    case "preactresnet18":
      return preactresnet18(graph, state, settings, images);
    case "fmpnet":
      return fmpnet(graph, state, settings, images);
    case "cvgg13":
      return cvgg13(graph, state, settings, images);
    case "alexnet":
      return alexnet(graph, state, images);
  }
}

type Of<Name extends NetworkDescription["name"]> = Extract<NetworkDescription, { name: Name }>;

function resnet18(graph: Graph, state: State, { stem, batchNorm }: Of<"resnet18">, images: string): string {
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

function preactresnet18(graph: Graph, state: State, { batchNorm }: Of<"preactresnet18">, images: string): string {
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

/** The eight blocks of a ResNet18, and the stride each begins with. */
function blocks(): { block: string; first: number }[] {
  return [1, 2, 3, 4].flatMap((stage) => [
    { block: `layer${stage}.0`, first: stage === 1 ? 1 : 2 },
    { block: `layer${stage}.1`, first: 1 },
  ]);
}

function fmpnet(graph: Graph, state: State, { batchNorm, pooling, size }: Of<"fmpnet">, images: string): string {
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

function cvgg13(graph: Graph, state: State, { head }: Of<"cvgg13">, images: string): string {
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

function alexnet(graph: Graph, state: State, images: string): string {
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
