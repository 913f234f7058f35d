import { Embeddings, fitGaussians, logLoss } from "@semblant/core";
import { describe, expect, it } from "vitest";
import { chooseForKinds, chooseGaussians } from "./fit-gaussians.ts";

/** Two classes at 0 and 10 on a line, two of three rows in the first; each class's rows lie evenly within `spread` of its mean. */
function twoClasses(spread: number, rows = 300): Embeddings {
  const labels = Int32Array.from({ length: rows }, (_, i) => (i % 3 === 2 ? 1 : 0));
  const values = Float32Array.from(labels, (label, i) => 10 * label + spread * ((2 * ((i * 7919) % rows)) / (rows - 1) - 1));
  return new Embeddings(values, 1, { labels, classes: ["neutral", "happiness"] });
}

describe("chooseGaussians", () => {
  const [train, validation] = [twoClasses(6), twoClasses(6, 240)];
  const chosen = chooseGaussians(train, validation, 4);

  it("takes the width and the priors under which the validation labels are most probable", () => {
    const lossOf = (sigma: number, priors: "equal" | "natural") =>
      logLoss(validation.labels as Int32Array, fitGaussians(train, { sigma, priors }).posterior(validation), 2);
    expect(chosen.validation.logLoss).toBe(lossOf(chosen.sigma, chosen.priors));
    for (const priors of ["equal", "natural"] as const) {
      for (const factor of [0.5, 0.8, 1, 1.25, 2, 3]) {
        expect(chosen.validation.logLoss).toBeLessThanOrEqual(lossOf(4 * factor, priors));
      }
    }
  });

  it("calls about one known face in a hundred none of these, and unsure what is less probable than not", () => {
    const densities = chosen.gaussians.logDensity(validation);
    const refused = densities.filter((density) => density < chosen.thresholds.logDensity).length;
    expect(refused).toBeLessThanOrEqual(2);
    expect(densities.filter((density) => density <= chosen.thresholds.logDensity).length).toBeGreaterThanOrEqual(2);
    expect(chosen.thresholds.posterior).toBe(0.5);
  });

  it("states accuracy and calibration on validation in percent", () => {
    const { predicted } = chosen.gaussians.classify(validation);
    const right = predicted.filter((c, i) => c === validation.labels?.[i]).length;
    expect(chosen.validation.accuracy).toBeCloseTo((100 * right) / 240, 10);
    expect(chosen.validation.accuracy).toBeGreaterThan(85);
    expect(chosen.validation.ece).toBeLessThan(10);
  });

  it("gives a class several Gaussians where they are asked for, and names by their sum", () => {
    // One class at both ends, the other between them: no single Gaussian a class tells them apart.
    const values = Float32Array.from({ length: 300 }, (_, i) => [0, 20, 10][i % 3] as number).map((x, i) => x + ((i * 7919) % 300) / 100);
    const labels = Int32Array.from({ length: 300 }, (_, i) => (i % 3 === 2 ? 1 : 0));
    const X = new Embeddings(values, 1, { labels, classes: ["neutral", "happiness"] });
    const split = { labels: Int32Array.from({ length: 300 }, (_, i) => i % 3), parents: [0, 0, 1] };
    const [one, two] = [chooseGaussians(X, X, 2), chooseGaussians(X, X, 2, split)];
    expect(Array.from(two.gaussians.parents)).toEqual([0, 0, 1]);
    expect(one.validation.accuracy).toBeLessThan(80);
    expect(two.validation.accuracy).toBe(100);
    const { chosen, kinds } = chooseForKinds(X, X, 2, split);
    expect(kinds).toBe(chosen); // here the kinds name
    expect(chosen).toEqual(two);
  });

  it("keeps sub-classes for searches alone where one Gaussian per class makes the labels more probable", () => {
    const labels = Int32Array.from(train.labels as Int32Array, (label, i) => (label === 0 ? i % 2 : 2)); // kinds that aren't there
    const crooked = Int32Array.from(labels, (label, i) => ((train.values[i] as number) > 3 && label < 2 ? 1 : label));
    const { chosen, kinds } = chooseForKinds(train, validation, 4, { labels: crooked, parents: [0, 0, 1] });
    expect([chosen.gaussians.subclasses, kinds.gaussians.subclasses]).toEqual([2, 3]);
    expect(chosen.validation.logLoss).toBeLessThan(kinds.validation.logLoss);
    const whole = chooseForKinds(train, validation, 4);
    expect([whole.kinds === whole.chosen, whole.chosen.gaussians.subclasses]).toEqual([true, 2]);
  });
});
