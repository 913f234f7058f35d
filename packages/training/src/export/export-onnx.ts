import { invalidOption, refuseUnknown } from "@semblant/core/internals";
import type { EmbeddingNetwork } from "../networks/embedding-network.ts";
import { Graph } from "../onnx/graph.ts";
import { appendNetwork } from "./append-network.ts";
import { onnxFile } from "./onnx-file.ts";
import { type WeightType, weightTypes } from "./weights.ts";

export interface ExportOptions {
  /** How weights are stored: float32 (as trained), float16 (half the size), int8 (a quarter; one scale an output channel). */
  readonly weights?: WeightType;
  /** Scale each embedding to length 1, for a network trained with a loss that looks at directions only. */
  readonly normalize?: boolean;
  /** Embed each face and its mirror image and take the mean, at twice the time, as `embed` does. */
  readonly mirror?: boolean;
  /** Side of the faces that go in, in pixels, where they are kept in another size than the network takes; the graph then resizes them. */
  readonly faces?: number;
  /** Text that travels in the file, by name. */
  readonly metadata?: Readonly<Record<string, string>>;
  /** Version of what writes it. */
  readonly version?: string;
}

/** What goes into an exported network, and what comes out. */
export const exported = { input: "faces", output: "embeddings" } as const;

/**
 * The bytes of an ONNX file (opset 17) that embeds as the network does: `faces` (batch, channels, size, size), float32 from 0 to 255,
 * to `embeddings` (batch, dimensions), for any batch. Faces of another size than the network's are resized in the graph as in training.
 *
 * What the network does to pixels first, and batch norm by its running statistics, are in the graph; dropout isn't. A convolution
 * that batch norm follows has it in its weights. FMPNet pools by its middle places.
 *
 * @throws OptionError if `weights` is no such type, `faces` no number of pixels, or an option is unknown
 *
 * @example
 * exportOnnx(resnet18({ baseChannels: 8 })).length > 4 * 175_000; // true
 */
export function exportOnnx(network: EmbeddingNetwork, options: ExportOptions = {}): Uint8Array {
  refuseUnknown("exportOnnx", options, ["weights", "normalize", "mirror", "faces", "metadata", "version"]);
  const { weights = "float32", normalize = false, mirror = false, metadata = {}, version = "" } = options;
  if (!weightTypes.includes(weights)) throw invalidOption("exportOnnx", "weights", `one of ${weightTypes.join(", ")}`, weights);
  const { size, channels } = network.input;
  const { faces = size } = options;
  if (!Number.isInteger(faces) || faces < 1) throw invalidOption("exportOnnx", "faces", "a whole number above 0", faces);
  const graph = new Graph();
  const images = appendInput(graph, network, appendResize(graph, network, faces));
  const embedded = mirror ? appendBothWays(graph, network, images) : appendNetwork(graph, network, images);
  const last = normalize ? appendUnitLength(graph, embedded) : embedded;
  graph.add("Identity", [last], {}, exported.output);
  return onnxFile({
    graph,
    name: network.name,
    inputs: [{ name: exported.input, shape: ["batch", channels, faces, faces] }],
    outputs: [{ name: exported.output, shape: ["batch", network.dimensions] }],
    weights,
    producer: { name: "semblant", version },
    metadata,
  });
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

/** The mean of what the network makes of the images and of their mirror images, which follow them in one batch of twice as many. */
function appendBothWays(graph: Graph, network: EmbeddingNetwork, images: string): string {
  const [start, end, axis, step] = [[-1], [-1 - network.input.size], [3], [-1]].map((values, i) => graph.whole(`mirror.${i}`, values));
  const mirrored = graph.add("Slice", [images, start, end, axis, step] as string[]);
  const embedded = appendNetwork(graph, network, graph.add("Concat", [images, mirrored], { axis: 0 }));
  const pairs = graph.add("Reshape", [embedded, graph.whole("mirror.pairs", [2, -1, network.dimensions])]);
  return graph.add("ReduceMean", [pairs], { axes: [0], keepdims: 0 });
}

/** Each row by its length; a row of zeros stays one, as `normalize` of torch has it. */
function appendUnitLength(graph: Graph, x: string): string {
  const length = graph.add("ReduceL2", [x], { axes: [1], keepdims: 1 });
  const least = graph.constant("length.least", [1e-12], [1]);
  return graph.add("Div", [x, graph.add("Max", [length, least])]);
}
