import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Embeddings } from "../embeddings/embeddings.ts";
import { farthest, oracleTest, oracleTrain } from "../fixtures/oracle.ts";
import { Random } from "../random.ts";
import { densityThreshold } from "./density-threshold.ts";
import { fitGaussians } from "./fit.ts";
import { fitSubclassGaussians, SubclassGaussians, type SubclassOptions } from "./subclass-gaussians.ts";

const line = (values: number[], classes?: string[]) => new Embeddings(Float32Array.from(values), 1, classes && { classes });
/** Class 0 on both sides of class 1. */
const three = line([-1, 1, 9, 11, 19, 21]);
const parts = { subclasses: [0, 0, 1, 1, 2, 2], parents: [0, 1, 0] };

describe("fitSubclassGaussians", () => {
  it("gives the sum of the sub-classes' posteriors as that of their class", () => {
    const model = fitSubclassGaussians(three, { ...parts, sigma: 4 });
    const X = line([-3, 5, 8, 15, 30]);
    const bySubclass = model.subclassPosterior(X);
    const summed = Array.from({ length: 5 }, (_, i) => (bySubclass[3 * i] as number) + (bySubclass[3 * i + 2] as number));
    expect(
      farthest(
        summed,
        [0, 2, 4, 6, 8].map((j) => model.posterior(X)[j] as number),
      ),
    ).toBe(0);
    for (let i = 0; i < 5; i++) {
      expect((model.posterior(X)[2 * i] as number) + (model.posterior(X)[2 * i + 1] as number)).toBeCloseTo(1, 12);
    }
  });

  it("gives a posterior worked by hand", () => {
    const model = fitSubclassGaussians(three, { ...parts, sigma: 10 });
    const far = Math.exp(-0.5); // at 10, both parts of class 0 are one sigma away
    expect(model.posterior(line([10]))[0]).toBeCloseTo((2 * far) / (2 * far + 1), 12);
    const density = Math.log((2 * far + 1) / 3) - Math.log(10 * Math.sqrt(2 * Math.PI));
    expect(model.logDensity(line([10]))[0]).toBeCloseTo(density, 12);
  });

  it("answers as fitGaussians does where every class is one sub-class", () => {
    const labels = oracleTrain.labels as Int32Array;
    const parents = [0, 1, 2, 3];
    for (const sigma of [0.7, "estimate", "per class"] as const) {
      for (const priors of ["equal", "natural"] as const) {
        const model = fitSubclassGaussians(oracleTrain, { subclasses: labels, parents, sigma, priors });
        const plain = fitGaussians(oracleTrain, { sigma, priors });
        expect(model.posterior(oracleTest)).toEqual(plain.posterior(oracleTest));
        expect(model.logDensity(oracleTest)).toEqual(plain.logDensity(oracleTest));
        expect(model.classify(oracleTest).predicted).toEqual(plain.classify(oracleTest).predicted);
      }
    }
  });

  it("tells a class apart that lies on both sides of another, which one Gaussian per class cannot", () => {
    const X = line([-2, 0, 2, 8, 10, 12, 18, 20, 22]);
    const { predicted, subclass } = fitSubclassGaussians(three, parts).classify(X);
    expect(Array.from(predicted)).toEqual([0, 0, 0, 1, 1, 1, 0, 0, 0]);
    expect(Array.from(subclass)).toEqual([0, 0, 0, 1, 1, 1, 2, 2, 2]);
  });

  it("names the class with the greatest sum, though a sub-class of another is the most probable alone, and a sub-class of it", () => {
    const model = fitSubclassGaussians(three, { ...parts, sigma: 10 });
    const answers = model.classify(line([10]));
    expect([answers.predicted[0], answers.subclass[0]]).toEqual([0, 0]);
    const [left, middle, right] = model.subclassPosterior(line([10]));
    expect(middle).toBeGreaterThan(Math.max(left as number, right as number));
    expect(answers.confidence[0]).toBeCloseTo((left as number) + (right as number), 12);
  });

  it("takes priors for sub-classes alike, for classes alike, from the rows, or as given", () => {
    const X = line([0, 0, 0, 9, 9, 20, 0, 0]);
    const priorsOf = (priors: SubclassOptions["priors"]) =>
      Array.from(
        fitSubclassGaussians(X, { subclasses: [0, 0, 0, 1, 1, 2, 0, 0], parents: [0, 1, 1], sigma: 1, ...(priors && { priors }) }).gaussians
          .priors,
      );
    expect(farthest(priorsOf(undefined), [1 / 3, 1 / 3, 1 / 3])).toBeLessThan(1e-15);
    expect(farthest(priorsOf("equal"), [1 / 3, 1 / 3, 1 / 3])).toBeLessThan(1e-15);
    expect(farthest(priorsOf("equal classes"), [1 / 2, 1 / 3, 1 / 6])).toBeLessThan(1e-15);
    expect(priorsOf("natural")).toEqual([5 / 8, 2 / 8, 1 / 8]);
    expect(priorsOf([1, 1, 2])).toEqual([0.25, 0.25, 0.5]);
  });

  it("leaves out sub-classes and classes without rows", () => {
    const model = fitSubclassGaussians(line([0, 2, 8], ["a", "b", "c"]), { subclasses: [0, 0, 2], parents: [0, 0, 2, 1], sigma: 1 });
    expect([model.classes, model.subclasses]).toEqual([3, 4]);
    expect(Array.from(model.gaussians.priors)).toEqual([0.5, 0, 0.5, 0]);
    expect(model.posterior(line([4]))[1]).toBe(0);
  });

  it("is unsure between classes but not between sub-classes of one, and says none of these far from all", () => {
    const both = fitSubclassGaussians(three, { ...parts, parents: [0, 0, 1], sigma: 1 });
    const X = line([5, 15, 200, Number.NaN]);
    expect(Array.from(both.classify(X, { minimumPosterior: 0.9 }).predicted)).toEqual([0, -1, 1, -1]);
    const far = both.classify(X, { minimumLogDensity: -20 });
    expect(Array.from(far.predicted)).toEqual([0, 0, -1, -1]);
    expect(Array.from(far.subclass)).toEqual([0, 1, -1, -1]);
    expect(far.logDensity[2]).toBeLessThan(-20);
    expect(Array.from(both.posterior(line([Number.NaN])))).toEqual([Number.NaN, Number.NaN]);
  });

  it("changes nothing in the classes when sub-classes are renamed", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: -20, max: 20 }), fc.nat(3)), { minLength: 1, maxLength: 30 }),
        fc.nat(),
        (rows, seed) => {
          const X = line(rows.map(([x]) => x));
          const subclasses = rows.map(([, s]) => s);
          const parents = [1, 0, 1, 0];
          const name = new Random(seed).permutation(4);
          const renamed = {
            subclasses: subclasses.map((s) => name[s] as number),
            parents: parents.map((_, s) => parents[name.indexOf(s)] as number),
          };
          const plain = fitSubclassGaussians(X, { subclasses, parents, sigma: 2 }).posterior(X);
          expect(farthest(fitSubclassGaussians(X, { ...renamed, sigma: 2 }).posterior(X), plain)).toBeLessThan(1e-12);
        },
      ),
    );
  });

  it("says what is wrong with sub-classes, parents, priors and rows", () => {
    const fit = (options: object, X = three) => fitSubclassGaussians(X, { ...parts, ...options } as SubclassOptions);
    expect(() => fit({ subclasses: [0] })).toThrow("fitSubclassGaussians: X has 6 rows but subclasses has 1.");
    expect(() => fit({ subclasses: [0, 0, 1, 1, 2, 3] })).toThrow(
      "fitSubclassGaussians: expected subclasses from 0 to 2, but row 5 has 3.",
    );
    expect(() => fit({ parents: [0, 1, 0.5] })).toThrow("fitSubclassGaussians: expected parents from 0 to 1, but sub-class 2 has 0.5.");
    expect(() => fit({}, line([1, 2, 3, 4, 5, 6], ["only"]))).toThrow(
      "fitSubclassGaussians: expected parents from 0 to 0, but sub-class 1 has 1.",
    );
    expect(() => fit({ priors: [1] })).toThrow(
      'fitSubclassGaussians: expected priors to be "equal", "equal classes", "natural" or 3 numbers from 0, one per sub-class, but got [1].',
    );
    expect(() => fit({ priors: "same" })).toThrow('but got "same".');
    expect(() => fit({ sigma: -1 })).toThrow("expected sigma to be a number above 0");
    expect(() => fit({ subclasses: [] }, line([]))).toThrow("fitSubclassGaussians: expected at least 1 row, but got 0.");
    expect(() => fit({}, line([1, 2, 3, 4, 5, Number.NaN]))).toThrow("expected finite values, but row 5 holds NaN.");
    expect(() => fit({ children: 1 })).toThrow('fitSubclassGaussians: unknown option "children"; ');
    expect(() => fit({}).classify(three, { minimumPosterior: 2 })).toThrow(
      "classify: expected minimumPosterior to be a number from 0 to 1, but got 2.",
    );
    expect(() => new SubclassGaussians(fit({}).gaussians, [0], 1)).toThrow(
      "SubclassGaussians: expected a parent for each of 3 Gaussians, but got 1.",
    );
  });
});

