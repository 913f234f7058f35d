import { fromBinary } from "@bufbuild/protobuf";
import { AttributeProto_AttributeType as AttributeType, TensorProto_DataType as DataType, ModelProtoSchema } from "onnx-buf";
import { describe, expect, it } from "vitest";
import { Graph } from "../onnx/graph.ts";
import { onnxFile } from "./onnx-file.ts";
import type { WeightType } from "./weights.ts";

/** images · weightᵀ + bias, of two values each. */
function linear(): Graph {
  const graph = new Graph();
  const weight = graph.constant("fc.weight", [1, -0.5, 0, 2], [2, 2], { weights: true });
  const bias = graph.constant("fc.bias", [0.25, 0], [2]);
  graph.add("Gemm", ["x", weight, bias], { transB: 1 }, "y");
  return graph;
}

const write = (weights: WeightType, graph = linear()) =>
  onnxFile({
    graph,
    name: "linear",
    inputs: [{ name: "x", shape: ["batch", 2] }],
    outputs: [{ name: "y", shape: ["batch", 2] }],
    weights,
    producer: { name: "semblant", version: "1.2.3" },
    metadata: { semblant: "{}", by: "é" },
  });
const read = (weights: WeightType) => fromBinary(ModelProtoSchema, write(weights));

describe("an ONNX file", () => {
  it("begins with the bytes that onnx.proto prescribes: the format's version 8, then who wrote it", () => {
    const start = [0x08, 8, 0x12, 8, ...new TextEncoder().encode("semblant"), 0x1a, 5, ...new TextEncoder().encode("1.2.3")];
    expect([...write("float32").subarray(0, start.length)]).toEqual(start);
  });

  it("holds the opset, the metadata, and values whose batch may be any", () => {
    const { opsetImport, metadataProps, graph } = read("float32");
    expect(opsetImport.map(({ domain, version }) => [domain, version])).toEqual([["", 17n]]);
    expect(metadataProps.map(({ key, value }) => [key, value])).toEqual([
      ["semblant", "{}"],
      ["by", "é"],
    ]);
    for (const value of [graph?.input[0], graph?.output[0]]) {
      const type = value?.type?.value;
      if (type?.case !== "tensorType") throw new Error(`expected a tensor, but got ${type?.case}`);
      const tensor = type.value;
      expect(tensor.elemType).toBe(DataType.FLOAT);
      expect(tensor.shape?.dim.map(({ value: size }) => [size.case, size.value])).toEqual([
        ["dimParam", "batch"],
        ["dimValue", 2n],
      ]);
    }
  });

  it("holds numbers as little-endian bytes and each operation with its settings", () => {
    const { initializer = [], node = [] } = read("float32").graph ?? {};
    expect(initializer.map(({ name, dataType, dims }) => [name, dataType, dims])).toEqual([
      ["fc.weight", DataType.FLOAT, [2n, 2n]],
      ["fc.bias", DataType.FLOAT, [2n]],
    ]);
    expect([...(initializer[0]?.rawData ?? [])]).toEqual([0, 0, 0x80, 0x3f, 0, 0, 0, 0xbf, 0, 0, 0, 0, 0, 0, 0, 0x40]);
    expect(node.map(({ opType, input, output }) => [opType, input, output])).toEqual([["Gemm", ["x", "fc.weight", "fc.bias"], ["y"]]]);
    expect(node[0]?.attribute.map(({ name, type, i }) => [name, type, i])).toEqual([["transB", AttributeType.INT, 1n]]);
  });

  it("keeps float16 weights in two bytes and makes float32 of them first; biases stay", () => {
    const { initializer = [], node = [] } = read("float16").graph ?? {};
    expect(initializer.map(({ name, dataType }) => [name, dataType])).toEqual([
      ["fc.weight.float16", DataType.FLOAT16],
      ["fc.bias", DataType.FLOAT],
    ]);
    expect([...(initializer[0]?.rawData ?? [])]).toEqual([0, 0x3c, 0, 0xb8, 0, 0, 0, 0x40]);
    expect(node.map(({ opType }) => opType)).toEqual(["Cast", "Gemm"]);
    expect([node[0]?.output, node[0]?.attribute[0]?.i]).toEqual([["fc.weight"], BigInt(DataType.FLOAT)]);
  });

  it("keeps int8 weights in a byte, with a scale for each output channel", () => {
    const { initializer = [], node = [] } = read("int8").graph ?? {};
    expect(initializer.map(({ name, dataType, dims }) => [name, dataType, dims])).toEqual([
      ["fc.weight.int8", DataType.INT8, [2n, 2n]],
      ["fc.weight.scale", DataType.FLOAT, [2n]],
      ["fc.bias", DataType.FLOAT, [2n]],
    ]);
    expect([...(initializer[0]?.rawData ?? [])]).toEqual([127, 256 - 64, 0, 127]);
    const scales = initializer[1]?.rawData ?? new Uint8Array();
    expect([...new Float32Array(scales.slice().buffer)]).toEqual([Math.fround(1 / 127), Math.fround(2 / 127)]);
    expect(node.map(({ opType, input }) => [opType, input])[0]).toEqual(["DequantizeLinear", ["fc.weight.int8", "fc.weight.scale"]]);
    expect(node[0]?.attribute.map(({ name, i }) => [name, i])).toEqual([["axis", 0n]]);
  });

  it("has the same bytes for the same network", () => {
    expect(write("int8")).toEqual(write("int8"));
  });
});
