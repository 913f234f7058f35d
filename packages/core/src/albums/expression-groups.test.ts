import { describe, expect, it } from "vitest";
import { Embeddings } from "../embeddings/embeddings.ts";
import { nmi } from "../metrics/nmi.ts";
import { Random } from "../random.ts";
import { expressionGroups } from "./expression-groups.ts";

/** `k` groups in 20 dimensions. */
function groups(k: number, rows: number, seed = 1): Embeddings {
  const random = new Random(seed);
  const labels = Int32Array.from({ length: rows }, (_, i) => i % k);
  const values = Float32Array.from({ length: 20 * rows }, (_, j) => (j % 20 === Math.floor(j / 20) % k ? 12 : 0) + random.normal());
  return new Embeddings(values, 20, { labels });
}

const hardest = (responsibilities: Float64Array, k: number, row: number) => {
  const own = responsibilities.subarray(row * k, (row + 1) * k);
  return own.indexOf(Math.max(...own));
};

describe("expressionGroups", () => {
  it("finds as many groups as there are, and which face is in which", () => {
    for (const k of [1, 2, 5]) {
      const X = groups(k, 100);
      const found = expressionGroups(X);
      expect(found.k).toBe(k);
      const clusters = Int32Array.from({ length: X.rows }, (_, i) => hardest(found.responsibilities, found.k, i));
      if (k > 1) expect(nmi(X.labels as Int32Array, clusters)).toBeCloseTo(1, 6);
    }
  });

  it("takes the number it is given, from one face on", () => {
    expect(expressionGroups(groups(2, 40), { k: 4 })).toMatchObject({ k: 4, scores: [] });
    expect(expressionGroups(groups(2, 3), { k: 3 }).k).toBe(3);
    expect(expressionGroups(groups(1, 1)).k).toBe(1);
  });

  it("does not take copies of a face for a group", () => {
    const X = groups(1, 40);
    const copies = X.take([...Array.from({ length: 40 }, (_, i) => i), ...Array.from({ length: 12 }, () => 7)]);
    expect(expressionGroups(copies).k).toBeLessThanOrEqual(2);
  });

  it("says how far faces lie from the mean of their group", () => {
    const { spread, reduced } = expressionGroups(groups(3, 600));
    expect(reduced.columns).toBe(8);
    expect(spread).toBeGreaterThan(7);
    expect(spread).toBeLessThan(12);
  });

  it("says what is wrong with k and most", () => {
    expect(() => expressionGroups(groups(1, 3), { k: 4 })).toThrow(
      "expressionGroups: expected k to be a whole number from 1 to the 3 faces, but got 4.",
    );
    expect(() => expressionGroups(groups(1, 3), { most: 0 })).toThrow(
      "expressionGroups: expected most to be a whole number above 0, but got 0.",
    );
  });
});
