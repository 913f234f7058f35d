import { afterAll, describe, expect, it } from "vitest";
import { Embeddings } from "../embeddings/embeddings.ts";
import { type Components, type Covariance, covarianceLength } from "../gaussians/components.ts";
import { addShares, expectByTiles, expectPlainly, type Shares, tilesOf } from "../gaussians/expect-rows.ts";
import { fitGaussianMixture, gaussianMixture } from "../gaussians/fit-mixture.ts";
import { GaussianMixture } from "../gaussians/gaussian-mixture.ts";
import type { Moments } from "../gaussians/moments.ts";
import { Random } from "../random.ts";
import { chooseKernels, type Instructions, kernels } from "./loaded.ts";

/** Rows around k places. */
function cloud(rows: number, columns: number, k: number, apart = 3): Embeddings {
  const random = new Random(rows + columns);
  const places = Float64Array.from({ length: k * columns }, () => apart * random.normal());
  const values = Float32Array.from(
    { length: rows * columns },
    (_, j) => (places[(Math.floor(j / columns) % k) * columns + (j % columns)] as number) + random.normal(),
  );
  return new Embeddings(values, columns);
}

/** A mixture that is not fitted to anything: means amid the rows, covariances of every shape. */
function mixture(covariance: Covariance, X: Embeddings, k: number, weightless = -1): Components {
  const random = new Random(k);
  const { columns } = X;
  const covariances = new Float64Array(covarianceLength(covariance, k, columns));
  for (let g = 0; g < k; g++) {
    if (covariance === "full") fillFull(covariances.subarray(g * columns ** 2, (g + 1) * columns ** 2), columns, random);
    else if (covariance === "diagonal") for (let d = 0; d < columns; d++) covariances[g * columns + d] = 0.5 + random.uniform();
    else covariances[g] = 0.5 + random.uniform();
  }
  const weights = Float64Array.from({ length: k }, (_, g) => (g === weightless ? 0 : 1 + g));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const means = Float64Array.from({ length: k * columns }, (_, j) => X.values[(7 * j) % X.values.length] as number);
  return { covariance, k, columns, weights: weights.map((weight) => weight / total), means, covariances };
}

/** A Aᵀ / columns + I / 2 */
function fillFull(matrix: Float64Array, columns: number, random: Random): void {
  const A = Float64Array.from({ length: columns * columns }, () => random.normal());
  for (let a = 0; a < columns; a++) {
    for (let b = 0; b < columns; b++) {
      let sum = a === b ? columns / 2 : 0;
      for (let d = 0; d < columns; d++) sum += (A[a * columns + d] as number) * (A[b * columns + d] as number);
      matrix[a * columns + b] = sum / columns;
    }
  }
}

/** What the M-step reads of the second moments: of matrices the lower triangles. */
function read(second: Float64Array, covariance: Covariance, columns: number): Float64Array {
  return covariance === "full" ? second.filter((_, j) => j % columns <= Math.floor(j / columns) % columns) : second;
}

/** Greatest difference, as a part of the greatest number. */
function apart(a: Float64Array, b: Float64Array): number {
  const most = b.reduce((m, value) => Math.max(m, Math.abs(value)), Number.MIN_VALUE);
  return a.reduce((m, value, j) => Math.max(m, Math.abs(value - (b[j] as number))), 0) / most;
}

function compare(X: Embeddings, components: Components): void {
  const [byKernel, plain] = [new Int32Array(X.rows), new Int32Array(X.rows)];
  const expected = expectPlainly("test", X, components, plain);
  for (let round = 0; round < 2; round++) {
    const tiles = tilesOf("test", X, components, 0);
    if (tiles === undefined) throw new Error("no kernels");
    const got = expectByTiles(X, components, tiles, byKernel);
    expect(Math.abs(got.logLikelihood / expected.logLikelihood - 1)).toBeLessThan(1e-12);
    expect(byKernel).toEqual(plain);
    for (const name of ["sizes", "first"] as const) expect(apart(got.moments[name], expected.moments[name])).toBeLessThan(1e-12);
    const { covariance, columns } = components;
    const [second, reference] = [got, expected].map(({ moments }) => read(moments.second, covariance, columns));
    expect(apart(second as Float64Array, reference as Float64Array)).toBeLessThan(1e-12);
  }
}

/** Moments of rows whose responsibilities are given, as a start gives them. */
function compareStarts(X: Embeddings, components: Components, shares: Shares): void {
  const guesses = Int32Array.from({ length: X.rows }, (_, i) => (i % (components.k + 1)) - 1);
  const [got, plain] = [0, Infinity].map((least) => addShares(X, components, { shares, guesses }, least)) as [Moments, Moments];
  const { covariance, columns } = components;
  for (const name of ["sizes", "first"] as const) expect(apart(got[name], plain[name])).toBeLessThan(1e-12);
  expect(apart(read(got.second, covariance, columns), read(plain.second, covariance, columns))).toBeLessThan(1e-12);
}

const kinds = ["full", "diagonal", "spherical"] as const;

