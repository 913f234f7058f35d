import { invalidOption } from "@semblant/core/internals";
import type { EmbeddingNetwork } from "../networks/embedding-network.ts";
import { Graph } from "../onnx/graph.ts";
import { appendNetwork } from "./append-network.ts";
import type { GreyLevels } from "./quantize.ts";

/** What goes into an exported network, and what comes out. */
export const exported = { input: "faces", output: "embeddings" } as const;

/** What a network's graph does besides what the network does. */
export interface GraphOptions {
  /** Scale each embedding to length 1, for a network trained with a loss that looks at directions only. */
  readonly normalize?: boolean;
  /** Embed each face and its mirror image and take the mean, at twice the time, as `embed` does. */
  readonly mirror?: boolean;
  /** Side of the faces that go in, in pixels, where they are kept in another size than the network takes; the graph then resizes them. */
  readonly faces?: number;
}

/** A network as a graph from faces to embeddings, and where grey levels become what the network takes. */
export function graphOfNetwork(
  network: EmbeddingNetwork,
  options: GraphOptions,
): { readonly graph: Graph; readonly grey: GreyLevels | undefined } {
  const { normalize = false, mirror = false, faces = network.input.size } = options;
  if (!Number.isInteger(faces) || faces < 1) throw invalidOption("exportOnnx", "faces", "a whole number above 0", faces);
  const graph = new Graph();
  const resized = appendResize(graph, network, faces);
  const levels = mirror ? appendMirrored(graph, network, resized) : resized;
  const images = appendInput(graph, network, levels);
  const last = appendNetwork(graph, network, images);
  const embedded = mirror ? appendPairMeans(graph, network, last) : last;
  graph.add("Identity", [normalize ? appendUnitLength(graph, embedded) : embedded], {}, exported.output);
  return { graph, grey: greyOf(network, { levels, images }) };
}

function greyOf({ input: { mean, std } }: EmbeddingNetwork, names: Pick<GreyLevels, "levels" | "images">): GreyLevels | undefined {
  if (mean.length > 1) return undefined; // each channel has a scale of its own
  return { ...names, scale: 1 / (255 * (std[0] as number)), zero: 255 * (mean[0] as number) };
}

/** As `resize` of training has it: blocks of pixels are averaged where there are more than twice as many, then bilinear. */
function appendResize(graph: Graph, { input: { size, channels } }: EmbeddingNetwork, faces: number): string {
  if (faces === size) return exported.input;
  const block = Math.floor(faces / size);
  const pooling = { kernel_shape: [block, block], strides: [block, block] };
  const smaller = block < 2 ? exported.input : graph.add("AveragePool", [exported.input], pooling);
  if (Math.floor(faces / Math.max(1, block)) === size) return smaller;
  const batch = graph.add("Shape", [smaller], { start: 0, end: 1 });
  const sizes = graph.add("Concat", [batch, graph.whole("resize.size", [channels, size, size])], { axis: 0 });
  return graph.add("Resize", [smaller, "", "", sizes], { mode: "linear", coordinate_transformation_mode: "half_pixel" });
}

/** Pixels from 0 to 255 as the network takes them: less the mean, by the deviation. */
function appendInput(graph: Graph, { input: { channels, mean, std } }: EmbeddingNetwork, faces: string): string {
  const shape = [1, channels, 1, 1];
  const scale = std.map((s) => 1 / (255 * s));
  const shift = mean.map((m, c) => -m / (std[c] as number));
  const scaled = graph.add("Mul", [faces, graph.constant("input.scale", scale, shape)]);
  return graph.add("Add", [scaled, graph.constant("input.shift", shift, shape)]);
}

/** The faces and their mirror images, which follow them in one batch of twice as many. */
function appendMirrored(graph: Graph, { input: { size } }: EmbeddingNetwork, faces: string): string {
  const [start, end, axis, step] = [[-1], [-1 - size], [3], [-1]].map((values, i) => graph.whole(`mirror.${i}`, values));
  const mirrored = graph.add("Slice", [faces, start, end, axis, step] as string[]);
  return graph.add("Concat", [faces, mirrored], { axis: 0 });
}

/** The mean of each face's embedding and that of its mirror image. */
function appendPairMeans(graph: Graph, { dimensions }: EmbeddingNetwork, embedded: string): string {
  const pairs = graph.add("Reshape", [embedded, graph.whole("mirror.pairs", [2, -1, dimensions])]);
  return graph.add("ReduceMean", [pairs], { axes: [0], keepdims: 0 });
}

/** Each row by its length; a row of zeros stays one, as `normalize` of torch has it. */
function appendUnitLength(graph: Graph, x: string): string {
  const length = graph.add("ReduceL2", [x], { axes: [1], keepdims: 1 });
  const least = graph.constant("length.least", [1e-12], [1]);
  return graph.add("Div", [x, graph.add("Max", [length, least])]);
}
