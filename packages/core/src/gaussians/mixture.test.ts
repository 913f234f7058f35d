import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Embeddings } from "../embeddings/embeddings.ts";
import { mixtures } from "../fixtures/mixtures.ts";
import { farthest, oracleTest, oracleTrain } from "../fixtures/oracle.ts";
import { adjustedRandIndex } from "../metrics/adjusted-rand.ts";
import { Random } from "../random.ts";
import { fitGaussianMixture, gaussianMixture, type MixtureOptions } from "./fit-mixture.ts";
import { GaussianMixture } from "./gaussian-mixture.ts";

const line = (...values: number[]) => new Embeddings(Float32Array.from(values), 1);
const kinds = ["full", "tied", "diagonal", "spherical"] as const;
const covariances = fc.constantFrom(...kinds);
const points = fc
  .array(fc.tuple(fc.float({ min: -9, max: 9, noNaN: true }), fc.integer({ min: -9, max: 9 })), { minLength: 4, maxLength: 40 })
  .map((rows) => new Embeddings(Float32Array.from(rows.flat()), 2));

/** Rows around the corners of a cube, far apart; the corner of each. */
function corners(perCorner: number, columns = 4, apart = 12) {
  const random = new Random(11);
  const labels = Int32Array.from({ length: 4 * perCorner }, (_, i) => i % 4);
  const values = Float32Array.from({ length: labels.length * columns }, (_, j) => {
    const label = labels[Math.floor(j / columns)] as number;
    return (label === j % columns ? apart : 0) + random.normal(0, 1 + label / 4);
  });
  return { X: new Embeddings(values, columns), labels };
}

