import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { oracle } from "../fixtures/oracle.ts";
import { Random } from "../random.ts";
import { adjustedRandIndex } from "./adjusted-rand.ts";
import { ami, nmi } from "./nmi.ts";
import { nmiWithin } from "./nmi-within.ts";
import { pairScores, pairwiseF1 } from "./pairwise-f1.ts";

/** Manning et al. 2008, figure 16.4: xxxxxo / xooood / xxddd, with x, o, d as 0, 1, 2. */
const manning = {
  labels: [..."00000101111200222"].map(Number),
  clusters: [..."00000011111122222"].map(Number),
};
const partitions = fc.array(fc.tuple(fc.nat(3), fc.nat(4)), { minLength: 2, maxLength: 60 });
const columns = (rows: readonly (readonly [number, number])[]) => [rows.map(([c]) => c), rows.map(([, k]) => k)] as const;

describe("NMI, AMI, the adjusted Rand index and pairwise F1", () => {
  it.each(oracle.clustering)("agree with scikit-learn: NMI $nmi, AMI $ami, ARI $ari, pairs $pairs", (expected) => {
    const { labels, clusters } = expected;
    expect(Math.abs(nmi(labels, clusters) - expected.nmi)).toBeLessThan(1e-10);
    expect(Math.abs(ami(labels, clusters) - expected.ami)).toBeLessThan(1e-10);
    expect(Math.abs(adjustedRandIndex(labels, clusters) - expected.ari)).toBeLessThan(1e-10);
    const { truePositives, falsePositives, falseNegatives } = pairScores(labels, clusters);
    expect([truePositives, falsePositives, falseNegatives]).toEqual(expected.pairs);
  });

  it("give the worked example of Manning et al.", () => {
    expect(nmi(manning.labels, manning.clusters)).toBeCloseTo(0.364562, 6);
    const scores = pairScores(manning.labels, manning.clusters);
    expect(scores).toMatchObject({ truePositives: 20, falsePositives: 20, falseNegatives: 24, precision: 0.5 });
    expect(scores.recall).toBeCloseTo(0.454545, 6);
    expect(scores.f1).toBeCloseTo(0.47619, 6);
  });

  it("give the worked example of two classes in three clusters", () => {
    const [labels, clusters] = [
      [0, 0, 0, 1, 1, 1],
      [0, 0, 1, 1, 2, 2],
    ];
    expect(nmi(labels, clusters)).toBeCloseTo(0.515804, 6);
    expect(pairwiseF1(labels, clusters)).toBeCloseTo(0.444444, 6);
  });

  it("do not change when clusters are renamed, rows reordered, or the two partitions swapped", () => {
    fc.assert(
      fc.property(partitions, fc.nat(), (rows, seed) => {
        const names = [...new Random(seed).permutation(5)].map((name) => 1000 * name - 7);
        const [labels, clusters] = columns(rows);
        const other = columns(rows.toReversed());
        const renamed = other[1].map((k) => names[k] as number);
        for (const metric of [nmi, ami, adjustedRandIndex, pairwiseF1]) {
          const value = metric(labels, clusters);
          if (Number.isNaN(value)) expect(metric(other[0], renamed)).toBeNaN();
          else expect(metric(other[0], renamed)).toBeCloseTo(value, 9);
          if (!Number.isNaN(value)) expect(metric(clusters, labels)).toBeCloseTo(value, 9);
        }
      }),
    );
  });

  it("are 1 for the same partition, and stay from 0 to 1 (AMI, ARI: at most 1)", () => {
    fc.assert(
      fc.property(partitions, (rows) => {
        const [labels, clusters] = columns(rows);
        expect(nmi(labels, labels)).toBeCloseTo(1, 12);
        expect(nmi(labels, clusters)).toBeGreaterThanOrEqual(0);
        expect(nmi(labels, clusters)).toBeLessThanOrEqual(1 + 1e-12);
        expect(ami(labels, clusters)).toBeLessThanOrEqual(1 + 1e-9);
        expect(adjustedRandIndex(labels, labels)).toBe(1);
        expect(adjustedRandIndex(labels, clusters)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("credit chance with NMI but not with AMI and ARI", () => {
    const random = new Random(4);
    const labels = Array.from({ length: 300 }, () => random.integer(8));
    const clusters = Array.from({ length: 300 }, () => random.integer(60));
    expect(nmi(labels, clusters)).toBeGreaterThan(0.2);
    expect(Math.abs(ami(labels, clusters))).toBeLessThan(0.05);
    expect(Math.abs(adjustedRandIndex(labels, clusters))).toBeLessThan(0.05);
  });

  it("give AMI 1 for rows that are all alone in both, however many", () => {
    for (let n = 2; n < 40; n++) expect(ami([...Array(n).keys()], [...Array(n).keys()])).toBe(1);
  });

  it("give NMI 1 for one class in one cluster, 0 for classes all in one cluster, and NaN without rows", () => {
    expect([nmi([3, 3], [0, 0]), ami([3, 3], [0, 0]), nmi([0, 1], [0, 0])]).toEqual([1, 1, 0]);
    expect([nmi([], []), ami([], []), pairwiseF1([], [])]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  });

  it("give pairwise F1 NaN when no pair belongs together, and 0 when all found are wrong", () => {
    expect(pairwiseF1([0, 1, 2], [0, 1, 2])).toBeNaN();
    expect(pairScores([0, 1, 2], [0, 0, 0])).toMatchObject({ precision: 0, recall: 0, f1: 0 });
  });

  it("give ARI 1 for one group in both and rows alone in both, 0 for one group against many, NaN without rows", () => {
    const all = (group: number) => [0, 1, 2, 3].map((i) => group * i);
    expect([adjustedRandIndex(all(0), all(0)), adjustedRandIndex(all(1), all(2)), adjustedRandIndex(all(0), all(1))]).toEqual([1, 1, 0]);
    expect([adjustedRandIndex([5], [7]), adjustedRandIndex([], [])]).toEqual([1, Number.NaN]);
  });

  it("say what is wrong with the lists", () => {
    expect(() => adjustedRandIndex([0, 1], [0])).toThrow("contingency: labels has 2 rows but clusters has 1.");
    expect(() => nmi([0, 1], [0])).toThrow("contingency: labels has 2 rows but clusters has 1.");
    expect(() => ami([0, 1], [0, 0.5])).toThrow("contingency: expected clusters to be whole numbers, but row 1 has 0.5.");
    expect(() => pairwiseF1([Number.NaN], [0])).toThrow("contingency: expected labels to be whole numbers, but row 0 has NaN.");
  });
});

describe("nmiWithin", () => {
  it("is the NMI where there is one class", () => {
    expect(
      nmiWithin(
        manning.labels.map(() => 3),
        manning.clusters,
        manning.labels,
      ),
    ).toBeCloseTo(0.364562, 6);
  });

  it("weights classes by their rows", () => {
    const classes = [0, 0, 0, 0, 0, 0, 1, 1];
    expect(nmiWithin(classes, [0, 0, 0, 1, 1, 1, 2, 2], [0, 0, 0, 1, 1, 1, 2, 3])).toBeCloseTo(0.75, 12); // 1 in six rows, 0 in two
  });

  it("gives no credit for telling the classes apart", () => {
    const random = new Random(5);
    const classes = Array.from({ length: 4000 }, () => random.integer(8));
    const truth = classes.map((c) => 5 * c + random.integer(5));
    const found = classes.map((c) => 5 * c + random.integer(5));
    expect(nmi(truth, found)).toBeGreaterThan(0.5);
    expect(nmiWithin(classes, found, truth)).toBeLessThan(0.03);
    expect(nmiWithin(classes, truth, truth)).toBeCloseTo(1, 12);
  });

  it("is the same whatever groups of different classes are called", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(2), fc.nat(3), fc.nat(3)), { minLength: 1, maxLength: 60 }), (rows) => {
        const classes = rows.map(([c]) => c);
        const [found, truth] = [rows.map(([, f]) => f), rows.map(([, , t]) => t)];
        const renamed = found.map((f, i) => 10 * (classes[i] as number) + ((f + (classes[i] as number)) % 4));
        expect(nmiWithin(classes, renamed, truth)).toBeCloseTo(nmiWithin(classes, found, truth), 12);
      }),
    );
  });

  it("is NaN without rows and refuses lists of different length", () => {
    expect(nmiWithin([], [], [])).toBeNaN();
    expect(() => nmiWithin([0, 1], [0], [0, 1])).toThrow("nmiWithin: classes has 2 rows but found has 1.");
    expect(() => nmiWithin([0, 1], [0, 1], [0])).toThrow("nmiWithin: classes has 2 rows but truth has 1.");
  });
});
