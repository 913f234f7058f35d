// A TensorFlow Lite graph as ONNX: the operations of MediaPipe's face networks and no others. Images are (batch, height, width, channels)
// there and (batch, channels, height, width) here, so that weights are turned once and images wherever they are reshaped.
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

const operatorNames = {
  0: "ADD",
  2: "CONCATENATION",
  3: "CONV_2D",
  4: "DEPTHWISE_CONV_2D",
  6: "DEQUANTIZE",
  14: "LOGISTIC",
  17: "MAX_POOL_2D",
  19: "RELU",
  22: "RESHAPE",
  34: "PAD",
  54: "PRELU",
};
const activations = { 1: "Relu" };
const float32 = 0;
const float16 = 1;
const int32 = 2;

/**
 * The bytes of an ONNX file (opset 17) that does what the graph does, on images with channels first.
 *
 * @param {import("./read-tflite.mjs").TfliteGraph} graph
 * @param {{ name: string, input: string, outputs: string[] }} names of the network and what goes in and comes out
 * @throws {Error} for an operation or type that is not among ours
 */
export function tfliteToOnnx(graph, { name, input, outputs }) {
  const { tensors, operators } = graph;
  const nodes = [];
  const initializers = [];
  const constants = new Map(); // tensor -> { shape, values }
  const images = new Set(graph.inputs); // tensors that have four axes and so channels first
  const valueName = new Map([[graph.inputs[0], input], ...graph.outputs.map((tensor, i) => [tensor, outputs[i]])]);
  const called = (tensor) => valueName.get(tensor) ?? `t${tensor}`;
  let made = 0;
  const fresh = (word) => `${word}_${made++}`;

  const add = (operator, inputs, output, attributes = {}) => {
    nodes.push(
      create(NodeProtoSchema, {
        opType: operator,
        name: output,
        input: inputs,
        output: [output],
        attribute: Object.entries(attributes).map(([key, value]) => attribute(key, value)),
      }),
    );
    return output;
  };
  const store = (word, values, shape) => {
    const dataType = values instanceof Float32Array ? DataType.FLOAT : DataType.INT64;
    const rawData = new Uint8Array(values.buffer.slice(values.byteOffset, values.byteOffset + values.byteLength));
    const stored = fresh(word);
    initializers.push(create(TensorProtoSchema, { name: stored, dataType, dims: shape.map(BigInt), rawData }));
    return stored;
  };
  const constantOf = (tensor) => {
    const known = constants.get(tensor);
    if (known !== undefined) return known;
    const { data, shape, type } = tensors[tensor];
    return data === undefined ? undefined : { shape, values: numbersOf(data, type) };
  };
  const activated = (operator, inputs, tensor, attributes, activation) => {
    const output = called(tensor);
    if (activation === 0) return add(operator, inputs, output, attributes);
    const then = activations[activation];
    if (then === undefined) throw new Error(`tflite: no activation ${activation} here.`);
    return add(then, [add(operator, inputs, fresh("linear"), attributes)], output);
  };

  const convolution = ({ inputs: [x, weights, biases], outputs: [y], options }, depthwise) => {
    const { shape, values } = constantOf(weights);
    const [first, height, width, last] = shape;
    const turned = new Float32Array(values.length);
    // (out, h, w, in) or (1, h, w, out) -> (out, in or 1, h, w)
    const [out, into] = depthwise ? [last, 1] : [first, last];
    for (let o = 0; o < out; o++)
      for (let i = 0; i < into; i++)
        for (let p = 0; p < height * width; p++)
          turned[(o * into + i) * height * width + p] = values[depthwise ? p * last + o : (o * height * width + p) * into + i];
    const [strideAt, activationAt] = depthwise ? [1, 4] : [1, 3];
    const given = [called(x), store("weights", turned, [out, into, height, width])];
    if (biases >= 0) given.push(store("biases", constantOf(biases).values, [out]));
    images.add(y);
    activated(
      "Conv",
      given,
      y,
      {
        kernel_shape: [height, width],
        strides: [options.int(strideAt + 1, 1), options.int(strideAt, 1)],
        auto_pad: options.byte(0) === 0 ? "SAME_UPPER" : "VALID",
        ...(depthwise && { group: out }),
      },
      options.byte(activationAt),
    );
  };

  const doing = {
    DEQUANTIZE({ inputs: [x], outputs: [y] }) {
      constants.set(y, constantOf(x));
    },
    CONV_2D: (operator) => convolution(operator, false),
    DEPTHWISE_CONV_2D: (operator) => convolution(operator, true),
    ADD({ inputs: [a, b], outputs: [y], options }) {
      images.add(y);
      activated("Add", [called(a), called(b)], y, {}, options?.byte(0) ?? 0);
    },
    RELU({ inputs: [x], outputs: [y] }) {
      images.add(y);
      add("Relu", [called(x)], called(y));
    },
    LOGISTIC({ inputs: [x], outputs: [y] }) {
      if (images.has(x)) images.add(y);
      add("Sigmoid", [called(x)], called(y));
    },
    PRELU({ inputs: [x, slopes], outputs: [y] }) {
      const { values } = constantOf(slopes);
      images.add(y);
      add("PRelu", [called(x), store("slopes", values, [values.length, 1, 1])], called(y));
    },
    MAX_POOL_2D({ inputs: [x], outputs: [y], options }) {
      images.add(y);
      activated(
        "MaxPool",
        [called(x)],
        y,
        {
          kernel_shape: [options.int(4), options.int(3)],
          strides: [options.int(2), options.int(1)],
          auto_pad: options.byte(0) === 0 ? "SAME_UPPER" : "VALID",
        },
        options.byte(5),
      );
    },
    PAD({ inputs: [x, amounts], outputs: [y] }) {
      const { values } = constantOf(amounts); // (axes, before and after)
      const axes = [0, 3, 1, 2];
      const pads = [0, 1].flatMap((side) => axes.map((axis) => values[2 * axis + side]));
      images.add(y);
      add("Pad", [called(x), store("pads", BigInt64Array.from(pads, BigInt), [8])], called(y));
    },
    RESHAPE({ inputs: [x], outputs: [y] }) {
      const shape = tensors[y].shape;
      const last = images.has(x) ? add("Transpose", [called(x)], fresh("last"), { perm: [0, 2, 3, 1] }) : called(x);
      const flat = shape.length === 4 ? fresh("flat") : called(y);
      add("Reshape", [last, store("shape", BigInt64Array.from(shape, BigInt), [shape.length])], flat);
      if (shape.length !== 4) return;
      images.add(y);
      add("Transpose", [flat], called(y), { perm: [0, 3, 1, 2] });
    },
    CONCATENATION({ inputs, outputs: [y], options }) {
      const axis = options.int(0);
      const image = images.has(inputs[0]);
      if (image) images.add(y);
      add("Concat", inputs.map(called), called(y), { axis: image ? [0, 2, 3, 1][axis] : axis });
    },
  };

  for (const operator of operators) {
    const known = operatorNames[operator.code];
    if (known === undefined) throw new Error(`tflite: no operation ${operator.code} here.`);
    doing[known](operator);
  }
  const channelsFirst = ([batch, height, width, channels]) => [batch, channels, height, width];
  return toBinary(
    ModelProtoSchema,
    create(ModelProtoSchema, {
      irVersion: 8n,
      producerName: "semblant",
      opsetImport: [{ domain: "", version: 17n }],
      graph: create(GraphProtoSchema, {
        name,
        input: [valueInfo(input, channelsFirst(tensors[graph.inputs[0]].shape))],
        output: graph.outputs.map((tensor, i) =>
          valueInfo(outputs[i], images.has(tensor) ? channelsFirst(tensors[tensor].shape) : tensors[tensor].shape),
        ),
        initializer: initializers,
        node: nodes,
      }),
    }),
  );
}

