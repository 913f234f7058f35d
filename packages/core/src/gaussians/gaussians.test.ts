import { describe, expect, it } from "vitest";
import { Embeddings } from "../embeddings/embeddings.ts";
import { farthest, oracle, oracleTest, oracleTrain } from "../fixtures/oracle.ts";
import { Random } from "../random.ts";
import { fitGaussians } from "./fit.ts";

const line = (values: number[], labels?: number[], classes?: string[]) =>
  new Embeddings(Float32Array.from(values), 1, { ...(labels && { labels: Int32Array.from(labels) }), ...(classes && { classes }) });
const two = line([-1, 1, 9, 11], [0, 0, 1, 1]);

describe("fitGaussians", () => {
  it.each(oracle.gaussians)("gives scipy's posterior and log-density with sigma $sigma and $priors priors", (expected) => {
    const gaussians = fitGaussians(oracleTrain, { sigma: expected.sigma, priors: expected.priors });
    expect(farthest(gaussians.sigmas, expected.sigmas)).toBeLessThan(1e-10);
    expect(farthest(gaussians.posterior(oracleTest), expected.posterior)).toBeLessThan(1e-10);
    expect(farthest(gaussians.logDensity(oracleTest), expected.logDensity)).toBeLessThan(1e-10);
  });

  it("gives the worked posterior of the structured Gaussian manifold loss", () => {
    const X = new Embeddings(Float32Array.of(0, 0, 1, 0, 3, 0, 3, 2), 2, { labels: Int32Array.of(0, 0, 1, 1) });
    const posterior = fitGaussians(X, { sigma: 1 }).posterior(X);
    expect(
      farthest(
        [0, 2, 4, 6].map((j) => posterior[j] as number),
        [0.9924227587, 0.914900955, 0.0675466911, 0.0097084765],
      ),
    ).toBeLessThan(1e-9);
  });

  it("predicts the class of the nearest mean when priors and widths are equal", () => {
    const { means, ...gaussians } = fitGaussians(oracleTrain, { sigma: 0.3 });
    const { predicted } = fitGaussians(oracleTrain, { sigma: 0.3 }).classify(oracleTest);
    const nearest = Array.from({ length: oracleTest.rows }, (_, i) => {
      const squares = Array.from({ length: gaussians.classes }, (_, c) =>
        oracleTest.row(i).reduce((sum, x, d) => sum + (x - (means[c * 6 + d] as number)) ** 2, 0),
      );
      return squares.indexOf(Math.min(...squares));
    });
    expect(Array.from(predicted)).toEqual(nearest);
  });

  it("gives a batch of rows what it gives each alone", () => {
    const gaussians = fitGaussians(oracleTrain);
    const alone = Array.from({ length: oracleTest.rows }, (_, i) => Array.from(gaussians.posterior(oracleTest.take([i]))));
    expect(Array.from(gaussians.posterior(oracleTest))).toEqual(alone.flat());
  });

  it("changes nothing when rows come in another order, or all points move", () => {
    const order = new Random(1).permutation(oracleTrain.rows);
    const move = (X: Embeddings) =>
      new Embeddings(
        X.values.map((x) => x + 32),
        X.columns,
        X,
      );
    const posterior = fitGaussians(oracleTrain).posterior(oracleTest);
    expect(farthest(fitGaussians(oracleTrain.take(order)).posterior(oracleTest), posterior)).toBeLessThan(1e-12);
    expect(farthest(fitGaussians(move(oracleTrain)).posterior(move(oracleTest)), posterior)).toBeLessThan(1e-4);
  });

  it("still has a posterior that sums to 1 a thousand sigmas away", () => {
    const posterior = fitGaussians(two, { sigma: 1 }).posterior(line([-1000, 5, 3000]));
    expect(Array.from(posterior)).toEqual([1, 0, 0.5, 0.5, 0, 1]);
  });

  it("leaves out a class without rows, whatever its prior", () => {
    const gaussians = fitGaussians(line([0, 2, 9], [0, 0, 2], ["a", "b", "c"]), { sigma: 1, priors: [1, 5, 3] });
    expect(Array.from(gaussians.priors)).toEqual([0.25, 0, 0.75]);
    expect(gaussians.means[1]).toBeNaN();
    expect(gaussians.posterior(line([5]))[1]).toBe(0);
  });

  it("takes the shared width for a class that is one point", () => {
    const { sigmas } = fitGaussians(line([0, 2, 9], [0, 0, 1]), { sigma: "per class" });
    expect(Array.from(sigmas)).toEqual([1, Math.sqrt(2 / 3)]);
  });

  it("is unsure between classes, far from all of them, and about NaN", () => {
    const gaussians = fitGaussians(two, { sigma: 1 });
    const X = line([0, 4.9, 100, Number.NaN]);
    expect(Array.from(gaussians.classify(X).predicted)).toEqual([0, 0, 1, -1]);
    expect(Array.from(gaussians.classify(X, { minimumPosterior: 0.9 }).predicted)).toEqual([0, -1, 1, -1]);
    expect(Array.from(gaussians.classify(X, { minimumLogDensity: -20 }).predicted)).toEqual([0, 0, -1, -1]);
    expect(gaussians.posterior(line([Number.NaN]))[0]).toBeNaN();
  });

  it("predicts the only class there is, and nothing for no rows", () => {
    const gaussians = fitGaussians(line([1, 2], [0, 0]));
    expect(Array.from(gaussians.posterior(line([7])))).toEqual([1]);
    expect(gaussians.classify(line([])).predicted.length).toBe(0);
  });

  it("says what is wrong with sigma, priors, labels and rows", () => {
    expect(() => fitGaussians(two, { sigma: 0 })).toThrow(
      'fitGaussians: expected sigma to be a number above 0, "estimate" or "per class", but got 0.',
    );
    expect(() => fitGaussians(two, { priors: [1] })).toThrow(
      'fitGaussians: expected priors to be "equal", "natural" or 2 numbers from 0, one per class, but got [1].',
    );
    expect(() => fitGaussians(two, { priors: [0, 0] })).toThrow(
      "fitGaussians: expected priors to be above 0 for some class that has rows.",
    );
    expect(() => fitGaussians(line([1, 2]))).toThrow("fitGaussians: expected embeddings with labels, but got 2 rows without labels.");
    expect(() => fitGaussians(line([], []))).toThrow("fitGaussians: expected embeddings with labels, but got 0 rows.");
    expect(() => fitGaussians(line([1, Number.NaN], [0, 0]))).toThrow("fitGaussians: expected finite values, but row 1 holds NaN.");
    expect(() => fitGaussians(line([1, 2], [0, 5], ["a", "b"]))).toThrow("fitGaussians: expected labels from 0 to 1, but row 1 has 5.");
    expect(() => fitGaussians(line([1, 1], [0, 0]))).toThrow(
      "fitGaussians: sigma cannot be estimated, because every class is a single point.\n  To go on without an estimate, give a width: { sigma: 1 }",
    );
    const gaussians = fitGaussians(two);
    expect(() => gaussians.posterior(oracleTest)).toThrow("GaussianClasses: X has 6 columns but the means have 1.");
    expect(() => gaussians.classify(two, { minimumPosterior: 90 })).toThrow(
      "classify: expected minimumPosterior to be a number from 0 to 1, but got 90.",
    );
  });
});
