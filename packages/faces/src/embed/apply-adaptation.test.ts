import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { DataError, Embeddings } from "@semblant/core";
import * as ort from "onnxruntime-node";
import { describe, expect, it } from "vitest";
import { type Adaptation, adaptationText, checksumOfAdaptation, readAdaptation } from "./adaptation.ts";
import { answersOf, cardGaussiansOf, gaussiansOf } from "./answers.ts";
import { adaptationOf, applyAdaptation } from "./apply-adaptation.ts";
import { cardOf, openExpressionModel } from "./expression-model.ts";
import { adaptation, card, network } from "./fixtures/adaptation.ts";
import { onnxParts } from "./onnx-parts.ts";
import { onnxRuntime } from "./onnx-runtime.ts";

const text = adaptationText(adaptation);

describe("an adapted model", () => {
  it("is its network, byte for byte, with other Gaussians", () => {
    const file = applyAdaptation(network(), text);
    expect([...onnxParts(file).graph]).toEqual([1, 2, 3]);
    const { classes, gaussians, thresholds, measured, checksum, name, kinds, provenance, limits } = cardOf(file);
    expect({ classes, gaussians, thresholds, checksum }).toEqual({
      classes: adaptation.classes,
      gaussians: adaptation.gaussians,
      thresholds: adaptation.thresholds,
      checksum: card.checksum,
    });
    expect(name).toBe("tiny, adapted");
    expect(kinds).toBeUndefined(); // sub-classes were those of other faces
    expect(measured.map(({ protocol }) => protocol)).toEqual(["After.", "Before."]);
    expect(provenance).toMatchObject({ "adapted from": "tiny", "adapted to": "30 labelled faces of 4 persons", "trained on": "nothing" });
    expect(provenance).not.toHaveProperty("Gaussians' width");
    expect(limits).toHaveLength(2);
  });

  it("names faces by the Gaussians that it carries, new classes too", () => {
    const adapted = cardOf(applyAdaptation(network(), text));
    const answers = answersOf(gaussiansOf(adapted), new Embeddings(Float32Array.of(0, 9, 5, 5), 2), adapted.thresholds);
    expect(answers.map(({ predicted }) => predicted)).toEqual([2, 1]);
    const before = answersOf(gaussiansOf(card), new Embeddings(Float32Array.of(0, 9, 5, 5), 2), card.thresholds);
    expect(before.map(({ verdict }) => verdict)).toEqual(["none of these", "none of these"]);
  });

  it("says which adaptation it is, and is replaced by another, not laid over it", () => {
    const other: Adaptation = { ...adaptation, thresholds: { posterior: 0.7, logDensity: -12 } };
    const twice = cardOf(applyAdaptation(applyAdaptation(network(), text), adaptationText(other)));
    expect(twice.name).toBe("tiny, adapted");
    expect(adaptationOf(twice)).toBe(checksumOfAdaptation(other));
    expect(adaptationOf(twice)).not.toBe(checksumOfAdaptation(adaptation));
    expect(adaptationOf(card)).toBeUndefined();
  });

  it("writes Gaussians as it reads them", () => {
    const { gaussians } = gaussiansOf({ ...card, ...adaptation });
    expect(cardGaussiansOf(gaussians)).toEqual(adaptation.gaussians);
  });

  it("is refused where it is damaged, of a newer version, something else, or of another network", () => {
    const bad: [string, string][] = [
      ["{}", "adapted model: expected a file of semblant adapt, but got something else."],
      ["null", "adapted model: expected a file of semblant adapt, but got something else."],
      ["not JSON", "adapted model: expected a file of semblant adapt, but got something else."],
      [
        text.replace('"version":1', '"version":2'),
        "adapted model: expected version 1, but got 2.\n  A newer semblant wrote it: update semblant.",
      ],
      [text.replace("[5,5]", "[5,6]"), "but got"],
      [text.slice(0, -20), "adapted model: expected a file of semblant adapt, but got something else."],
      [
        adaptationText({ ...adaptation, network: { name: "other", checksum: "00000001" } }),
        `adapted model: expected the network that it was made for, "other" (00000001), but got "tiny" (${card.checksum}).\n` +
          "  Adapt again with the network at hand: semblant adapt",
      ],
      [adaptationText({ ...adaptation, classes: ["neutral"] }), "model: its card's Gaussians do not fit its classes and dimensions."],
    ];
    for (const [given, sentence] of bad) {
      expect(() => applyAdaptation(network(), given)).toThrow(DataError);
      expect(() => applyAdaptation(network(), given)).toThrow(sentence);
    }
    expect(() => readAdaptation(text.replace("[5,5]", "[5,6]"), "mine.json")).toThrow(
      /^mine\.json: expected the checksum "[0-9a-f]{8}", but got "[0-9a-f]{8}": the file is damaged\.\n {2}Make it again: semblant adapt$/,
    );
  });
});

const path = resolve(import.meta.dirname, "../../../../models/expression-small.onnx");

describe.skipIf(!existsSync(path))("a model that ships, adapted", () => {
  it("runs, and embeds as before", async () => {
    const bytes = new Uint8Array(readFileSync(path));
    const shipped = cardOf(bytes);
    const { kinds: _, ...others } = shipped;
    const { gaussians, thresholds, classes, checksum } = others;
    const swapped = { ...gaussians, means: [gaussians.means[1], gaussians.means[0], ...gaussians.means.slice(2)] as number[][] };
    const changed = { ...adaptation, network: { name: shipped.name, checksum }, classes, gaussians: swapped, thresholds };
    const runtime = onnxRuntime(ort, { intraOpNumThreads: 1 });
    const [before, after] = [
      await openExpressionModel(bytes, runtime),
      await openExpressionModel(applyAdaptation(bytes, adaptationText(changed)), runtime),
    ];
    const crop = Uint8Array.from({ length: 48 * 48 }, (_, i) => (Math.imul(i + 7, 2654435761) >>> 24) ^ (i % 53));
    const X = await before.embed(crop);
    expect((await after.embed(crop)).row(0)).toEqual(X.row(0));
    const [was, is] = [before.gaussians.posterior(X), after.gaussians.posterior(X)];
    expect(is[0]).toBeCloseTo(was[1] as number, 5);
    expect(is[1]).toBeCloseTo(was[0] as number, 5);
    await before.close();
    await after.close();
  });
});
