import { describe, expect, it } from "vitest";
import { Embeddings } from "../embeddings/embeddings.ts";
import { GaussianClasses } from "./gaussian-classes.ts";

/** Two classes of a covariance Σ = [[4, 2], [2, 5]]: Σ = L Lᵀ with L = [[2, 0], [1, 2]], so that W = L⁻¹ = [[0.5, 0], [-0.25, 0.5]]. */
const whitening = Float64Array.of(0.5, 0, -0.25, 0.5);
const parts = { columns: 2, means: Float64Array.of(0, 0, 2, 1), sigmas: Float64Array.of(1, 1), priors: Float64Array.of(0.5, 0.5) };
const at = (...values: number[]) => new Embeddings(Float32Array.from(values), 2);

describe("Gaussians of one covariance", () => {
  it("give the densities of the covariance, by hand", () => {
    const gaussians = new GaussianClasses({ ...parts, whitening });
    // Σ⁻¹ = [[5, −2], [−2, 4]] / 16. At (2, 0): xᵀΣ⁻¹x = 20/16, and from (2, 1): (0, −1) gives 4/16. |Σ| = 16.
    const constant = -Math.log(2 * Math.PI) - Math.log(4);
    const densities = [constant - 20 / 32, constant - 4 / 32].map(Math.exp) as [number, number];
    const { posterior, logDensity } = gaussians.answer(at(2, 0));
    expect(posterior[0]).toBeCloseTo(densities[0] / (densities[0] + densities[1]), 12);
    expect(logDensity[0]).toBeCloseTo(Math.log((densities[0] + densities[1]) / 2), 12);
  });

  it("are those without a whitening where it is the identity, and those of another width where it is a multiple of it", () => {
    const X = at(2, 0, -1, 3);
    const plain = new GaussianClasses(parts).answer(X);
    expect(new GaussianClasses({ ...parts, whitening: Float64Array.of(1, 0, 0, 1) }).answer(X)).toEqual(plain);
    const half = new GaussianClasses({ ...parts, whitening: Float64Array.of(2, 0, 0, 2) }).answer(X);
    const narrow = new GaussianClasses({ ...parts, sigmas: Float64Array.of(0.5, 0.5) }).answer(X);
    half.logDensity.forEach((value, i) => {
      expect(value).toBeCloseTo(narrow.logDensity[i] as number, 12);
    });
    expect(half.posterior[0]).toBeCloseTo(narrow.posterior[0] as number, 12);
  });

  it("refuse a whitening of another size", () => {
    expect(() => new GaussianClasses({ ...parts, whitening: Float64Array.of(1) })).toThrow(
      "GaussianClasses: expected a whitening of 2 × 2, but got 1 numbers.",
    );
  });
});
