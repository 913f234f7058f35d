import { describe, expect, it } from "vitest";
import { Embeddings } from "../embeddings/embeddings.ts";
import { GaussianClasses } from "../gaussians/gaussian-classes.ts";
import { Random } from "../random.ts";
import { adaptGaussians } from "./adapt-gaussians.ts";

const gaussians = new GaussianClasses({
  columns: 2,
  means: Float64Array.of(0, 0, 4, 0),
  sigmas: Float64Array.of(1, 1),
  priors: Float64Array.of(0.5, 0.5),
});
const faces = (values: number[], labels: number[], classes?: string[]) =>
  new Embeddings(Float32Array.from(values), 2, { labels: Int32Array.from(labels), ...(classes && { classes }) });
const rounded = (values: Float64Array) => Array.from(values, (x) => Number(x.toFixed(6)));

describe("adaptGaussians", () => {
  it("gives the posterior means of both moves, by hand", () => {
    // Class 0 has two faces of mean (1, 1), class 1 one face at (8, 0). With mean 2 and shift 1: u = (1, 2/3), δ = ((1, 1) +
    // 2/3 (4, 0)) / (8/3).
    const { means, priors } = adaptGaussians({ gaussians }, faces([0, 1, 2, 1, 8, 0], [0, 0, 1]), { mean: 2, shift: 1, priors: 3 });
    const delta = [(1 + 8 / 3) / (8 / 3), 1 / (8 / 3)] as const;
    const [first, second] = [
      [(2 * 1 + 2 * delta[0]) / 4, (2 * 1 + 2 * delta[1]) / 4],
      [(8 + 2 * (4 + delta[0])) / 3, (0 + 2 * delta[1]) / 3],
    ];
    expect(rounded(means)).toEqual([...(first as number[]), ...(second as number[])].map((x) => Number(x.toFixed(6))));
    expect(rounded(priors)).toEqual([3.5 / 6, 2.5 / 6].map((x) => Number(x.toFixed(6))));
  });

  it("leaves how common classes are, where asked", () => {
    expect(rounded(adaptGaussians({ gaussians }, faces([0, 1, 2, 1], [0, 0]), { priors: Infinity }).priors)).toEqual([0.5, 0.5]);
  });

  it("knows the classes of the faces alone, where asked", () => {
    expect(Array.from(adaptGaussians({ gaussians }, faces([0, 1, 2, 1], [0, 0]), { only: true }).priors)).toEqual([1, 0]);
  });

  it("moves a class without faces by what all are moved, and takes a new class at its faces' mean", () => {
    const X = faces([1, 0, 3, 0, 10, 10, 12, 10], [0, 0, 2, 2], ["a", "b", "new"]);
    const { means, priors, classes } = adaptGaussians({ gaussians }, X, { mean: 1e9, shift: 1e-9, priors: 6 });
    expect(classes).toBe(3);
    expect(rounded(means)).toEqual([2, 0, 6, 0, 11, 10]);
    expect(rounded(priors)).toEqual([0.4, 0.2, 0.4]);
  });

  it("gives a new class without faces no part", () => {
    const { means, priors } = adaptGaussians({ gaussians }, faces([1, 0], [0], ["a", "b", "new"]), { priors: Infinity });
    expect(Array.from(means.subarray(4))).toEqual([Number.NaN, Number.NaN]);
    expect(Array.from(priors)).toEqual([0.5, 0.5, 0]);
  });

  it("weighs the model's covariance for its faces against the scatter of these", () => {
    const covariance = Float64Array.of(2, 0, 0, 8);
    const X = faces([-1, 0, 1, 0], [0, 0]);
    const { whitening } = adaptGaussians({ gaussians, covariance }, X, { mean: 1e-9, shift: 1e9, covariance: 2 });
    // Σ = (2 diag(2, 8) + diag(2, 0)) / 4 = diag(1.5, 4)
    expect(rounded(whitening as Float64Array)).toEqual([0.816497, 0, 0, 0.5]);
  });

  it("goes to the faces' own means and covariance where there are many", () => {
    const random = new Random(1);
    const n = 4000;
    const labels = Array.from({ length: n }, (_, i) => i % 2);
    const values = labels.flatMap((c) => [random.normal() * 3 + (c === 0 ? 5 : -5), random.normal() + 2]);
    const { means, whitening } = adaptGaussians({ gaussians }, faces(values, labels));
    expect(means[0]).toBeCloseTo(5, 0);
    expect(means[2]).toBeCloseTo(-5, 0);
    expect((whitening as Float64Array)[0]).toBeCloseTo(1 / 3, 1);
    expect((whitening as Float64Array)[3]).toBeCloseTo(1, 1);
  });

  it.each([
    [() => adaptGaussians({ gaussians }, new Embeddings(Float32Array.of(1, 2), 2)), "expected labelled faces, but got 1 without labels."],
    [() => adaptGaussians({ gaussians }, new Embeddings(new Float32Array(), 2, { labels: new Int32Array() })), "but got 0 faces."],
    [
      () => adaptGaussians({ gaussians }, new Embeddings(Float32Array.of(1), 1, { labels: Int32Array.of(0) })),
      "X has 1 columns but the Gaussians have 2.",
    ],
    [
      () => adaptGaussians({ gaussians, covariance: Float64Array.of(1) }, faces([1, 2], [0])),
      "expected a covariance of 2 × 2, but got 1 numbers.",
    ],
    [() => adaptGaussians({ gaussians }, faces([1, 2], [0], ["a"])), "expected the 2 classes of the model and new ones, but got 1."],
    [() => adaptGaussians({ gaussians }, faces([1, 2], [0]), { mean: 0 }), "mean"],
    [() => adaptGaussians({ gaussians }, faces([1, 2], [0]), { priors: 0 }), "priors"],
    [() => adaptGaussians({ gaussians }, faces([1, Number.NaN], [0])), "NaN"],
    [() => adaptGaussians({ gaussians }, faces([1, 2], [-1])), "labels"],
  ])("refuses what it cannot be fitted to (%#)", (call, words) => {
    expect(call).toThrow(words);
  });
});
