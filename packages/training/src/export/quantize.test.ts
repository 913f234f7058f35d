import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fromBinary } from "@bufbuild/protobuf";
import { TensorProto_DataType as DataType, ModelProtoSchema } from "onnx-buf";
import { InferenceSession } from "onnxruntime-node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { networkNames } from "../catalog/networks.ts";
import type { EmbeddingNetwork } from "../networks/embedding-network.ts";
import { calibrate } from "./calibrate.ts";
import { exportOnnx } from "./export-onnx.ts";
import { runtime } from "./fixtures/runtime.ts";
import { byOnnx, byTorch, facesFor, networkOf } from "./fixtures/tried-networks.ts";
import { type ActivationRanges, scaleOf } from "./quantize.ts";

const calibrated = (network: EmbeddingNetwork, options = {}): Promise<ActivationRanges> =>
  calibrate(network, facesFor(network, 6), runtime, options);

/** The mean cosine between rows. */
function alike(a: Float32Array, b: Float32Array, columns: number): number {
  const along = (x: Float32Array, y: Float32Array, row: number) =>
    Array.from({ length: columns }, (_, k) => (x[row * columns + k] as number) * (y[row * columns + k] as number)).reduce(
      (s, v) => s + v,
      0,
    );
  const rows = a.length / columns;
  const cosines = Array.from({ length: rows }, (_, row) => along(a, b, row) / Math.sqrt(along(a, a, row) * along(b, b, row)));
  return cosines.reduce((sum, x) => sum + x, 0) / rows;
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "quantize-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The operations that ONNX Runtime makes of a file. */
async function operationsOf(model: Uint8Array): Promise<string[]> {
  const optimizedModelFilePath = join(folder, "optimized.onnx");
  await (await InferenceSession.create(model, { optimizedModelFilePath, graphOptimizationLevel: "extended" })).release();
  return fromBinary(ModelProtoSchema, readFileSync(optimizedModelFilePath)).graph?.node.map(({ opType }) => opType) ?? [];
}

describe("a network that computes in eight bits", () => {
  it.each([...networkNames.map((name) => ({ name })), { name: "resnet18", channels: 3 }, { name: "resnet18", batchNorm: false }])(
    "embeds nearly as it does in floats: $name $channels $batchNorm",
    async (options) => {
      const network = networkOf(options);
      const faces = facesFor(network, 6);
      const found = await byOnnx(exportOnnx(network, { weights: "int8", activations: await calibrated(network) }), network, faces, 6);
      const expected = byTorch(network, faces, 6);
      expect(alike(found, expected, network.dimensions)).toBeGreaterThan(0.99);
      expect(found).not.toEqual(expected);
      network.dispose();
    },
  );

  it("is computed in eight bits by ONNX Runtime, but for its last layer", async () => {
    const network = networkOf({ name: "resnet18", stem: "3x3-pool" });
    const operations = await operationsOf(exportOnnx(network, { weights: "int8", activations: await calibrated(network) }));
    const count = (operator: string) => operations.filter((one) => one === operator).length;
    expect(count("QLinearConv")).toBe(20);
    expect(count("QLinearAdd")).toBe(8);
    expect(count("Conv") + count("FusedConv") + count("Add") + count("Relu")).toBe(0);
    expect(count("QuantizeLinear")).toBe(1);
    expect(count("Gemm")).toBe(1);
    network.dispose();
  });

  it("tells dark faces with few levels apart, for a level stays a level", async () => {
    const network = networkOf({ name: "resnet18", stem: "3x3-pool", baseChannels: 16 });
    const model = exportOnnx(network, { weights: "int8", activations: await calibrated(network) });
    const dark = facesFor(network, 6).map((level) => 20 + (level % 3));
    const shifted = dark.map((level) => level + 1);
    const [found, expected] = [await byOnnx(model, network, dark, 6), byTorch(network, dark, 6)];
    expect(alike(found, expected, network.dimensions)).toBeGreaterThan(0.99);
    expect(await byOnnx(model, network, shifted, 6)).not.toEqual(found);
    network.dispose();
  });

  it("embeds a face and its mirror image, and gives embeddings of length 1", async () => {
    const network = networkOf({ name: "resnet18" });
    const faces = facesFor(network, 6);
    for (const mirror of [true, false]) {
      const activations = await calibrated(network, { mirror });
      const found = await byOnnx(exportOnnx(network, { weights: "int8", activations, mirror, normalize: true }), network, faces, 6);
      expect(alike(found, await byOnnx(exportOnnx(network, { mirror }), network, faces, 6), network.dimensions)).toBeGreaterThan(0.99);
      expect(Math.hypot(...found.subarray(0, network.dimensions))).toBeCloseTo(1, 6);
    }
    network.dispose();
  });

  it("resizes faces before it quantises them", async () => {
    const network = networkOf({ name: "resnet18", size: 32 });
    const seen = { ...network, input: { ...network.input, size: 48 } } as EmbeddingNetwork;
    const faces = facesFor(seen, 6);
    const activations = await calibrate(network, faces, runtime, { faces: 48 });
    const found = await byOnnx(exportOnnx(network, { weights: "int8", activations, faces: 48 }), seen, faces, 6);
    const expected = await byOnnx(exportOnnx(network, { faces: 48 }), seen, faces, 6);
    expect(alike(found, expected, network.dimensions)).toBeGreaterThan(0.99);
    network.dispose();
  });

  it("has weights from -64 to 64, of which two products with activations fit 16 bits", async () => {
    const network = networkOf({ name: "resnet18" });
    const { graph } = fromBinary(ModelProtoSchema, exportOnnx(network, { weights: "int8", activations: await calibrated(network) }));
    const weights = (graph?.initializer ?? []).filter(({ name, dataType }) => name.endsWith(".weight.int8") && dataType === DataType.INT8);
    expect(weights).toHaveLength(20);
    const greatest = Math.max(
      ...weights.map(({ rawData }) => new Int8Array(Uint8Array.from(rawData).buffer).reduce((most, w) => Math.max(most, Math.abs(w)), 0)),
    );
    expect(greatest).toBe(64);
    expect(2 * 255 * greatest).toBeLessThan(2 ** 15);
    network.dispose();
  });

  it("refuses ranges of another graph, and weights of another type", async () => {
    const network = networkOf({ name: "resnet18" });
    const activations = new Map([...(await calibrated(network))].slice(0, -1));
    expect(() => exportOnnx(network, { weights: "int8", activations })).toThrow(
      /^exportOnnx: expected activations with the range of relu_\d+, but it has none\.\n {2}Calibrate the same network with the same mirror and faces\.$/,
    );
    expect(() => exportOnnx(network, { activations })).toThrow(
      "exportOnnx: expected weights to be int8 where activations are given, but got float32.",
    );
    network.dispose();
  });
});

describe("the scale of a range", () => {
  it("fits the range and 0 into eight bits without sign", () => {
    expect(scaleOf({ low: 0, high: 25.5 })).toEqual({ scale: Math.fround(0.1), zero: 0 });
    expect(scaleOf({ low: -1, high: 1.55 })).toEqual({ scale: Math.fround(0.01), zero: 100 });
    expect(scaleOf({ low: 3, high: 25.5 })).toEqual({ scale: Math.fround(0.1), zero: 0 });
    expect(scaleOf({ low: -25.5, high: -3 })).toEqual({ scale: Math.fround(0.1), zero: 255 });
    expect(scaleOf({ low: 0, high: 0 })).toEqual({ scale: 1, zero: 0 });
  });
});

describe("calibrate", () => {
  it("finds the least and the greatest of each value, of all faces", async () => {
    const network = networkOf({ name: "resnet18" });
    const faces = facesFor(network, 20); // more than at a time
    const all = await calibrate(network, faces, runtime);
    const parts = [
      await calibrate(network, faces.subarray(0, 10 * 2304), runtime),
      await calibrate(network, faces.subarray(10 * 2304), runtime),
    ];
    expect(all.size).toBeGreaterThan(20);
    for (const [name, { low, high }] of all) {
      const [a, b] = parts.map((ranges) => ranges.get(name));
      expect(low).toBeCloseTo(Math.min(a?.low as number, b?.low as number), 4);
      expect(high).toBeCloseTo(Math.max(a?.high as number, b?.high as number), 4);
      if (name.startsWith("relu")) expect(low).toBeGreaterThanOrEqual(0);
    }
    network.dispose();
  });

  it("refuses what is no face", async () => {
    const network = networkOf({ name: "resnet18" });
    await expect(calibrate(network, new Uint8Array(7), runtime)).rejects.toThrow(
      "calibrate: expected faces of 1 × 48 × 48 bytes, but got 7 bytes.",
    );
    network.dispose();
  });
});
