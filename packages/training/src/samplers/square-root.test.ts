import { OptionError, Random } from "@semblant/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { balanced } from "./balanced.ts";
import { squareRoot } from "./square-root.ts";

/** Rows of each class one after the other: sizes → labels. */
const labelsOf = (sizes: readonly number[]) => Int32Array.from(sizes.flatMap((size, j) => Array<number>(size).fill(j)));
const countsOf = (batch: Int32Array, labels: Int32Array, classes: number) =>
  Array.from({ length: classes }, (_, j) => batch.filter((row) => labels[row] === j).length);
const sizes = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 2, maxLength: 8 });

describe("square-root sampler", () => {
  it("gives the classes of FER+ shares by their square roots, two of a batch of 240 set apart for each", () => {
    const faces = [8733, 7284, 3136, 3022, 2098, 116, 536, 120];
    const labels = labelsOf(faces);
    const sampler = squareRoot(labels, { perClass: 30, random: new Random(0) });
    // 224 by the roots 93.45, 85.35, 56.00, 54.97, 45.80, 10.77, 23.15, 10.95, and 2 each:
    // 57.03, 52.25, 34.97, 34.37, 28.97, 8.34, 15.63, 8.45
    expect(countsOf(sampler.next(), labels, 8)).toEqual([57, 52, 35, 34, 29, 8, 16, 9]);
    expect(sampler.rowsPerBatch).toBe(240);
    expect(sampler.batchesPerEpoch).toBe(105);
  });

  it("gives every batch the same number of each class, in all perClass times as many as there are classes", () => {
    fc.assert(
      fc.property(sizes, fc.integer({ min: 2, max: 40 }), fc.integer({ min: 0, max: 0xffffffff }), (faces, perClass, seed) => {
        const labels = labelsOf(faces);
        const sampler = squareRoot(labels, { perClass, random: new Random(seed) });
        const first = countsOf(sampler.next(), labels, faces.length);
        expect(countsOf(sampler.next(), labels, faces.length)).toEqual(first);
        expect(first.reduce((a, b) => a + b)).toBe(perClass * faces.length);
        expect(Math.min(...first)).toBeGreaterThanOrEqual(2);
        for (const [i, a] of faces.entries())
          for (const [j, b] of faces.entries()) if (a > b) expect(first[i]).toBeGreaterThanOrEqual((first[j] as number) - 1);
      }),
    );
  });

  it("is the balanced sampler where classes are of one size", () => {
    const labels = labelsOf([20, 20, 20]);
    const [a, b] = [squareRoot, balanced].map((make) => make(labels, { perClass: 7, random: new Random(3) }));
    for (let step = 0; step < 6; step++) expect(a?.next()).toEqual(b?.next());
  });

  it("goes on from a state as if it had never stopped", () => {
    const labels = labelsOf([50, 9, 3]);
    const make = () => squareRoot(labels, { perClass: 5, random: new Random(1) });
    const [whole, second] = [make(), make()];
    for (let step = 0; step < 4; step++) whole.next();
    second.resume(JSON.parse(JSON.stringify(whole.state())));
    for (let step = 0; step < 9; step++) expect(second.next()).toEqual(whole.next());
  });

  it("refuses one image a class, whose mean would be itself", () => {
    const labels = labelsOf([2, 2]);
    expect(() => squareRoot(labels, { perClass: 1, random: new Random(0) })).toThrow(
      new OptionError("squareRoot: expected perClass to be 2 or more, but got 1."),
    );
  });
});
