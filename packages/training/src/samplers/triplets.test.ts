import { Random } from "@semblant/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { triplets } from "./triplets.ts";

const labelings = fc
  .integer({ min: 2, max: 6 })
  .chain((C) => fc.array(fc.integer({ min: 0, max: C - 1 }), { maxLength: 40 }).map((more) => [...Array(C).keys(), ...more]))
  .map((list) => Int32Array.from(list));

describe("triplets sampler", () => {
  it("gives anchors, then positives of the same class, then negatives of another", () => {
    fc.assert(
      fc.property(labelings, fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: 0xffffffff }), (labels, count, seed) => {
        const sampler = triplets(labels, { triplets: count, random: new Random(seed) });
        const rows = sampler.next();
        expect(rows.length).toBe(3 * count);
        expect(sampler.rowsPerBatch).toBe(3 * count);
        for (let i = 0; i < count; i++) {
          const [anchor, positive, negative] = [rows[i], rows[count + i], rows[2 * count + i]] as [number, number, number];
          expect(labels[positive]).toBe(labels[anchor]);
          expect(labels[negative]).not.toBe(labels[anchor]);
          const alone = labels.filter((label) => label === labels[anchor]).length === 1;
          expect(positive === anchor).toBe(alone);
        }
      }),
    );
  });

  it("takes its anchors equally often from each class, over batches too", () => {
    const labels = Int32Array.from({ length: 50 }, (_, i) => (i < 40 ? 0 : (i % 2) + 1));
    const sampler = triplets(labels, { triplets: 4, random: new Random(1) });
    const anchors = Array.from({ length: 3 }, () => [...sampler.next().subarray(0, 4)]).flat();
    expect(anchors.map((row) => labels[row])).toEqual([0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2]);
  });

  it("reaches every negative about equally often", () => {
    const labels = Int32Array.of(1, 0, 0, 2, 1, 2, 2, 0, 1, 2);
    const sampler = triplets(labels, { triplets: 3000, random: new Random(5) });
    const negatives = sampler.next().subarray(6000);
    const times = new Float64Array(10);
    for (let i = 0; i < 3000; i += 3) times[negatives[i] as number] = (times[negatives[i] as number] as number) + 1;
    // Every third anchor is of class 0, with seven rows to choose from: 1000 / 7 = 143 each.
    for (let row = 0; row < 10; row++) {
      if (labels[row] === 0) expect(times[row]).toBe(0);
      else expect(Math.abs((times[row] as number) - 1000 / 7)).toBeLessThan(50);
    }
  });

  it("continues from a saved state with the same rows", () => {
    const labels = Int32Array.from({ length: 30 }, (_, i) => i % 4);
    const sampler = triplets(labels, { triplets: 7, random: new Random(2) });
    sampler.next();
    const again = triplets(labels, { triplets: 7, random: new Random(3) });
    again.resume(JSON.parse(JSON.stringify(sampler.state())));
    for (let step = 0; step < 5; step++) expect(again.next()).toEqual(sampler.next());
  });

  it("refuses a set of one class and a batch of no triplets", () => {
    const random = new Random(0);
    expect(() => triplets(Int32Array.of(0, 0), { triplets: 1, random })).toThrow(
      "triplets: expected images of at least two classes, but got only class 0.\n  There is nothing to tell apart in a set of one class.",
    );
    expect(() => triplets(Int32Array.of(0, 1), { triplets: 0.5, random })).toThrow(
      "triplets: expected triplets to be a whole number above 0, but got 0.5.",
    );
  });
});
