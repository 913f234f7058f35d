import { OptionError } from "@semblant/core";
import { invalidOption, refuseUnknown } from "@semblant/core/internals";
import type { EmbeddingNetwork } from "../networks/embedding-network.ts";
import { exported, type GraphOptions, graphOfNetwork } from "./network-graph.ts";
import { onnxFile } from "./onnx-file.ts";
import { type ActivationRanges, quantize } from "./quantize.ts";
import { type WeightType, weightTypes } from "./weights.ts";

export { exported } from "./network-graph.ts";

export interface ExportOptions extends GraphOptions {
  /** How weights are stored: float32 (as trained), float16 (half the size), int8 (a quarter; one scale an output channel). */
  readonly weights?: WeightType;
  /** Compute in eight bits, too, with weights of int8: the ranges that {@link calibrate} found with the same `mirror` and `faces`. */
  readonly activations?: ActivationRanges;
  /** Text that travels in the file, by name. */
  readonly metadata?: Readonly<Record<string, string>>;
  /** Version of what writes it. */
  readonly version?: string;
}

/**
 * The bytes of an ONNX file (opset 17) that embeds as the network does: `faces` (batch, channels, size, size), float32 from 0 to 255,
 * to `embeddings` (batch, dimensions), for any batch. Faces of another size than the network's are resized in the graph as in training.
 *
 * What the network does to pixels first, and batch norm by its running statistics, are in the graph; dropout isn't. A convolution
 * that batch norm follows has it in its weights. FMPNet pools by its middle places.
 *
 * With `activations`, convolutions, sums and all linear layers but the last compute in eight bits, in runtimes that can, and grey levels
 * count as whole numbers. Weights are then from -64 to 64, so that processors of all kinds answer alike.
 *
 * @throws OptionError if `weights` is no such type, `faces` no number of pixels, `activations` those of another graph or without weights
 *   of int8, or an option is unknown
 *
 * @example
 * exportOnnx(resnet18({ baseChannels: 8 })).length > 4 * 175_000; // true
 */
export function exportOnnx(network: EmbeddingNetwork, options: ExportOptions = {}): Uint8Array {
  refuseUnknown("exportOnnx", options, ["weights", "activations", "normalize", "mirror", "faces", "metadata", "version"]);
  const { weights = "float32", activations, metadata = {}, version = "", ...others } = options;
  if (!weightTypes.includes(weights)) throw invalidOption("exportOnnx", "weights", `one of ${weightTypes.join(", ")}`, weights);
  if (activations !== undefined && weights !== "int8") {
    throw new OptionError(`exportOnnx: expected weights to be int8 where activations are given, but got ${weights}.`);
  }
  const { size, channels } = network.input;
  const { faces = size } = options;
  const { graph, grey } = graphOfNetwork(network, others);
  return onnxFile({
    graph: activations === undefined ? graph : quantize(graph, activations, grey),
    name: network.name,
    inputs: [{ name: exported.input, shape: ["batch", channels, faces, faces] }],
    outputs: [{ name: exported.output, shape: ["batch", network.dimensions] }],
    weights: activations === undefined ? weights : "float32", // what is left of floats stays
    producer: { name: "semblant", version },
    metadata,
  });
}
