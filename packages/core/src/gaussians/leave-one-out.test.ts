import { describe, expect, it } from "vitest";
import { Embeddings } from "../embeddings/embeddings.ts";
import { Random } from "../random.ts";
import { fitGaussians } from "./fit.ts";
import { posteriorsOfOthers } from "./leave-one-out.ts";

const random = new Random(5);
const rows = 40;
const labels = Int32Array.from({ length: rows }, (_, i) => i % 3);
const values = Float32Array.from({ length: rows * 4 }, (_, k) => (labels[Math.floor(k / 4)] as number) + random.normal());
const X = new Embeddings(values, 4, { labels, classes: ["a", "b", "c"] });

describe("the posterior of a row by Gaussians of the others", () => {
  it("is that of Gaussians fitted without it", () => {
    const all = posteriorsOfOthers(X, { sigma: 1.5 });
    for (const i of [0, 1, 2, 20, 39]) {
      const others = X.take([...Array(rows).keys()].filter((row) => row !== i));
      const expected = fitGaussians(others, { sigma: 1.5 }).posterior(X.take([i]));
      for (let c = 0; c < 3; c++) expect(all[3 * i + c]).toBeCloseTo(expected[c] as number, 6);
    }
  });

  it("sums to 1, and says less for the row's own class than where the row counts", () => {
    const with_ = fitGaussians(X, { sigma: 1.5 }).posterior(X);
    const without = posteriorsOfOthers(X, { sigma: 1.5 });
    for (let i = 0; i < rows; i++) {
      expect(without.subarray(3 * i, 3 * i + 3).reduce((a, b) => a + b)).toBeCloseTo(1, 12);
      const own = 3 * i + (labels[i] as number);
      expect(without[own]).toBeLessThan(with_[own] as number);
    }
  });

  it("is 0 for the class of which the row is the only one", () => {
    const lone = new Embeddings(Float32Array.of(0, 0.5, 9), 1, { labels: Int32Array.of(0, 0, 1), classes: ["a", "b"] });
    expect(posteriorsOfOthers(lone, { sigma: 1 }).slice(4)).toEqual(Float64Array.of(1, 0));
  });

  it("is refused of one row", () => {
    const one = new Embeddings(Float32Array.of(0), 1, { labels: Int32Array.of(0) });
    expect(() => posteriorsOfOthers(one, { sigma: 1 })).toThrow("posteriorsOfOthers: expected at least 2 rows, but got 1.");
  });
});
