import { describe, expect, it } from "vitest";
import { Embeddings } from "../embeddings/embeddings.ts";
import { Random } from "../random.ts";
import type { Estimate } from "./bootstrap.ts";
import { compare } from "./compare.ts";
import { type Evaluation, evaluate } from "./evaluate.ts";
import { rangeOfMetric } from "./metrics-of.ts";

const classes = ["a", "b", "c", "d"];

/** Rows scattered over a square; labels as they are asked for. */
function made(rows: number, random: Random, labelOf: (i: number) => number = (i) => i % 4): Embeddings {
  const labels = Int32Array.from({ length: rows }, (_, i) => labelOf(i));
  const votes = Float32Array.from({ length: 4 * rows }, (_, j) => (j % 4 === labels[Math.floor(j / 4)] ? 0.75 : 0.25 / 3));
  return new Embeddings(
    Float32Array.from({ length: 2 * rows }, () => random.uniform()),
    2,
    { labels, classes, votes },
  );
}

/** Every estimate of an evaluation lies in its metric's range and in its interval, or is nothing, ends and all. */
function expectSound({ metrics, perClass }: Evaluation, label: string): void {
  const all = [
    ...(Object.entries(metrics) as [string, Estimate][]),
    ...perClass.flatMap(({ name, precision, recall, f1 }) =>
      Object.entries({ precision, recall, f1 }).map(([key, value]) => [`${name} ${key}`, value] as const),
    ),
  ];
  for (const [name, { value, low, high }] of all) {
    const said = `${label}: ${name} ${value} (${low} to ${high})`;
    if (Number.isNaN(value)) {
      expect([said, low, high]).toEqual([said, Number.NaN, Number.NaN]);
      continue;
    }
    const [least, greatest] = rangeOfMetric(name);
    expect([said, least <= low, low <= value, value <= high, high <= greatest]).toEqual([said, true, true, true, true]);
  }
}

describe("an evaluation of very few rows", () => {
  it.each([2, 3, 4, 7, 12])("of %d keeps every interval in its metric's range", (rows) => {
    for (let seed = 0; seed < 12; seed++) {
      const random = new Random(seed);
      const head = Float32Array.from({ length: 4 * rows }, () => 0.25);
      expectSound(evaluate(made(40, random), made(rows, random), { bootstrap: 60, ks: [1], head }), `seed ${seed}`);
    }
  });

  it("keeps macro recall of four within 0 to 100: it ran to 106.6", () => {
    const ends = Array.from({ length: 40 }, (_, seed) => {
      const random = new Random(seed);
      const { metrics } = evaluate(made(40, random), made(4, random));
      return (Object.entries(metrics) as [string, Estimate][]).map(([name, { high }]) =>
        name.endsWith("ogLoss") || name.endsWith("Divergence") ? 0 : high,
      );
    }).flat();
    expect(Math.max(...ends.filter((high) => !Number.isNaN(high)))).toBeLessThanOrEqual(100);
  });

  it("of one class, or with classes that nobody has, says nothing where there is nothing to say", () => {
    const random = new Random(3);
    const one = evaluate(
      made(20, random),
      made(6, random, () => 2),
      { bootstrap: 50, ks: [1] },
    );
    expectSound(one, "one class");
    expect(one.metrics.nmi.value).toBe(100);
    const two = evaluate(
      made(20, random, (i) => i % 2),
      made(6, random, (i) => i % 2),
      { bootstrap: 50, ks: [1] },
    );
    expectSound(two, "two of four");
    expect(two.perClass[3]?.recall).toEqual({ value: Number.NaN, low: Number.NaN, high: Number.NaN });
  });

  it("of rows that are one point has no number out of range", () => {
    const point = (rows: number) =>
      new Embeddings(new Float32Array(2 * rows).fill(1), 2, { labels: Int32Array.from({ length: rows }, (_, i) => i % 4), classes });
    expectSound(evaluate(point(12), point(5), { bootstrap: 50, ks: [1], sigma: 1 }), "one point");
    expectSound(evaluate(made(20, new Random(1)), point(8), { bootstrap: 50, ks: [1] }), "one point asked");
  });

  it("has no pairs where every row is alone, and says no F1 of pairs, nor a difference of it", () => {
    const random = new Random(5);
    const evaluation = evaluate(made(20, random), made(4, random), { bootstrap: 50, ks: [1] });
    expect(evaluation.metrics.pairwiseF1).toEqual({ value: Number.NaN, low: Number.NaN, high: Number.NaN });
    const nothing = { value: Number.NaN, low: Number.NaN, high: Number.NaN, p: Number.NaN };
    expect(compare(evaluation, evaluation, { bootstrap: 20 }).differences.pairwiseF1).toEqual(nothing);
  });
});
