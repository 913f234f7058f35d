import { describe, expect, it } from "vitest";
import { Embeddings } from "../embeddings/embeddings.ts";
import { Random } from "../random.ts";
import { chooseMixture, type MixtureChoiceOptions, mixtureChoices } from "./choose-mixture.ts";
import { fitGaussianMixture } from "./fit-mixture.ts";

/** Rows in round groups, one per corner. */
function groups(k: number, rows: number, columns = 4): Embeddings {
  const random = new Random(3);
  const values = Float32Array.from({ length: rows * columns }, (_, j) => {
    const group = Math.floor(j / columns) % k;
    return (group === j % columns ? 9 : 0) + random.normal();
  });
  return new Embeddings(values, columns);
}

describe("chooseMixture", () => {
  it.each(["bic", "held-out"] as const)("finds as many groups as there are, by %s", (by) => {
    for (const covariance of ["spherical", "diagonal", "tied", "full"] as const) {
      for (const k of [1, 3]) {
        const { chosen, scores } = chooseMixture(groups(k, 240), { from: 1, to: 5, by, covariance, restarts: 2, random: new Random(1) });
        expect(chosen.k).toBe(k);
        expect(scores.map((score) => score.k)).toEqual([1, 2, 3, 4, 5]);
      }
    }
  });

  it("scores by BIC with the number of the chosen mixture itself, the least of all", () => {
    const X = groups(2, 60);
    const { chosen, scores } = chooseMixture(X, { from: 1, to: 4, by: "bic" });
    expect(Math.min(...scores.map(({ score }) => score))).toBe(chosen.bic(X));
  });

  it("scores by the likelihood of rows left out, each left out once", () => {
    const X = groups(1, 20, 1);
    const { scores } = chooseMixture(X, { from: 1, to: 1, by: "held-out", folds: 20, regularization: 0 });
    const alone = Array.from({ length: X.rows }, (_, left) => {
      const others = X.take(Array.from({ length: X.rows }, (_, i) => i).filter((i) => i !== left));
      return fitGaussianMixture(others, { k: 1, regularization: 0 }).logDensity(X.take([left]))[0] as number;
    });
    expect(scores[0]?.score).toBeCloseTo(alone.reduce((sum, density) => sum + density, 0) / X.rows, 10);
  });

  it("takes fewer groups by held-out likelihood than rows can bear, where full covariances would fit anything", () => {
    const X = groups(1, 40, 8);
    const { chosen, scores } = chooseMixture(X, { from: 1, to: 4, by: "held-out" });
    expect(chosen.k).toBe(1);
    const fitted = [1, 4].map((k) => fitGaussianMixture(X, { k }).logLikelihood) as [number, number];
    expect(fitted[1]).toBeGreaterThan(fitted[0]);
    expect(scores.at(-1)?.score).toBeLessThan(scores[0]?.score as number);
  });

  it("gives the same choice for the same seed, and the same score for k whatever else is tried", () => {
    const X = groups(3, 90);
    const choose = (from: number, to: number) => chooseMixture(X, { from, to, by: "held-out", random: new Random(4) });
    expect(choose(1, 4)).toEqual(choose(1, 4));
    expect(choose(1, 4).scores[2]).toEqual(choose(3, 5).scores[0]);
  });

  it("yields a score as soon as it is known", () => {
    const seen: number[] = [];
    for (const { k } of mixtureChoices(groups(2, 60), { from: 1, to: 9, by: "bic" })) {
      seen.push(k);
      if (k === 2) break;
    }
    expect(seen).toEqual([1, 2]);
  });

  it("says what is wrong with the numbers of groups, folds and options", () => {
    const X = groups(1, 10, 1);
    const choose = (options: object) => chooseMixture(X, { from: 1, to: 2, by: "bic", ...options } as MixtureChoiceOptions);
    expect(() => choose({ from: 0 })).toThrow("chooseMixture: expected from to be a whole number above 0, but got 0.");
    expect(() => choose({ from: 3 })).toThrow("chooseMixture: expected to to be a whole number from 3, but got 2.");
    expect(() => choose({ to: 11 })).toThrow("chooseMixture: expected to to be at most the 10 rows, but got 11.");
    expect(() => choose({ to: 9, by: "held-out" })).toThrow(
      "chooseMixture: expected to to be at most the 8 rows that are left when one of 5 parts is held out, but got 9.",
    );
    expect(() => choose({ by: "aic" })).toThrow('chooseMixture: expected by to be "bic" or "held-out", but got "aic".');
    expect(() => choose({ folds: 1 })).toThrow("chooseMixture: expected folds to be a whole number above 1, but got 1.");
    expect(() => choose({ k: 3 })).toThrow('chooseMixture: unknown option "k"; ');
    expect(() => choose({ covariance: "round" })).toThrow('gaussianMixture: expected covariance to be "full"');
  });
});
