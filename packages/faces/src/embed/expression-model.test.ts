import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { Embeddings } from "@semblant/core";
import * as ort from "onnxruntime-node";
import { describe, expect, it } from "vitest";
import { answersOf, gaussiansOf } from "./answers.ts";
import { checksumOf } from "./checksum.ts";
import { cardOf, openExpressionModel } from "./expression-model.ts";
import { readModelCard } from "./model-card.ts";
import { onnxParts } from "./onnx-parts.ts";
import { onnxRuntime } from "./onnx-runtime.ts";

const path = resolve(import.meta.dirname, "../../../../models/expression-small.onnx");
const file = existsSync(path) ? new Uint8Array(readFileSync(path)) : undefined;
const runtime = onnxRuntime(ort, { intraOpNumThreads: 1 });

describe.skipIf(file === undefined)("a model's file", () => {
  const bytes = file as Uint8Array;

  it("says what it is without being run", () => {
    const card = cardOf(bytes);
    expect(card.classes).toHaveLength(8);
    expect(card.gaussians.means).toHaveLength(card.gaussians.parents.length);
    expect(card.checksum).toBe(checksumOf(onnxParts(bytes).graph));
    expect(readModelCard(JSON.stringify(card))).toEqual(card);
  });

  it("embeds a batch as it embeds each face alone", async () => {
    const model = await openExpressionModel(bytes, runtime);
    const each = model.size ** 2;
    const crops = Uint8Array.from({ length: 70 * each }, (_, i) => (Math.imul(i + 7, 2654435761) >>> 24) ^ (i % 53));
    const together = await model.embed(crops);
    expect([together.rows, together.columns]).toEqual([70, model.dimensions]);
    for (const i of [0, 33, 69]) {
      const alone = await model.embed(crops.subarray(i * each, (i + 1) * each));
      alone.values.forEach((x, k) => void expect(Math.abs(x - (together.values[i * model.dimensions + k] as number))).toBeLessThan(1e-5));
    }
    expect((await model.embed(new Uint8Array(0))).rows).toBe(0);
    await expect(model.embed(new Uint8Array(100))).rejects.toThrow("embed: expected faces of 1 × 48 × 48 bytes, but got 100 bytes.");
    await model.close();
  });

  it("is refused where it is damaged, cut short, or another", async () => {
    const flipped = bytes.slice();
    flipped[1_000_000] = (flipped[1_000_000] as number) ^ 4;
    const bad: [Uint8Array, RegExp][] = [
      [flipped, /^model: expected weights with checksum [0-9a-f]{8}, but got [0-9a-f]{8}: the file is damaged\.$/],
      [bytes.subarray(0, 500_000), /^model: expected a whole ONNX file, but it is cut short or is none\.$/],
      [new Uint8Array(0), /^model: expected an ONNX file with a card of semblant, but got another file\./],
      [new TextEncoder().encode("not a model at all"), /^model: expected/],
    ];
    for (const [given, sentence] of bad) await expect(openExpressionModel(given, runtime)).rejects.toThrow(sentence);
  });
});

describe("a card", () => {
  const card = {
    format: 1,
    classes: ["a", "b"],
    dimensions: 1,
    gaussians: { means: [[0], [10]], sigmas: [1, 1], priors: [0.5, 0.5], parents: [0, 1] },
    thresholds: { posterior: 0.9, logDensity: -20 },
  } as const;

  it("is refused where it is of a later format or its Gaussians do not fit", () => {
    expect(() => readModelCard("{}")).toThrow("model: expected an ONNX file with a card of semblant");
    expect(() => readModelCard(JSON.stringify({ ...card, format: 2 }))).toThrow("model: expected a card of format 1, but got 2.");
    expect(() => readModelCard(JSON.stringify({ ...card, dimensions: 2 }))).toThrow("model: its card's Gaussians do not fit");
  });

  it("names what is near a class, is unsure between two, and calls what is far from all none of these", () => {
    const answers = answersOf(gaussiansOf(card), new Embeddings(Float32Array.of(0.5, 5, 90), 1), card.thresholds);
    expect(answers.map(({ verdict, predicted, subclass }) => [verdict, predicted, subclass])).toEqual([
      ["named", 0, 0],
      ["unsure", -1, -1],
      ["none of these", -1, -1],
    ]);
    expect(Array.from(answers[1]?.distribution ?? [])).toEqual([0.5, 0.5]);
  });
});
