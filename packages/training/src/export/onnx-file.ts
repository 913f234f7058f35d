import { create, toBinary } from "@bufbuild/protobuf";
import {
  AttributeProtoSchema,
  AttributeProto_AttributeType as AttributeType,
  TensorProto_DataType as DataType,
  GraphProtoSchema,
  ModelProtoSchema,
  NodeProtoSchema,
  TensorProtoSchema,
  TypeProtoSchema,
  ValueInfoProtoSchema,
} from "onnx-buf";
import type { GraphNode, StoredInitializer } from "../onnx/graph.ts";
import type { GraphParts } from "./quantized-values.ts";
import { inEightBits, inSixteenBits, type WeightType } from "./weights.ts";

/** The version of ONNX's operations, and of its file format, that is written: what every runtime of the last years reads. */
const opset = 17;
const fileVersion = 8;

/** A value that goes in or comes out: a number for a size, a name for one that may be any. */
export interface GraphValue {
  readonly name: string;
  /** Absent, it may be any. */
  readonly shape?: readonly (number | string)[];
}

export interface OnnxFile {
  readonly graph: GraphParts;
  readonly name: string;
  readonly inputs: readonly GraphValue[];
  readonly outputs: readonly GraphValue[];
  readonly weights: WeightType;
  readonly producer: { readonly name: string; readonly version: string };
  /** Text that travels with the model, by name. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** The bytes of an ONNX file of opset 17. */
export function onnxFile({ graph, name, inputs, outputs, weights, producer, metadata }: OnnxFile): Uint8Array {
  const stored = graph.initializers.map((initializer) => storedAs(initializer, weights));
  return toBinary(
    ModelProtoSchema,
    create(ModelProtoSchema, {
      irVersion: BigInt(fileVersion),
      producerName: producer.name,
      producerVersion: producer.version,
      opsetImport: [{ domain: "", version: BigInt(opset) }],
      metadataProps: Object.entries(metadata).map(([key, value]) => ({ key, value })),
      graph: create(GraphProtoSchema, {
        name,
        input: inputs.map(valueInfo),
        output: outputs.map(valueInfo),
        initializer: stored.flatMap(({ tensors }) => tensors),
        node: [...stored.flatMap(({ nodes }) => nodes), ...graph.nodes].map(nodeOf),
      }),
    }),
  );
}

/** A constant as tensors of the file, and the operation that makes it float32 again where it is stored in fewer bits. */
function storedAs({ name, shape, values, weights }: StoredInitializer, type: WeightType) {
  const tensor = (called: string, dataType: DataType, dims: readonly number[], raw: ArrayBufferView) =>
    create(TensorProtoSchema, { name: called, dataType, dims: dims.map(BigInt), rawData: bytesOf(raw) });
  if (!(values instanceof Float32Array)) return { tensors: [tensor(name, wholeType(values), shape, values)], nodes: [] };
  if (!weights || type === "float32") return { tensors: [tensor(name, DataType.FLOAT, shape, values)], nodes: [] };
  if (type === "float16") {
    const cast: GraphNode = { operator: "Cast", inputs: [`${name}.float16`], output: name, attributes: { to: DataType.FLOAT } };
    return { tensors: [tensor(`${name}.float16`, DataType.FLOAT16, shape, inSixteenBits(values))], nodes: [cast] };
  }
  const { values: bits, scales } = inEightBits({ shape, values });
  const inputs = [`${name}.int8`, `${name}.scale`];
  return {
    tensors: [tensor(`${name}.int8`, DataType.INT8, shape, bits), tensor(`${name}.scale`, DataType.FLOAT, [scales.length], scales)],
    nodes: [{ operator: "DequantizeLinear", inputs, output: name, attributes: { axis: 0 } } satisfies GraphNode],
  };
}

function wholeType(values: Exclude<StoredInitializer["values"], Float32Array>): DataType {
  if (values instanceof BigInt64Array) return DataType.INT64;
  if (values instanceof Int32Array) return DataType.INT32;
  return values instanceof Int8Array ? DataType.INT8 : DataType.UINT8;
}

function valueInfo({ name, shape }: GraphValue) {
  const dim = shape?.map((size) => ({
    value: typeof size === "number" ? ({ case: "dimValue", value: BigInt(size) } as const) : ({ case: "dimParam", value: size } as const),
  }));
  const tensor = { case: "tensorType", value: { elemType: DataType.FLOAT, ...(dim && { shape: { dim } }) } } as const;
  return create(ValueInfoProtoSchema, { name, type: create(TypeProtoSchema, { value: tensor }) });
}

function nodeOf({ operator, inputs, output, attributes }: GraphNode) {
  return create(NodeProtoSchema, {
    opType: operator,
    name: output,
    input: [...inputs],
    output: [output],
    attribute: Object.entries(attributes).map(([name, value]) => attributeOf(name, value)),
  });
}

function attributeOf(name: string, value: number | string | readonly number[]) {
  if (typeof value === "string")
    return create(AttributeProtoSchema, { name, type: AttributeType.STRING, s: new TextEncoder().encode(value) });
  if (typeof value === "number") return create(AttributeProtoSchema, { name, type: AttributeType.INT, i: BigInt(value) });
  return create(AttributeProtoSchema, { name, type: AttributeType.INTS, ints: value.map(BigInt) });
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array<ArrayBuffer> {
  return new Uint8Array(buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer);
}