describe("densityThreshold", () => {
  it("accepts at least the part of the known rows asked for, and no row more than it must", () => {
    const densities = fc.array(fc.integer({ min: -20, max: 0 }), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(densities, fc.integer({ min: 1, max: 100 }), (known, percent) => {
        const threshold = densityThreshold(known, { accept: percent / 100 });
        const accepted = known.filter((density) => density >= threshold).length;
        const above = known.filter((density) => density > threshold).length;
        expect(accepted * 100).toBeGreaterThanOrEqual(percent * known.length);
        expect(above * 100).toBeLessThan(percent * known.length);
      }),
    );
  });

  it("is what `classify` takes as its minimum", () => {
    const random = new Random(6);
    const X = line(Array.from({ length: 200 }, (_, i) => 10 * (i % 3) + random.normal()));
    const model = fitSubclassGaussians(X, { subclasses: Array.from({ length: 200 }, (_, i) => i % 3), parents: [0, 1, 0] });
    const minimumLogDensity = densityThreshold(model.logDensity(X), { accept: 0.95 });
    expect(model.classify(X, { minimumLogDensity }).predicted.filter((c) => c >= 0).length).toBe(190);
    expect(model.classify(line([-50, 5, 70]), { minimumLogDensity }).predicted).toEqual(Int32Array.of(-1, -1, -1));
  });

  it("says what is wrong with the part and the log-densities", () => {
    expect(() => densityThreshold([1], { accept: 0 })).toThrow(
      "densityThreshold: expected accept to be a number above 0, at most 1, but got 0.",
    );
    expect(() => densityThreshold([1], { accept: 95 })).toThrow("but got 95.");
    expect(() => densityThreshold([], { accept: 0.9 })).toThrow("densityThreshold: expected at least 1 log-density, but got none.");
    expect(() => densityThreshold([1, Number.NaN], { accept: 0.9 })).toThrow(
      "densityThreshold: expected log-densities that are numbers, but row 1 has NaN.",
    );
  });
});
