import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { farthest, oracle } from "../fixtures/oracle.ts";
import { accuracy } from "./accuracy.ts";
import { classScores, macroScores } from "./class-scores.ts";
import { confusionMatrix } from "./confusion.ts";

const answers = fc.array(fc.tuple(fc.nat(3), fc.integer({ min: -1, max: 3 })), { minLength: 1, maxLength: 60 });
const columns = (rows: readonly (readonly [number, number])[]) => [rows.map(([t]) => t), rows.map(([, p]) => p)] as const;

describe("accuracy, precision, recall, F1 and the confusion matrix", () => {
  it.each(oracle.classification)("agree with scikit-learn on $classes classes", (expected) => {
    const { truth, predicted, classes, present } = expected;
    const confusion = confusionMatrix(truth, predicted, classes);
    expect(Array.from(confusion.counts)).toEqual(expected.confusion);
    expect(accuracy(truth, predicted)).toBe(expected.accuracy);
    const scores = classScores(confusion);
    expect(Array.from(scores.support)).toEqual(expected.support);
    for (const name of ["precision", "recall", "f1"] as const) {
      const [ours, theirs] = [scores[name], expected[name]].map((all) => present.map((c) => all[c] as number));
      expect(farthest(ours as number[], theirs as number[])).toBeLessThan(1e-10);
      expect(macroScores(confusion)[name]).toBeCloseTo(expected.macro[name], 10);
    }
  });

  it("give the paper's F1 from macro precision and recall, as in its Table 2", () => {
    // ResNet18 with SGM: precision 88.614, recall 68.724, F1 77.412.
    const [P, R] = [0.88614, 0.68724];
    expect((2 * P * R) / (P + R)).toBeCloseTo(0.77412, 5);
    const macro = macroScores(confusionMatrix([0, 0, 0, 1], [0, 1, 1, 1], 2));
    expect(macro.precision).toBeCloseTo(2 / 3, 12);
    expect(macro.recall).toBeCloseTo(2 / 3, 12);
    expect(macro.f1).toBeCloseTo(0.5, 12);
    expect(macro.paperF1).toBeCloseTo(2 / 3, 12);
  });

  it("put the paper's F1 at or above macro F1, always", () => {
    fc.assert(
      fc.property(answers, (rows) => {
        const { f1, paperF1 } = macroScores(confusionMatrix(...columns(rows), 4));
        expect(paperF1).toBeGreaterThanOrEqual(f1 - 1e-12);
      }),
    );
  });

  it("do not depend on the order of the rows, nor on which class has which number", () => {
    fc.assert(
      fc.property(answers, (rows) => {
        const renamed = rows.toReversed().map(([t, p]) => [3 - t, p < 0 ? p : 3 - p] as const);
        const before = macroScores(confusionMatrix(...columns(rows), 4));
        const after = macroScores(confusionMatrix(...columns(renamed), 4));
        for (const name of ["precision", "recall", "f1", "paperF1"] as const) expect(after[name]).toBeCloseTo(before[name], 12);
        expect(accuracy(...columns(renamed))).toBe(accuracy(...columns(rows)));
      }),
    );
  });

  it("count a row without a class as wrong and missed, but against no class's precision", () => {
    const confusion = confusionMatrix([0, 0, 1], [0, -1, 1], 2);
    expect(Array.from(confusion.unanswered)).toEqual([1, 0]);
    expect(accuracy([0, 0, 1], [0, -1, 1])).toBeCloseTo(2 / 3, 12);
    expect(Array.from(classScores(confusion).precision)).toEqual([1, 1]);
    expect(Array.from(classScores(confusion).recall)).toEqual([0.5, 1]);
  });

  it("leave a class that is neither true nor predicted out of the means", () => {
    const confusion = confusionMatrix([0, 1], [0, 1], 8);
    expect(macroScores(confusion)).toEqual({ precision: 1, recall: 1, f1: 1, paperF1: 1 });
    expect(classScores(confusion).f1[7]).toBeNaN();
  });

  it("are NaN without rows, and the paper's F1 is 0 when nothing is right", () => {
    expect(accuracy([], [])).toBeNaN();
    expect(macroScores(confusionMatrix([], [], 3)).recall).toBeNaN();
    expect(macroScores(confusionMatrix([], [], 3)).paperF1).toBeNaN();
    expect(macroScores(confusionMatrix([0, 1], [1, 0], 2)).paperF1).toBe(0);
  });

  it("say what is wrong with labels", () => {
    expect(() => accuracy([0, 1], [0])).toThrow("accuracy: truth has 2 rows but predicted has 1.");
    expect(() => confusionMatrix([0, 1], [0], 2)).toThrow("confusionMatrix: truth has 2 rows but predicted has 1.");
    expect(() => confusionMatrix([0, 9], [0, 0], 8)).toThrow("confusionMatrix: expected true classes from 0 to 7, but row 1 has 9.");
    expect(() => confusionMatrix([0], [Number.NaN], 8)).toThrow(
      "confusionMatrix: expected predicted classes from -1 to 7, but row 0 has NaN.",
    );
  });
});
