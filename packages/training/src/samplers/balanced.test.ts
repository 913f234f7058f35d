import { Random } from "@semblant/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { balanced } from "./balanced.ts";

/** Labels in which each of the classes 0 to C − 1 has at least one row. */
const labelings = fc
  .integer({ min: 2, max: 6 })
  .chain((C) => fc.array(fc.integer({ min: 0, max: C - 1 }), { maxLength: 60 }).map((more) => [...Array(C).keys(), ...more]))
  .map((list) => Int32Array.from(list));
const perClasses = fc.integer({ min: 1, max: 12 });
const seeds = fc.integer({ min: 0, max: 0xffffffff });

function counts(rows: Iterable<number>): Map<number, number> {
  const counted = new Map<number, number>();
  for (const row of rows) counted.set(row, (counted.get(row) ?? 0) + 1);
  return counted;
}

describe("balanced sampler", () => {
  it("gives exactly n rows of each class in each batch, class after class", () => {
    fc.assert(
      fc.property(labelings, perClasses, seeds, (labels, perClass, seed) => {
        const sampler = balanced(labels, { perClass, random: new Random(seed) });
        const C = Math.max(...labels) + 1;
        const expected = Array.from({ length: C * perClass }, (_, i) => Math.floor(i / perClass));
        for (let step = 0; step < 5; step++) expect(Array.from(sampler.next(), (row) => labels[row])).toEqual(expected);
        expect(sampler.rowsPerBatch).toBe(C * perClass);
      }),
    );
  });

  it("has seen each row of a class k or k + 1 times after any number of batches", () => {
    fc.assert(
      fc.property(labelings, perClasses, seeds, fc.integer({ min: 1, max: 20 }), (labels, perClass, seed, steps) => {
        const sampler = balanced(labels, { perClass, random: new Random(seed) });
        const seen = new Int32Array(labels.length);
        for (let step = 0; step < steps; step++) for (const row of sampler.next()) seen[row] = (seen[row] as number) + 1;
        for (let j = 0; j <= Math.max(...labels); j++) {
          const ofClass = seen.filter((_, row) => labels[row] === j);
          expect(Math.max(...ofClass) - Math.min(...ofClass)).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it("repeats a row within a batch only when its class has fewer than n, and then all rows alike, give or take one", () => {
    fc.assert(
      fc.property(labelings, perClasses, seeds, (labels, perClass, seed) => {
        const sampler = balanced(labels, { perClass, random: new Random(seed) });
        for (let step = 0; step < 8; step++) {
          for (const [row, times] of counts(sampler.next())) {
            const size = labels.filter((label) => label === labels[row]).length;
            expect(times).toBeLessThanOrEqual(Math.ceil(perClass / size));
            expect(times).toBeGreaterThanOrEqual(Math.floor(perClass / size));
          }
        }
      }),
    );
  });

  it("draws as many rows in an epoch as there are, rounded up to whole batches, unless told otherwise", () => {
    const labels = Int32Array.of(0, 0, 0, 0, 0, 1, 1);
    expect(balanced(labels, { perClass: 2, random: new Random(0) }).batchesPerEpoch).toBe(2);
    expect(balanced(labels, { perClass: 2, random: new Random(0), batchesPerEpoch: 9 }).batchesPerEpoch).toBe(9);
  });

  it("gives the same rows for the same seed, and others for another", () => {
    const labels = Int32Array.from({ length: 100 }, (_, i) => i % 4);
    const draw = (seed: number) => [...balanced(labels, { perClass: 5, random: new Random(seed) }).next()];
    expect(draw(3)).toEqual(draw(3));
    expect(draw(3)).not.toEqual(draw(4));
  });

  it("continues from a saved state with the same rows", () => {
    fc.assert(
      fc.property(labelings, perClasses, seeds, fc.integer({ min: 0, max: 9 }), (labels, perClass, seed, steps) => {
        const sampler = balanced(labels, { perClass, random: new Random(seed) });
        for (let step = 0; step < steps; step++) sampler.next();
        const saved = JSON.parse(JSON.stringify(sampler.state()));
        const again = balanced(labels, { perClass, random: new Random(seed === 0 ? 1 : 0) });
        again.resume(saved);
        for (let step = 0; step < 9; step++) expect(again.next()).toEqual(sampler.next());
      }),
    );
  });

  it("names a class without images", () => {
    const options = { perClass: 1, random: new Random(0), classes: ["neutral", "happiness", "contempt"] };
    expect(() => balanced(Int32Array.of(0, 1, 1), options)).toThrow(
      "balanced: expected at least one image of every class, but got none of class 2 (contempt).\n  Leave the class out of the data set, or add images of it.",
    );
  });

  it("refuses a set of one class, a label outside the classes, an n of 0 and an unknown option", () => {
    const random = new Random(0);
    expect(() => balanced(Int32Array.of(0, 0), { perClass: 1, random, classes: ["happiness"] })).toThrow(
      "balanced: expected images of at least two classes, but got only class 0 (happiness).\n  There is nothing to tell apart in a set of one class.",
    );
    expect(() => balanced(Int32Array.of(0, -1), { perClass: 1, random, classes: ["neutral", "happiness"] })).toThrow(
      "balanced: expected the label of row 1 to be a class from 0 to 1, but got -1.",
    );
    expect(() => balanced(Int32Array.of(0, 1), { perClass: 0, random })).toThrow(
      "balanced: expected perClass to be a whole number above 0, but got 0.",
    );
    // @ts-expect-error a name that is not an option
    expect(() => balanced(Int32Array.of(0, 1), { perclass: 1, random })).toThrow(
      'balanced: unknown option "perclass"; did you mean "perClass"?',
    );
  });
});
