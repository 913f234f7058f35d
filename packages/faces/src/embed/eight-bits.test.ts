import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import * as ort from "onnxruntime-node";
import { describe, expect, it } from "vitest";
import { computesInEightBits, inFloats } from "./eight-bits.ts";
import { openExpressionModel } from "./expression-model.ts";
import { onnxParts } from "./onnx-parts.ts";
import { type Ort, onnxRuntime } from "./onnx-runtime.ts";
import { headOf } from "./onnx-write.ts";

const utf8 = (text: string) => [...new TextEncoder().encode(text)];
const field = (number: number, bytes: readonly number[]) => [...headOf(number, bytes.length), ...bytes];
const node = (operator: string, inputs: readonly string[], output: string) =>
  field(1, [...inputs.flatMap((name) => field(1, utf8(name))), ...field(2, utf8(output)), ...field(4, utf8(operator))]);
const held = (name: string) => field(5, [...field(9, [1]), ...field(8, utf8(name))]);
const fileOf = (nodes: readonly number[][]) => Uint8Array.from([...field(2, utf8("semblant")), ...field(7, nodes.flat())]);

/** x in eight bits, and floats again by another scale; a in eight bits and back; a sum. */
const quantized = [
  node("QuantizeLinear", ["x", "one", "none"], "x8"),
  node("DequantizeLinear", ["x8", "s", "z"], "a"),
  node("QuantizeLinear", ["a", "t", "z"], "a8"),
  node("DequantizeLinear", ["a8", "t", "z"], "b"),
  node("DequantizeLinear", ["w8", "t", "z"], "w"),
  node("Conv", ["b", "w"], "y"),
];

describe("a network's file", () => {
  it("computes in eight bits where values are quantised, not where weights are stored so", () => {
    expect(computesInEightBits(fileOf(quantized))).toBe(true);
    expect(computesInEightBits(fileOf(quantized.slice(4)))).toBe(false);
    expect(computesInEightBits(Uint8Array.of(1, 2, 3))).toBe(false);
    expect(computesInEightBits(new Uint8Array())).toBe(false);
  });

  it("in floats has no quantising between its layers, and all else as it was", () => {
    const [x8, a, , , w, y] = quantized as [number[], number[], number[], number[], number[], number[]];
    expect([...inFloats(fileOf(quantized))]).toEqual([...fileOf([x8, a, node("Identity", ["a"], "b"), w, y])]);
    const scales = ["s", "z", "t", "u"].map(held) as [number[], number[], number[], number[]];
    const more = [node("QuantizeLinear", ["y", "u", "z"], "y8"), node("DequantizeLinear", ["y8", "u", "z"], "v")];
    expect([...inFloats(fileOf([...quantized, ...more, ...scales]))]).toEqual([
      ...fileOf([x8, a, node("Identity", ["a"], "b"), w, y, node("Identity", ["y"], "v"), ...scales.slice(0, 3)]), // "u" is of none now
    ]);
    expect([...inFloats(fileOf(quantized.slice(4)))]).toEqual([...fileOf(quantized.slice(4))]);
  });
});

describe("onnxRuntime", () => {
  it("keeps eight bits on the CPU and in WebAssembly, and opens the network in floats elsewhere", async () => {
    const opened: [number, object | undefined][] = [];
    const session = { inputNames: [], outputNames: [], run: async () => ({}), release: async () => {} };
    const fake = {
      InferenceSession: {
        create: async (model: Uint8Array, options?: { readonly extra?: object }) => {
          opened.push([model.length, options?.extra]);
          return session;
        },
      },
      Tensor: class {} as unknown as Ort["Tensor"],
    };
    const [whole, floats, stored] = [fileOf(quantized), inFloats(fileOf(quantized)), fileOf(quantized.slice(4))];
    const once = { session: { disable_quant_qdq: "1" } };
    for (const options of [{}, { executionProviders: ["wasm"] }, { executionProviders: [{ name: "cpu" }] }]) {
      await onnxRuntime(fake, options).open(whole);
      expect(opened.pop()).toEqual([whole.length, undefined]);
      await onnxRuntime(fake, options).open(stored);
      expect(opened.pop()).toEqual([stored.length, once]);
    }
    for (const provider of ["webgpu", { name: "webgpu" }]) {
      await onnxRuntime(fake, { executionProviders: [provider, "wasm"] }).open(whole);
      expect(opened.pop()).toEqual([floats.length, once]);
    }
  });
});

const shipped = resolve(import.meta.dirname, "../../models/expression-small.onnx");

describe.skipIf(!existsSync(shipped))("the model that ships", () => {
  it("computes in eight bits, and embeds nearly the same in floats", async () => {
    const bytes = new Uint8Array(readFileSync(shipped));
    expect(computesInEightBits(bytes)).toBe(true);
    const floats = inFloats(bytes);
    expect(computesInEightBits(floats)).toBe(true); // its grey levels are quantised yet
    expect(onnxParts(floats).metadata).toEqual(onnxParts(bytes).metadata);
    const crops = Uint8Array.from(
      { length: 4 * 48 * 48 },
      (_, i) => 128 + Math.round(90 * Math.sin(i / 700) * Math.cos((i % 48) / (7 + (i >> 12)))),
    );
    const runtime = onnxRuntime(ort, { intraOpNumThreads: 1 });
    const model = await openExpressionModel(bytes, runtime);
    const X = await model.embed(crops);
    await model.close();
    const session = await runtime.open(floats);
    const { embeddings } = await session.run({ faces: { data: Float32Array.from(crops), shape: [4, 1, 48, 48] } });
    await session.close();
    const other = embeddings?.data as Float32Array;
    for (let row = 0; row < 4; row++) {
      const [a, b] = [X.values, other].map((values) => values.subarray(row * 64, (row + 1) * 64)) as [Float32Array, Float32Array];
      const along = a.reduce((sum, x, k) => sum + x * (b[k] as number), 0);
      expect(along / (Math.hypot(...a) * Math.hypot(...b))).toBeGreaterThan(0.97);
    }
  });
});
