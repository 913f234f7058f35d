import { adjustedRandIndex, Embeddings, Random } from "@semblant/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type SubdivisionSettings, subdivisionDefaults } from "./settings.ts";
import { splitClass } from "./split-class.ts";

const settings = (given: Partial<SubdivisionSettings> = {}) => ({ ...subdivisionDefaults, smallest: 2, ...given });

/** So many rows about each center, in turn, with noise. */
function clouds(rows: number, centers: readonly (readonly number[])[], noise: number, seed = 0): { X: Embeddings; truth: Int32Array } {
  const random = new Random(seed);
  const columns = centers[0]?.length as number;
  const truth = Int32Array.from({ length: rows }, (_, i) => i % centers.length);
  const values = Float32Array.from(
    { length: rows * columns },
    (_, j) => (centers[truth[Math.floor(j / columns)] as number]?.[j % columns] as number) + noise * random.normal(),
  );
  return { X: new Embeddings(values, columns), truth };
}
const corners = [
  [0, 0],
  [9, 0],
  [0, 9],
];
const split = (X: Embeddings, most: number, given: Partial<SubdivisionSettings> = {}, before?: Int32Array) =>
  splitClass(X, { settings: settings(given), most, random: new Random(0), ...(before && { before }) });

describe("splitClass", () => {
  it.each([
    ["em", "full"],
    ["em", "tied"],
    ["em", "diagonal"],
    ["em", "spherical"],
    ["k-means", "diagonal"],
  ] as const)("finds clouds that lie apart by %s with %s covariances", (by, covariance) => {
    const { X, truth } = clouds(60, corners, 1);
    expect(adjustedRandIndex(split(X, 3, { by, covariance }).clusters, truth)).toBe(1);
  });

  it("splits a class of fewer rows than dimensions, whatever the covariance, because variances have a floor", () => {
    const random = new Random(3);
    const X = new Embeddings(
      Float32Array.from({ length: 40 * 64 }, () => random.normal()),
      64,
    );
    for (const covariance of ["full", "tied", "diagonal", "spherical"] as const) {
      const { clusters, mixture } = split(X, 4, { covariance, restarts: 1 });
      expect(new Set(clusters).size).toBe(mixture.k);
      expect(Number.isFinite(mixture.logLikelihood)).toBe(true);
    }
  });

  it("numbers parts without holes, none of them too small, whatever the rows", () => {
    const rows = fc.array(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 6 })), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 6 }), fc.constantFrom(2, 5, 10), fc.boolean(), (points, most, smallest, nested) => {
        const X = new Embeddings(Float32Array.from(points.flat()), 2);
        const before = nested ? new Int32Array(X.rows) : undefined;
        const { clusters, mixture } = split(X, most, { smallest, restarts: 1, nested }, before);
        const k = 1 + Math.max(...clusters);
        const sizes = Array.from({ length: k }, (_, g) => clusters.filter((c) => c === g).length);
        expect(mixture.k).toBe(k);
        expect(k).toBeLessThanOrEqual(Math.max(1, Math.min(most, Math.floor(X.rows / smallest))));
        if (k > 1) expect(Math.min(...sizes) * 2).toBeGreaterThanOrEqual(smallest);
        if (!nested) expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
      }),
      { numRuns: 40 },
    );
  });

  it("gives a class fewer parts where it has few rows, and one where it has too few", () => {
    const { X } = clouds(29, corners, 1);
    expect(split(X, 5, { smallest: 10 }).mixture.k).toBeLessThanOrEqual(2);
    expect(Array.from(split(X.take([0, 1, 2]), 5, { smallest: 10 }).clusters)).toEqual([0, 0, 0]);
  });

  it("gives the rows of a part that is too small to the others", () => {
    const X = new Embeddings(Float32Array.of(0, 0.1, 0.2, 0.1, 0, 0.2, 5, 5.1, 5.2, 5, 5.1, 100), 1);
    const { clusters } = split(X, 3, { smallest: 4, by: "k-means" });
    expect(new Set(clusters)).toEqual(new Set([0, 1]));
    expect(clusters[11]).toBe(clusters[10]);
  });

  it("chooses the number that there is by BIC and by held-out likelihood, among those allowed", () => {
    const { X } = clouds(120, corners, 0.7);
    for (const choose of ["bic", "held-out"] as const) {
      expect(split(X, 5, { choose, covariance: "spherical" }).mixture.k, choose).toBe(3);
      expect(split(X, 2, { choose, covariance: "spherical" }).mixture.k).toBe(2);
    }
    const { X: one } = clouds(120, [[0, 0]], 1);
    expect(split(one, 5, { choose: "bic" }).mixture.k).toBe(1);
  });

  it("splits the part that gains most when nested, and leaves the others who they are", () => {
    const { X, truth } = clouds(90, corners, 1);
    const before = truth.map((cloud) => (cloud === 2 ? 1 : 0)); // the first two clouds are one part
    const { clusters } = split(X, 3, { nested: true }, before);
    expect(adjustedRandIndex(clusters, truth)).toBe(1);
    expect([...clusters.keys()].every((i) => truth[i] !== 2 || clusters[i] === 1)).toBe(true);
    expect(new Set(clusters)).toEqual(new Set([0, 1, 2]));
  });

  it("takes identical rows for one part", () => {
    expect(new Set(split(new Embeddings(new Float32Array(40), 2), 3).clusters)).toEqual(new Set([0]));
  });

  it("gives the same parts for the same random numbers", () => {
    const { X } = clouds(60, [[0, 0]], 1);
    expect(split(X, 4).clusters).toEqual(split(X, 4).clusters);
  });

  it("refuses rows with NaN", () => {
    expect(() => split(new Embeddings(Float32Array.of(1, Number.NaN, 3, 4), 1), 2)).toThrow("expected finite values, but row 1 holds NaN.");
  });
});