function numbersOf(data, type) {
  const { buffer, byteOffset, byteLength } = data;
  const copy = buffer.slice(byteOffset, byteOffset + byteLength);
  if (type === float32) return new Float32Array(copy);
  if (type === int32) return new Int32Array(copy);
  if (type === float16) return Float32Array.from(new Uint16Array(copy), fromSixteenBits);
  throw new Error(`tflite: no numbers of type ${type} here.`);
}

/** IEEE 754: a sign, five bits of exponent, ten of fraction. */
function fromSixteenBits(bits) {
  const [sign, exponent, fraction] = [bits & 0x8000 ? -1 : 1, (bits >> 10) & 31, bits & 1023];
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15));
}

function attribute(name, value) {
  if (typeof value === "string")
    return create(AttributeProtoSchema, { name, type: AttributeType.STRING, s: new TextEncoder().encode(value) });
  if (typeof value === "number") return create(AttributeProtoSchema, { name, type: AttributeType.INT, i: BigInt(value) });
  return create(AttributeProtoSchema, { name, type: AttributeType.INTS, ints: value.map(BigInt) });
}

function valueInfo(name, shape) {
  const dim = shape.map((size) => ({ value: { case: "dimValue", value: BigInt(size) } }));
  const type = create(TypeProtoSchema, { value: { case: "tensorType", value: { elemType: DataType.FLOAT, shape: { dim } } } });
  return create(ValueInfoProtoSchema, { name, type });
}