describe("fitGaussianMixture", () => {
  it.each(mixtures.mixtures)("ends where scikit-learn's EM ends: $covariance, $k groups, from $start, tolerance $tolerance", (expected) => {
    const { covariance, k, regularization, tolerance, iterations, start } = expected;
    const initial = {
      means: expected.initial,
      clusters: { clusters: expected.initial },
      responsibilities: { responsibilities: expected.initial },
    }[start];
    const mixture = fitGaussianMixture(oracleTrain, { covariance, k, regularization, tolerance, iterations, initial });
    expect(mixture.iterations).toBe(expected.done);
    expect(mixture.converged).toBe(expected.converged);
    expect(farthest(mixture.weights, expected.weights)).toBeLessThan(1e-8);
    expect(farthest(mixture.means, expected.means)).toBeLessThan(1e-8);
    expect(farthest(mixture.covariances, expected.covariances)).toBeLessThan(1e-8);
    expect(Math.abs(mixture.logLikelihood - expected.logLikelihood)).toBeLessThan(1e-8);
    expect(Math.abs(mixture.bic(oracleTrain) - expected.bic)).toBeLessThan(1e-8);
    expect(Math.abs(mixture.aic(oracleTrain) - expected.aic)).toBeLessThan(1e-8);
    expect(farthest(mixture.responsibilities(oracleTest), expected.responsibilities)).toBeLessThan(1e-8);
    expect(farthest(mixture.logDensity(oracleTest), expected.logDensity)).toBeLessThan(1e-8);
    expect(Array.from(mixture.clusters(oracleTest))).toEqual(expected.clusters);
  });

  it("is, with one group, the mean and the maximum-likelihood covariance of the rows", () => {
    const X = new Embeddings(Float32Array.of(0, 0, 2, 0, 0, 4, 2, 4), 2);
    const fit = (covariance: (typeof kinds)[number]) => fitGaussianMixture(X, { k: 1, covariance, regularization: 0 });
    expect([...fit("full").means]).toEqual([1, 2]);
    expect([...fit("full").covariances]).toEqual([1, 0, 0, 4]);
    expect([...fit("tied").covariances]).toEqual([1, 0, 0, 4]);
    expect([...fit("diagonal").covariances]).toEqual([1, 4]);
    expect([...fit("spherical").covariances]).toEqual([2.5]);
    const expected = -Math.log(2 * Math.PI) - Math.log(2) - 1; // −½(2 ln 2π + ln |Σ| + columns)
    expect(fit("full").logLikelihood).toBeCloseTo(expected, 12);
    expect([fit("full"), fit("tied"), fit("diagonal"), fit("spherical")].map(({ parameters }) => parameters)).toEqual([5, 5, 4, 3]);
  });

  it.each(kinds)("finds groups that lie far apart, whatever the seed: %s", (covariance) => {
    const { X, labels } = corners(50);
    for (let seed = 0; seed < 5; seed++) {
      const mixture = fitGaussianMixture(X, { k: 4, covariance, restarts: 3, random: new Random(seed) });
      expect(adjustedRandIndex(labels, mixture.clusters(X))).toBe(1);
      expect(farthest(mixture.weights, [0.25, 0.25, 0.25, 0.25])).toBeLessThan(1e-3);
    }
  });

  it("yields a record an iteration, the log-likelihood never falling within a start, and stops on demand", () => {
    fc.assert(
      fc.property(
        points,
        covariances,
        fc.integer({ min: 1, max: 4 }),
        fc.constantFrom(1e-6, 1e-3, 0.1, 3),
        (X, covariance, k, regularization) => {
          const steps = gaussianMixture(X, { k, covariance, regularization, tolerance: 0, iterations: 30, restarts: 2 });
          let last: { restart: number; logLikelihood: number } | undefined;
          for (const step of steps) {
            if (last?.restart === step.restart) {
              expect(step.logLikelihood).toBeGreaterThanOrEqual(last.logLikelihood);
              expect(step.gain).toBe(step.logLikelihood - last.logLikelihood);
            } else expect(step.gain).toBe(Infinity);
            last = step;
          }
        },
      ),
    );
    const stopped: number[] = [];
    for (const { iteration } of gaussianMixture(oracleTrain, { k: 3, tolerance: 0 })) {
      stopped.push(iteration);
      if (iteration === 3) break;
    }
    expect(stopped).toEqual([1, 2, 3]);
  });

  it("returns a likelihood no record exceeds, which is the mean of its own log-densities", () => {
    fc.assert(
      fc.property(points, covariances, fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 20 }), (X, covariance, k, iterations) => {
        const steps = gaussianMixture(X, { k, covariance, iterations, restarts: 2, tolerance: 0, regularization: 0.01 });
        let most = -Infinity;
        let step = steps.next();
        for (; !step.done; step = steps.next()) most = Math.max(most, step.value.logLikelihood);
        const mixture = step.value;
        expect(mixture.logLikelihood).toBeGreaterThanOrEqual(most);
        const mean = mixture.logDensity(X).reduce((sum, density) => sum + density, 0) / X.rows;
        expect(mean).toBeCloseTo(mixture.logLikelihood, 9);
        expect(mixture.bic(X)).toBeCloseTo(-2 * mean * X.rows + mixture.parameters * Math.log(X.rows), 6);
      }),
    );
  });

  it("ends before a step that would lower the likelihood by more than the tolerance", () => {
    const { X } = corners(10, 4, 3);
    const options = {
      k: 4,
      covariance: "spherical",
      regularization: 30,
      initial: { clusters: Array.from({ length: 40 }, (_, i) => i % 4) },
    } as const;
    const few = fitGaussianMixture(X, { ...options, tolerance: 1e-9 });
    expect([few.iterations, few.converged]).toEqual([1, true]);
    const many = fitGaussianMixture(X, { ...options, tolerance: 1 });
    expect(many.iterations).toBeGreaterThan(1);
    expect(many.logLikelihood).toBeLessThan(few.logLikelihood);
  });

  it("gives responsibilities that sum to 1, weights that do too, and clusters that are their greatest", () => {
    fc.assert(
      fc.property(points, covariances, fc.integer({ min: 1, max: 4 }), (X, covariance, k) => {
        const mixture = fitGaussianMixture(X, { k, covariance, iterations: 10 });
        const responsibilities = mixture.responsibilities(X);
        const clusters = mixture.clusters(X);
        expect(mixture.weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
        for (let i = 0; i < X.rows; i++) {
          const row = responsibilities.subarray(i * k, (i + 1) * k);
          expect(row.reduce((sum, r) => sum + r, 0)).toBeCloseTo(1, 12);
          expect(clusters[i]).toBe(row.indexOf(Math.max(...row)));
        }
      }),
    );
  });

  it("gives a batch of rows what it gives each alone, to the bit", () => {
    for (const covariance of kinds) {
      const mixture = fitGaussianMixture(oracleTrain, { k: 3, covariance });
      const alone = Array.from({ length: oracleTest.rows }, (_, i) => Array.from(mixture.responsibilities(oracleTest.take([i]))));
      expect(Array.from(mixture.responsibilities(oracleTest))).toEqual(alone.flat());
    }
  });

  it("changes nothing when rows come in another order, or all points move", () => {
    const order = new Random(1).permutation(oracleTrain.rows);
    const move = (X: Embeddings) =>
      new Embeddings(
        X.values.map((x) => x + 32),
        X.columns,
      );
    for (const covariance of kinds) {
      const options = { k: 3, covariance, initial: oracleTrain.take([3, 30, 60]).values };
      const mixture = fitGaussianMixture(oracleTrain, options);
      expect(farthest(fitGaussianMixture(oracleTrain.take(order), options).means, mixture.means)).toBeLessThan(1e-9);
      const moved = fitGaussianMixture(move(oracleTrain), { ...options, initial: options.initial.map((x) => x + 32) });
      expect(farthest(moved.covariances, mixture.covariances)).toBeLessThan(1e-4);
    }
  });

  it("gives the same mixture for the same seed", () => {
    const fit = () => fitGaussianMixture(oracleTrain, { k: 4, restarts: 2, random: new Random(6) });
    expect(fit().means).toEqual(fit().means);
  });

  it("keeps the best of its starts", () => {
    const one = (random: Random) => fitGaussianMixture(oracleTrain, { k: 4, covariance: "diagonal", random }).logLikelihood;
    const random = new Random(3);
    const each = Array.from({ length: 6 }, () => one(random));
    const best = fitGaussianMixture(oracleTrain, { k: 4, covariance: "diagonal", restarts: 6, random: new Random(3) });
    expect(new Set(each).size).toBeGreaterThan(1);
    expect(best.logLikelihood).toBe(Math.max(...each));
  });

  it("still has responsibilities that sum to 1 a thousand deviations away, and NaN for NaN", () => {
    const mixture = fitGaussianMixture(line(-1, 1, 9, 11), { k: 2, covariance: "spherical", initial: [0, 10] });
    expect(Array.from(mixture.responsibilities(line(-1000, 3000)))).toEqual([1, 0, 0, 1]);
    expect(Array.from(mixture.clusters(line(-1000, 3000, Number.NaN, Infinity)))).toEqual([0, 1, -1, -1]);
    expect(Array.from(mixture.responsibilities(line(Number.NaN)))).toEqual([Number.NaN, Number.NaN]);
    expect(mixture.logDensity(line(Number.NaN))[0]).toBeNaN();
    expect(mixture.clusters(line()).length).toBe(0);
  });

  it("leaves groups without rows a weight of 0 where there are fewer distinct rows than groups", () => {
    for (const covariance of kinds) {
      const X = line(3, 3, 3, 8, 8);
      const mixture = fitGaussianMixture(X, { k: 4, covariance, random: new Random(2) });
      expect(mixture.weights.filter((weight) => weight === 0).length).toBe(2);
      expect(Math.max(...mixture.weights)).toBeCloseTo(0.6, 12);
      expect(new Set(mixture.clusters(X)).size).toBe(2);
      expect(Number.isFinite(mixture.logLikelihood)).toBe(true);
    }
  });

  it("stands a group that the start gave no rows in the middle of all, with no weight", () => {
    const mixture = fitGaussianMixture(line(0, 1, 2), { k: 2, initial: { clusters: [0, 0, 0] } });
    expect(Array.from(mixture.weights)).toEqual([1, 0]);
    expect(mixture.means[1]).toBe(1);
    expect(Array.from(mixture.responsibilities(line(5)))).toEqual([1, 0]);
  });

  it("gives a constant column the variance of the regularization", () => {
    const X = new Embeddings(Float32Array.of(0, 7, 1, 7, 5, 7, 6, 7), 2);
    for (const covariance of ["full", "tied", "diagonal"] as const) {
      const { covariances } = fitGaussianMixture(X, { k: 2, covariance, regularization: 1e-4 });
      expect(covariances.at(-1)).toBeCloseTo(1e-4, 15);
    }
    const identical = fitGaussianMixture(line(2, 2, 2), { k: 1, regularization: 0.25 });
    expect([identical.means[0], identical.covariances[0]]).toEqual([2, 0.25]);
  });

  it("says which group's covariance is singular when nothing keeps it from collapsing", () => {
    const advice =
      "its rows do not spread in every direction.\n" +
      "  Use fewer groups, a covariance of fewer parameters (diagonal, spherical), or a regularization above 0.";
    const of = (whose: string) => `gaussianMixture: expected covariances that can be inverted, but that of ${whose} is singular: ${advice}`;
    const flat = new Embeddings(Float32Array.of(0, 0, 1, 2, 3, 6, 4, 8), 2); // on one line
    expect(() => fitGaussianMixture(flat, { k: 1, regularization: 0 })).toThrow(of("group 0"));
    expect(() => fitGaussianMixture(flat, { k: 1, covariance: "tied", regularization: 0 })).toThrow(of("all groups"));
    expect(fitGaussianMixture(flat, { k: 1, covariance: "diagonal", regularization: 0 }).covariances[1]).toBe(10);
    const alone = { k: 2, regularization: 0, initial: { clusters: [0, 0, 1] } };
    for (const covariance of ["full", "diagonal", "spherical"] as const) {
      expect(() => fitGaussianMixture(line(1, 2, 9), { ...alone, covariance })).toThrow(of("group 1"));
    }
  });

  it("fits more columns than rows when regularized", () => {
    const random = new Random(8);
    const X = new Embeddings(
      Float32Array.from({ length: 20 * 64 }, () => random.normal()),
      64,
    );
    for (const covariance of kinds) {
      const mixture = fitGaussianMixture(X, { k: 3, covariance, regularization: 1e-3 });
      expect(Number.isFinite(mixture.logLikelihood)).toBe(true);
      expect(Array.from(mixture.responsibilities(X)).every(Number.isFinite)).toBe(true);
    }
  });

  it("is made again from its parts as JSON", () => {
    const mixture = fitGaussianMixture(oracleTrain, { k: 3 });
    const parts = JSON.parse(JSON.stringify({ ...mixture, weights: [...mixture.weights] }), (_, value) =>
      value !== null && typeof value === "object" && "0" in value ? Float64Array.from(Object.values(value)) : value,
    );
    expect(new GaussianMixture(parts).responsibilities(oracleTest)).toEqual(mixture.responsibilities(oracleTest));
  });

  it("says what is wrong with options, starts and rows", () => {
    const X = line(1, 2, 3);
    const fit = (options: object, rows = X) => fitGaussianMixture(rows, options as MixtureOptions);
    expect(() => fit({ k: 4 })).toThrow("gaussianMixture: expected k to be at most the 3 rows, but got 4.");
    expect(() => fit({ k: 1 }, line())).toThrow("gaussianMixture: expected k to be at most the 0 rows, but got 1.");
    expect(() => fit({ k: 1.5 })).toThrow("gaussianMixture: expected k to be a whole number above 0, but got 1.5.");
    expect(() => fit({})).toThrow("gaussianMixture: expected k to be a whole number above 0, but got nothing.");
    expect(() => fit({ k: 1, regularization: -1 })).toThrow("gaussianMixture: expected regularization to be a number from 0, but got -1.");
    expect(() => fit({ k: 1, tolerance: Number.NaN })).toThrow("gaussianMixture: expected tolerance to be a number from 0, but got NaN.");
    expect(() => fit({ k: 1, covariance: "diag" })).toThrow(
      'gaussianMixture: expected covariance to be "full", "tied", "diagonal" or "spherical", but got "diag".',
    );
    expect(() => fit({ k: 1, covariances: "full" })).toThrow('gaussianMixture: unknown option "covariances"; did you mean "covariance"?');
    expect(() => fit({ k: 1 }, line(1, Infinity))).toThrow("gaussianMixture: expected finite values, but row 1 holds Infinity.");
    expect(() => fit({ k: 2, initial: [1] })).toThrow(
      "gaussianMixture: expected initial means to be 2 means of 1 numbers, but got 1 numbers.",
    );
    expect(() => fit({ k: 2, initial: [1, Number.NaN] })).toThrow("gaussianMixture: expected initial means to be finite, but got NaN.");
    expect(() => fit({ k: 2, initial: { clusters: [0, 1] } })).toThrow(
      "gaussianMixture: expected initial clusters to be 3 numbers, one per row, but got 2 numbers.",
    );
    expect(() => fit({ k: 2, initial: { clusters: [0, 1, 2] } })).toThrow(
      "gaussianMixture: expected initial clusters from 0 to 1, but row 2 has 2.",
    );
    expect(() => fit({ k: 2, initial: { responsibilities: [1, 0, 0.5, 0.6, 0, 1] } })).toThrow(
      "gaussianMixture: expected initial responsibilities from 0 that sum to 1, but row 1 sums to 1.1.",
    );
    expect(() => fit({ k: 1 }).logDensity(oracleTest)).toThrow("GaussianMixture: X has 6 columns but the means have 1.");
    expect(() => new GaussianMixture({ ...fit({ k: 1 }), weights: new Float64Array(2) })).toThrow(
      "GaussianMixture: expected weights to be 1 numbers, but got 2.",
    );
  });
});
