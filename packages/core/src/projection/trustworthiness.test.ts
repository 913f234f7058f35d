import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Embeddings } from "../embeddings/embeddings.ts";
import { Random } from "../random.ts";
import { clouds, oracle, points } from "./fixtures/oracle.ts";
import { trustworthiness } from "./trustworthiness.ts";

describe("trustworthiness", () => {
  it("is scikit-learn's to 1e-10, of good and bad maps", () => {
    for (const { positions, k, value } of oracle.trustworthiness) {
      expect(Math.abs(trustworthiness(points, Float64Array.from(positions), { k }) - value)).toBeLessThan(1e-10);
    }
  });

  it("is worked out by hand for five rows of which the map swaps two", () => {
    // Each finds its nearest but row 3, which finds 4, and row 4, which finds 2: both of rank 2, where k is 1.
    const X = new Embeddings(Float32Array.of(0, 1, 2.1, 3.3, 4.6), 1);
    expect(trustworthiness(X, Float64Array.of(0, 1, 2.1, 4.6, 3.3), { k: 1 })).toBeCloseTo(1 - (2 / (5 * 1 * (10 - 3 - 1))) * 2, 12);
  });

  it("is 1 for the rows themselves and for their map moved, turned and enlarged, and never leaves 0 to 1", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), fc.integer({ min: 1, max: 9 }), (seed, k) => {
        const X = clouds(20, 2, 3, seed);
        const turned = Float64Array.from(X.values, (_, j) =>
          j % 2 === 0 ? 7 + 3 * (X.values[j + 1] as number) : -3 * (X.values[j - 1] as number),
        );
        expect(trustworthiness(X, turned, { k })).toBe(1);
        const random = new Random(seed);
        const any = trustworthiness(
          X,
          Float64Array.from({ length: 40 }, () => random.normal()),
          { k },
        );
        expect(any).toBeGreaterThanOrEqual(0);
        expect(any).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("does not change with the order of the rows", () => {
    const positions = Float64Array.from((oracle.trustworthiness[0] as { positions: number[] }).positions);
    const order = new Random(5).permutation(points.rows);
    const shuffled = Float64Array.from(
      { length: positions.length },
      (_, j) => positions[2 * (order[j >> 1] as number) + (j % 2)] as number,
    );
    expect(trustworthiness(points.take(order), shuffled)).toBeCloseTo(trustworthiness(points, positions), 12);
  });

  it("is 1 for identical rows on one point, smaller row numbers counting as nearer in both", () => {
    expect(trustworthiness(new Embeddings(new Float32Array(24).fill(2), 2), new Float64Array(24))).toBe(1);
  });

  it("says what is wrong with k, the positions and the rows", () => {
    const Y = new Float64Array(120);
    expect(() => trustworthiness(points, Y, { k: 30 })).toThrow(
      "trustworthiness: expected k to be a whole number from 1 to below half of the 60 rows, but got 30.",
    );
    expect(() => trustworthiness(points, new Float64Array(121))).toThrow("trustworthiness: 121 positions do not divide into 60 rows.");
    expect(() => trustworthiness(points, Y.fill(Number.NaN, 9))).toThrow(
      "trustworthiness: expected finite positions, but row 4 of positions holds NaN.",
    );
    expect(() => trustworthiness(points, Y, { K: 3 } as object)).toThrow('trustworthiness: unknown option "K"; did you mean "k"?');
  });
});
