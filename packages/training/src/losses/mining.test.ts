import { readFileSync } from "node:fs";
import { Random } from "@semblant/core";
import { describe, expect, it } from "vitest";
import { batchHardTriplets, type Candidates, distanceWeightedTriplets, distanceWeights, semiHardTriplets } from "./mining.ts";

interface StoredWeights {
  readonly distances: number[];
  readonly dimensions: number;
  readonly options: { cutoff?: number; farthest?: number };
  /** Of one anchor's negatives; they sum to 1. */
  readonly weights: number[];
}
/** Made by fixtures/make.py. */
const stored = (
  JSON.parse(readFileSync(`${import.meta.dirname}/fixtures/metric-losses.json`, "utf8")) as { readonly distanceWeights: StoredWeights[] }
).distanceWeights;

describe("the weights of distance-weighted mining", () => {
  it("are those that are stored, but for their sum", () => {
    expect(stored).toHaveLength(8);
    for (const { distances, dimensions, options, weights } of stored) {
      const found = distanceWeights(distances, dimensions, options);
      const total = found.reduce((sum, weight) => sum + weight, 0);
      weights.forEach((weight, i) => {
        expect((found[i] as number) / total).toBeCloseTo(weight, 10);
      });
    }
  });

  it("are no larger than 1 in any number of dimensions, and 0 where everything is too far", () => {
    expect(distanceWeights([0.6, 0.9, 1.3], 2048)).toEqual([1, expect.any(Number), expect.any(Number)]);
    expect(distanceWeights([1.4, 1.5, 2], 64)).toEqual([0, 0, 0]);
    expect(distanceWeights([], 64)).toEqual([]);
    expect(distanceWeights([1, 2], 64, { farthest: 3 })).toEqual([1, 0]); // opposite points: infinitely rare, and left out
  });
});

/** Two anchors of class 0 and a memory whose rows 1 and 3 they are. */
const remembered: Candidates = {
  classes: Int32Array.of(0, 0),
  referenceClasses: Int32Array.of(0, 0, 1, 0, 1),
  own: Int32Array.of(1, 3),
  distances: [0.9, 0, 1, 0.4, 1.2, 0.5, 0.4, 0.3, 0, 0.6],
};

describe("triplets from a batch and a memory", () => {
  it("are the hardest of the memory, and never an anchor with itself", () => {
    const { anchors, positives, negatives } = batchHardTriplets(remembered);
    expect([anchors, positives, negatives].map((rows) => [...rows])).toEqual([
      [0, 1],
      [0, 0],
      [2, 2],
    ]);
  });

  it("are semi-hard: the nearest negative beyond each positive, else the farthest", () => {
    const { anchors, positives, negatives } = semiHardTriplets(remembered);
    expect([...anchors].map((anchor, i) => [anchor, positives[i], negatives[i]])).toEqual([
      [0, 0, 2],
      [0, 3, 2],
      [1, 0, 4],
      [1, 1, 4],
    ]);
  });

  it("are drawn as often as their weights say", () => {
    const random = new Random(3);
    const counts = new Map<number, number>();
    for (let trial = 0; trial < 3000; trial++) {
      const { anchors, negatives } = distanceWeightedTriplets(remembered, 3, random, { cutoff: 0.1 });
      negatives.forEach((negative, i) => {
        if (anchors[i] === 1) counts.set(negative, (counts.get(negative) ?? 0) + 1);
      });
    }
    // Anchor 1: negatives at 0.3 and 0.6, in three dimensions as 1/0.3 to 1/0.6.
    expect((counts.get(2) as number) / 6000).toBeCloseTo(2 / 3, 1);
    expect((counts.get(2) as number) + (counts.get(4) as number)).toBe(6000);
  });
});