describe.each<[Instructions, number]>([
  ["relaxed", 1],
  ["simd", 1],
  ["relaxed", 3],
])("mixtures by the kernel, %s instructions and %i threads", (instructions, threads) => {
  const here = () => {
    chooseKernels({ instructions, threads });
    return kernels() !== undefined;
  };
  afterAll(() => chooseKernels({}));

  it.each(kinds)("find the plain code's moments, densities and clusters, for rows and columns of any number: %s", (covariance) => {
    if (!here()) return;
    for (const [rows, columns, k] of [
      [1, 1, 1],
      [63, 1, 2],
      [64, 3, 5],
      [65, 4, 7],
      [300, 17, 3],
      [300, 64, 40],
      [130, 66, 4],
      [9000, 5, 6],
    ] as const) {
      const X = cloud(rows, columns, k);
      compare(X, mixture(covariance, X, k));
      compareStarts(X, mixture(covariance, X, k), (i, to) => to.fill(0).fill(1, i % k, (i % k) + 1));
      compareStarts(X, mixture(covariance, X, k), (i, to) => to.set(to.map((_, g) => ((i + g) % 3) / (1 + i + g))));
    }
  });

  it.each(kinds)("take a group without weight, twins, rows far from every group, and groups that overlap: %s", (covariance) => {
    if (!here()) return;
    const X = cloud(500, 6, 4);
    compare(X, mixture(covariance, X, 5, 2));
    compare(X, mixture(covariance, X, 5, 0));
    compare(
      new Embeddings(
        X.values.map((_, j) => X.values[j % 12] as number),
        6,
      ),
      mixture(covariance, X, 4),
    );
    compare(
      new Embeddings(
        X.values.map((x) => 1000 * x),
        6,
      ),
      mixture(covariance, X, 4),
    );
    compare(cloud(500, 6, 4, 0.1), mixture(covariance, cloud(500, 6, 4, 0.1), 9));
  });
});

describe("a mixture of many rows", () => {
  afterAll(() => chooseKernels({}));

  it.each(kinds)("answers rows with NaN and infinite values as the plain code does: %s", (covariance) => {
    chooseKernels({});
    const X = cloud(covariance === "full" ? 300 : 4200, 32, 8);
    const last = X.rows - 1;
    for (const [row, value] of [
      [0, Number.NaN],
      [70, Infinity],
      [71, -Infinity],
      [last, Number.NaN],
    ] as const)
      X.values[row * 32 + 5] = value;
    const parts = { ...mixture(covariance, X, 30), logLikelihood: 0, converged: true, iterations: 1 };
    const answers = () => {
      const made = new GaussianMixture({ ...parts, means: parts.means.map((mean) => (Number.isFinite(mean) ? mean : 0)) });
      return { shares: made.responsibilities(X), clusters: made.clusters(X), densities: made.logDensity(X) };
    };
    const byKernel = answers();
    chooseKernels({ instructions: "none" });
    const plain = answers();
    expect(byKernel.clusters).toEqual(plain.clusters);
    expect([0, 70, 71, last].map((row) => byKernel.clusters[row])).toEqual([-1, -1, -1, -1]);
    for (const name of ["shares", "densities"] as const) {
      const missing = (values: Float64Array) => Array.from(values, Number.isNaN);
      expect(missing(byKernel[name])).toEqual(missing(plain[name]));
      const finite = (values: Float64Array) => values.map((value) => (Number.isNaN(value) ? 0 : value));
      expect(apart(finite(byKernel[name]), finite(plain[name]))).toBeLessThan(1e-9);
    }
  });

  it.each(kinds)("is the one that the plain code fits, its likelihood never falling: %s", (covariance) => {
    chooseKernels({});
    const X = cloud(covariance === "full" ? 1200 : 9000, 16, 12, 1.2);
    const clusters = Array.from({ length: X.rows }, (_, i) => (i * 7) % 30);
    const options = { k: 30, covariance, tolerance: 0, iterations: 5, initial: { clusters } } as const;
    const steps = [...gaussianMixture(X, options)].map((step) => step.logLikelihood);
    const byKernel = fitGaussianMixture(X, options);
    for (let s = 1; s < steps.length; s++) expect(steps[s]).toBeGreaterThanOrEqual(steps[s - 1] as number);
    chooseKernels({ instructions: "none" });
    const plain = fitGaussianMixture(X, options);
    expect(byKernel.iterations).toBe(plain.iterations);
    expect(Math.abs(byKernel.logLikelihood - plain.logLikelihood)).toBeLessThan(1e-10);
    for (const name of ["weights", "means", "covariances"] as const) expect(apart(byKernel[name], plain[name])).toBeLessThan(1e-6);
  });

  it("is the same to the bit whatever the number of threads", () => {
    const X = cloud(9000, 24, 9, 1);
    const fit = (threads: number) => {
      chooseKernels({ threads });
      return fitGaussianMixture(X, { k: 9, iterations: 2, tolerance: 0, initial: X.take([...Array(9).keys()]).values });
    };
    const [one, three] = [fit(1), fit(3)];
    expect(three.covariances).toEqual(one.covariances);
    expect(three.logLikelihood).toBe(one.logLikelihood);
  });
});
