import { Embeddings, type Evaluation, evaluate, Random } from "@semblant/core";
import { describe, expect, it } from "vitest";
import { holm, overSeeds, type SeedEstimate } from "./compare-statistics.ts";

const classes = ["flat", "upright"];
const labels = Int32Array.from({ length: 60 }, (_, i) => i % 2);

/** The evaluation of an embedding on a line whose classes lie so far apart, with noise of the seed. */
function evaluation(apart: number, seed: number): Evaluation {
  const random = new Random(seed);
  const embedded = () =>
    new Embeddings(
      Float32Array.from(labels, (label) => apart * label + random.normal()),
      1,
      { labels, classes },
    );
  return evaluate(embedded(), embedded(), { k: 5, bootstrap: 0 });
}
const accuracyOf = ({ metrics }: Evaluation) => metrics.accuracy.value;

describe("metrics over seeds", () => {
  const three = [1, 2, 3].map((seed) => evaluation(1.5, seed));
  const metricsOver = (evaluations: Evaluation[], resamples = 200) =>
    overSeeds(["a"], [evaluations], [...evaluations.keys()], { resamples }).metrics[0] as Readonly<Record<string, SeedEstimate>>;

  it("are the mean, the standard deviation and an interval around the mean", () => {
    const { accuracy } = metricsOver(three);
    const values = three.map(accuracyOf);
    const mean = (values[0] as number) / 3 + (values[1] as number) / 3 + (values[2] as number) / 3;
    expect(accuracy?.value).toBeCloseTo(mean, 10);
    expect(accuracy?.deviation).toBeCloseTo(Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 2), 10);
    expect(accuracy?.low).toBeLessThan(mean);
    expect(accuracy?.high).toBeGreaterThan(mean);
  });

  it("have no deviation for one seed, and are the same for the same draws", () => {
    const one = metricsOver(three.slice(0, 1), 50);
    expect(one.accuracy?.deviation).toBeNaN();
    expect(metricsOver(three.slice(0, 1), 50)).toEqual(one);
  });

  it("have a wider interval where seeds differ than over faces alone", () => {
    const [good, bad] = [evaluation(4, 1), evaluation(0.3, 2)];
    const width = ({ accuracy }: Readonly<Record<string, SeedEstimate>>) => (accuracy?.high as number) - (accuracy?.low as number);
    expect(width(metricsOver([good, bad]))).toBeGreaterThan(2 * width(metricsOver([good])));
  });
});

describe("differences from the first loss", () => {
  const first = [1, 2].map((seed) => evaluation(0.5, seed));
  const better = [3, 4].map((seed) => evaluation(4, seed));
  const alike = [5, 6].map((seed) => evaluation(0.5, seed));
  const [ofBetter, ofAlike] = overSeeds(["a", "b", "c"], [first, better, alike], [0, 1], { resamples: 200 }).comparisons;

  it("are the means' differences, with an interval that leaves out 0 where they are more than luck", () => {
    const expected =
      (accuracyOf(better[0] as Evaluation) +
        accuracyOf(better[1] as Evaluation) -
        accuracyOf(first[0] as Evaluation) -
        accuracyOf(first[1] as Evaluation)) /
      2;
    const { accuracy } = ofBetter?.differences ?? {};
    expect(accuracy?.value).toBeCloseTo(expected, 10);
    expect(accuracy?.low).toBeGreaterThan(0);
    expect(accuracy?.p).toBeLessThan(0.05);
    expect(ofAlike?.differences.accuracy?.holm).toBeGreaterThan(0.05);
    expect([ofBetter?.loss, ofBetter?.against, ofBetter?.better]).toEqual(["b", "a", 2]);
  });

  it("carry McNemar's test of each pair of networks, this loss first", () => {
    const tests = ofBetter?.mcnemar ?? [];
    expect(tests.map(({ seed }) => seed)).toEqual([0, 1]);
    for (const { onlyFirst, onlySecond, p } of tests) {
      expect(onlyFirst).toBeGreaterThan(onlySecond);
      expect(p).toBeLessThan(0.05);
    }
  });

  it("correct p for how many losses there are", () => {
    for (const name of ["accuracy", "macroF1", "nmi"]) {
      const [b, c] = [ofBetter, ofAlike].map((one) => one?.differences[name] as { p: number; holm: number }) as [
        { p: number; holm: number },
        { p: number; holm: number },
      ];
      expect([b.holm, c.holm]).toEqual(holm([b.p, c.p]));
    }
  });

  it("are none for one loss", () => {
    expect(overSeeds(["a"], [first], [0, 1], { resamples: 5 }).comparisons).toEqual([]);
  });
});

describe("Holm's correction", () => {
  it("multiplies the smallest by how many there are, the next by one less, and never falls", () => {
    expect(holm([0.01, 0.04, 0.03])).toEqual([0.03, 0.06, 0.06]);
    expect(holm([0.5, 0.9])).toEqual([1, 1]);
    expect(holm([0.02])).toEqual([0.02]);
    expect(holm([])).toEqual([]);
  });
});
