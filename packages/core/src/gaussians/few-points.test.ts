import { describe, expect, it } from "vitest";
import { clusterByKMeans } from "../clustering/k-means.ts";
import { Embeddings } from "../embeddings/embeddings.ts";
import { Random } from "../random.ts";
import { chooseMixture } from "./choose-mixture.ts";
import { fitGaussianMixture } from "./fit-mixture.ts";

/** Rows at so few places: rows of one place are the same point. */
function piled(rows: number, places: number, columns = 3): Embeddings {
  const random = new Random(rows + 10 * places);
  const at = Array.from({ length: places }, () => Array.from({ length: columns }, () => random.normal()));
  const values = Array.from({ length: rows }, (_, i) => at[i % places] as number[]).flat();
  return new Embeddings(Float32Array.from(values), columns);
}

const covariances = ["full", "tied", "diagonal", "spherical"] as const;

describe("fewer points than groups", () => {
  it.each(covariances)("leave no mean, weight or variance that is no number (%s)", (covariance) => {
    for (const places of [1, 2, 3]) {
      for (const k of [1, 2, 4, 6]) {
        const X = piled(6, places);
        const mixture = fitGaussianMixture(X, { k, covariance, restarts: 2, random: new Random(k) });
        for (const values of [mixture.means, mixture.weights, mixture.covariances]) {
          expect(values.every(Number.isFinite)).toBe(true);
        }
        expect(mixture.weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
        expect(mixture.responsibilities(X).every(Number.isFinite)).toBe(true);
        expect(Math.min(...mixture.clusters(X))).toBeGreaterThanOrEqual(0);
        expect([mixture.bic(X), mixture.aic(X), mixture.logLikelihood].every(Number.isFinite)).toBe(true);
      }
    }
  });

  it("stand a group without rows in the middle of all, with no weight", () => {
    const X = new Embeddings(Float32Array.of(0, 0, 6, 6), 1);
    const {
      means,
      weights,
      covariances: variances,
    } = fitGaussianMixture(X, { k: 3, covariance: "spherical", initial: { clusters: [0, 0, 2, 2] } });
    expect(Array.from(means)).toEqual([0, 3, 6]);
    expect(Array.from(weights)).toEqual([0.5, 0, 0.5]);
    expect(Array.from(variances)).toEqual([1e-6, 1e-6, 1e-6]);
  });

  it("can be chosen among, by either criterion, and have finite centers by k-means", () => {
    const X = piled(12, 2);
    for (const by of ["bic", "held-out"] as const) {
      const { chosen, scores } = chooseMixture(X, { from: 1, to: 4, by, covariance: "diagonal" });
      expect([...chosen.means, ...scores.map(({ score }) => score)].every(Number.isFinite)).toBe(true);
    }
    expect(clusterByKMeans(X, { k: 5, random: new Random(0) }).centers.every(Number.isFinite)).toBe(true);
  });
});
