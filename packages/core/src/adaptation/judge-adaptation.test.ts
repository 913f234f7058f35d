import { describe, expect, it } from "vitest";
import { Embeddings } from "../embeddings/embeddings.ts";
import { GaussianClasses } from "../gaussians/gaussian-classes.ts";
import { Random } from "../random.ts";
import { type JudgedAdaptation, type JudgeOptions, judgeAdaptation } from "./judge-adaptation.ts";
import { foldsOfPeople } from "./person-folds.ts";
import { temperatureOf, tempered } from "./temperature.ts";

const classes = ["sad", "happy"];
const gaussians = new GaussianClasses({
  columns: 2,
  means: Float64Array.of(0, 0, 4, 0),
  sigmas: Float64Array.of(1, 1),
  priors: Float64Array.of(0.5, 0.5),
});

/** Faces of so many persons: each person, class by class, about the class's mean moved by `shift`; persons have a place of their own. */
function drawn({ persons = 12, each = 4, shift = 0, personal = 0, seed = 0, labelled = (c: number) => c } = {}): Embeddings {
  const random = new Random(seed);
  const values: number[] = [];
  const labels: number[] = [];
  const people: string[] = [];
  for (let p = 0; p < persons; p++) {
    const own = [personal * random.normal(), personal * random.normal()] as const;
    for (let k = 0; k < 2 * each; k++) {
      const c = k % 2;
      values.push(4 * c + shift + own[0] + 0.7 * random.normal(), own[1] + 0.7 * random.normal());
      labels.push(labelled(c));
      people.push(`person ${p}`);
    }
  }
  return new Embeddings(Float32Array.from(values), 2, { labels: Int32Array.from(labels), people, classes });
}

function judged(X: Embeddings, options: JudgeOptions = {}): JudgedAdaptation {
  const judging = judgeAdaptation({ gaussians }, X, { resamples: 50, ...options });
  for (;;) {
    const step = judging.next();
    if (step.done) return step.value;
  }
}

describe("judgeAdaptation", () => {
  it("says that faces moved by half the way between the classes are named better afterwards", () => {
    const { before, after, better, difference, persons, adapted } = judged(drawn({ shift: 2.2 }));
    expect(before.accuracy.value).toBeLessThan(75);
    expect(after.accuracy.value).toBeGreaterThan(97);
    expect(after.logLoss).toBeLessThan(0.2);
    expect(better).toBe(true);
    expect(persons).toBe(12);
    expect(difference.low).toBeGreaterThan(0);
    expect(after.perClass.map(({ name, n }) => [name, n])).toEqual([
      ["sad", 48],
      ["happy", 48],
    ]);
    expect(adapted.means[0]).toBeCloseTo(2.2, 0);
  });

  it("says that a model that fits already is not better for means of a few faces alone", () => {
    const places = [1, 4, 1, 4, -6, 2.1]; // the model parts them at 2; the means of two persons part the third elsewhere
    const labels = Int32Array.of(0, 1, 0, 1, 0, 1);
    const people = ["ann", "ann", "bob", "bob", "cat", "cat"];
    const X = new Embeddings(Float32Array.from(places.flatMap((x) => [x, 0])), 2, { labels, people, classes });
    const { before, after, better, difference } = judged(X, { mean: 1e-3, shift: 1e3, covariance: 1e-3 });
    expect(after.accuracy.value).toBeLessThan(before.accuracy.value);
    expect(difference.value).toBeLessThan(0);
    expect(better).toBe(false);
  });

  it("never fits to the person whom it judges", () => {
    // Every person smiles in a place of its own, far from all others: who has seen the person names it, who has not cannot.
    const random = new Random(0);
    const values = Array.from({ length: 20 }, () => [100 * random.normal(), 100 * random.normal()]);
    const sides = values.map(() => random.integer(2));
    const X = new Embeddings(Float32Array.from(values.flatMap((one) => [...one, one[0] as number, (one[1] as number) + 0.1])), 2, {
      labels: Int32Array.from(sides.flatMap((side) => [side, side])),
      people: sides.flatMap((_, p) => [`p${p}`, `p${p}`]),
      classes,
    });
    const { after } = judged(X, { folds: 20, mean: 1e-3, shift: 1e3, covariance: 1e-3 });
    expect(after.accuracy.value).toBeLessThan(75);
  });

  it("is as sure as it is right on held-out persons, and gives the Gaussians that width", () => {
    const X = drawn({ persons: 40, shift: 1, personal: 1.6 });
    const { after, adapted } = judged(X);
    expect(after.ece).toBeLessThan(6);
    expect(adapted.sigmas[0]).toBe(adapted.sigmas[1]);
    const { confidence } = adapted.classify(X);
    const sure = confidence.reduce((sum, p) => sum + p, 0) / X.rows;
    expect(Math.abs(100 * sure - after.accuracy.value)).toBeLessThan(6);
  });

  it("gives a threshold below which one face of a hundred lies", () => {
    const X = drawn({ persons: 50, shift: 1 });
    const { adapted, logDensity } = judged(X);
    const below = adapted.logDensity(X).filter((density) => density < logDensity).length;
    expect(below / X.rows).toBeLessThan(0.03);
  });

  it("takes each face of nobody's name for a person of its own", () => {
    const X = drawn({ persons: 6, shift: 2 });
    const { persons } = judged(new Embeddings(X.values, 2, { labels: X.labels as Int32Array, classes }));
    expect(persons).toBe(X.rows);
  });

  it("gives the same for the same seed", () => {
    const X = drawn({ shift: 1 });
    expect(judged(X, { random: new Random(4) })).toEqual(judged(X, { random: new Random(4) }));
  });

  it("refuses one person, and options that it does not have", () => {
    expect(() => judged(drawn({ persons: 1 }))).toThrow("judgeAdaptation: expected faces of 2 persons or more, but got those of one.");
    expect(() => judged(drawn(), { folds: 1 })).toThrow("folds");
    expect(() => judged(drawn(), { widht: 1 } as never)).toThrow("widht");
  });
});

describe("foldsOfPeople", () => {
  it("keeps persons whole and folds even", () => {
    const people = Array.from({ length: 90 }, (_, i) => `p${i % 9}`);
    const fold = foldsOfPeople(people, 3, new Random(0));
    expect(new Set(people.map((name, i) => `${name} ${fold[i]}`)).size).toBe(9);
    expect([0, 1, 2].map((f) => fold.filter((one) => one === f).length)).toEqual([30, 30, 30]);
  });
});

describe("temperature", () => {
  it("finds how sure answers may be", () => {
    const random = new Random(0);
    const truth = Int32Array.from({ length: 4000 }, () => Number(random.uniform() < 0.8));
    const sure = Float64Array.from({ length: 2 * truth.length }, (_, at) => (at % 2 === 1 ? 0.98 : 0.02));
    const temperature = temperatureOf({ posterior: sure, truth, classes: 2 });
    expect(temperature).toBeCloseTo(Math.log(0.98 / 0.02) / Math.log(0.8 / 0.2), 0);
    expect(tempered(sure, 2, temperature)[1]).toBeCloseTo(0.8, 1);
  });
});
