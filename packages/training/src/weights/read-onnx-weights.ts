import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { fromBinary } from "@bufbuild/protobuf";
import { DataError } from "@semblant/core";
import { type Tensor, tensor } from "@semblant/torch";
import { TensorProto_DataType as DataType, type GraphProto, ModelProtoSchema, type TensorProto } from "onnx-buf";
import { appendNetwork } from "../export/append-network.ts";
import { fromEightBits, fromSixteenBits } from "../export/weights.ts";
import type { EmbeddingNetwork } from "../networks/embedding-network.ts";
import { Graph } from "../onnx/graph.ts";

/** A number of values and their shape, as float32. */
interface Values {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/**
 * The weights of an ONNX file that {@link exportOnnx} wrote, under the names of the network's state dictionary: exact where the file
 * has float32, the nearest that its 16 or 8 bits know elsewhere. Of a file that computes in eight bits, the first layer's bias may be off
 * by what half a grey level makes.
 *
 * Batch norm comes back as the scale and shift that the file has of it: weight and bias, with running mean 0 and variance 1. Used, the
 * network answers as the file does; before it learns on, its statistics have to be taken from images ({@link loadWeights} does).
 *
 * @throws DataError if the file cannot be read, is no ONNX file, is cut short, or holds another network
 */
export function readOnnxWeights(path: string, network: EmbeddingNetwork): Map<string, Tensor> {
  const where = `weights ${basename(path)}`;
  const graph = graphOf(path, where);
  if (graph.name !== network.name) {
    throw new DataError(`${where}: expected a network of ${network.name}, but the file's is ${graph.name || "nameless"}.`);
  }
  const found = initializersOf(graph, where);
  const { foldedNorms } = graphOfNetwork(network);
  const own = network.stateDict();
  const state = new Map<string, Tensor>();
  const put = (name: string, { shape, values }: Values) => state.set(name, tensor(values, { shape }));
  const putNorm = (name: string, scale: Float32Array, shift: Values) => {
    const shape = [scale.length];
    put(`${name}.weight`, { shape, values: scale });
    put(`${name}.bias`, { shape, values: shift.values });
    put(`${name}.running_mean`, { shape, values: new Float32Array(scale.length) });
    put(`${name}.running_var`, { shape, values: new Float32Array(scale.length).fill(1) });
  };

  const shiftOf = (layer: string): Values => {
    const shift = found.get(`${layer}.shift`);
    if (shift === undefined) throw new DataError(`${where}: expected ${layer}.shift beside ${layer}.scale, but there is none.`);
    return shift;
  };

  // A convolution without bias has one of zeros in the file.
  for (const [name, values] of found) {
    const [layer, part] = [name.slice(0, name.lastIndexOf(".")), name.slice(name.lastIndexOf(".") + 1)];
    const norm = part === "bias" ? foldedNorms.get(layer) : undefined;
    if (norm !== undefined) putNorm(norm, new Float32Array(values.values.length).fill(1), values);
    else if (part === "weight" || (part === "bias" && (own.has(name) || values.values.some((x) => x !== 0)))) put(name, values);
    else if (part === "scale" && layer !== "input") putNorm(layer, values.values, shiftOf(layer));
  }
  return state;
}

/** The operations that the network is written as, for what they say of its layers. */
function graphOfNetwork(network: EmbeddingNetwork): Graph {
  const graph = new Graph();
  appendNetwork(graph, network, "images");
  return graph;
}

function graphOf(path: string, where: string): GraphProto {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (cause) {
    throw new DataError(`${where}: cannot be opened.`, { cause });
  }
  try {
    const { graph } = fromBinary(ModelProtoSchema, bytes);
    if (graph !== undefined) return graph;
  } catch (cause) {
    throw new DataError(`${where}: expected an ONNX file, but it is cut short or is none.`, { cause });
  }
  throw new DataError(`${where}: expected an ONNX file with a network, but it has none.`);
}

/** Every constant by its layer's name, whatever it is stored as. */
function initializersOf({ initializer }: GraphProto, where: string): Map<string, Values> {
  const stored = new Map(initializer.map((one) => [one.name, one]));
  const found = new Map<string, Values>();
  for (const [name, one] of stored) {
    const shape = one.dims.map(Number);
    const bytes = (each: number) => bytesOf(one, shape, each, where);
    const [, plain = name, type] = /^(.*\.(?:weight|bias))\.(int8|int32|float16|scale|zero)$/.exec(name) ?? [];
    if ((type === "int8" && one.dataType === DataType.INT8) || (type === "int32" && one.dataType === DataType.INT32)) {
      const scales = stored.get(`${plain}.scale`);
      const [outputs = 0] = shape;
      if (scales === undefined) throw new DataError(`${where}: expected scales beside ${name}, but there are none.`);
      const values = type === "int8" ? new Int8Array(bytes(1).buffer) : new Int32Array(bytes(4).buffer);
      found.set(plain, { shape, values: fromEightBits({ values, scales: floats(bytesOf(scales, [outputs], 4, where)) }) });
    } else if (type === "float16" && one.dataType === DataType.FLOAT16) {
      found.set(plain, { shape, values: fromSixteenBits(new Uint16Array(bytes(2).buffer)) });
    } else if (type === undefined && one.dataType === DataType.FLOAT) {
      found.set(name, { shape, values: floats(bytes(4)) });
    }
  }
  return found;
}

const floats = (bytes: Uint8Array<ArrayBuffer>): Float32Array => new Float32Array(bytes.buffer);

/** A copy of a constant's bytes. */
function bytesOf({ name, rawData }: TensorProto, shape: readonly number[], each: number, where: string): Uint8Array<ArrayBuffer> {
  const expected = each * shape.reduce((product, n) => product * n, 1);
  if (rawData.length === expected) return Uint8Array.from(rawData);
  throw new DataError(`${where}: expected ${expected} bytes of ${name}, but got ${rawData.length}.`);
}
