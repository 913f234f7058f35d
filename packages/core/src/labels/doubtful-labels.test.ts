import { describe, expect, it } from "vitest";
import { Embeddings } from "../embeddings/embeddings.ts";
import { Random } from "../random.ts";
import { doubtfulLabels } from "./doubtful-labels.ts";

const classes = ["neutral", "happiness", "surprise"];

/** Three well separated classes in the plane; `rows` of each. */
function clouds(rows: number, random: Random): Embeddings {
  const centers = [0, 0, 8, 0, 0, 8];
  const labels = Int32Array.from({ length: 3 * rows }, (_, i) => i % 3);
  const values = Float32Array.from({ length: 6 * rows }, (_, j) => {
    const label = labels[j >> 1] as number;
    return (centers[2 * label + (j & 1)] as number) + random.normal();
  });
  return new Embeddings(values, 2, { labels, classes });
}

describe("doubtful labels", () => {
  const gallery = clouds(60, new Random(1));

  it("puts the labels that were changed before all others, and suggests what they were", () => {
    const truth = clouds(40, new Random(2));
    const wrong = [4, 31, 77, 90];
    const labels = Int32Array.from(truth.labels as Int32Array, (label, i) => (wrong.includes(i) ? (label + 1) % 3 : label));
    const { ranking, suggested, doubt } = doubtfulLabels(new Embeddings(truth.values, 2, { labels, classes }), gallery);
    expect([...ranking.subarray(0, 4)].sort((a, b) => a - b)).toEqual(wrong);
    for (const row of wrong) {
      expect(suggested[row]).toBe((truth.labels as Int32Array)[row]);
      expect(doubt[row]).toBeGreaterThan(0.9);
    }
  });

  it("asks no row of the same recording, and shares the vote among those that were asked", () => {
    const two = { classes: classes.slice(0, 2) };
    const near = new Embeddings(Float32Array.of(0, 1, 9, 10), 1, {
      ...two,
      labels: Int32Array.of(0, 0, 1, 1),
      sequences: ["", "v", "v", "w"],
    });
    const X = new Embeddings(Float32Array.of(5), 1, { ...two, labels: Int32Array.of(1), sequences: ["v"] });
    // Of four rows two are of its video; of the two that are left one bears it out.
    expect(doubtfulLabels(X, near, { k: 4 }).shareOfNeighbors[0]).toBeCloseTo(0.5, 12);
    const own = new Embeddings(near.values, 1, { ...two, labels: near.labels as Int32Array, sequences: ["", "", "v", "v"] });
    expect(doubtfulLabels(X, own, { k: 4 }).shareOfNeighbors[0]).toBe(0);
  });

  it("says by hand what it is made of", () => {
    const near = new Embeddings(Float32Array.of(0, 1, 9, 10), 1, { labels: Int32Array.of(0, 0, 1, 1), classes: classes.slice(0, 2) });
    const X = new Embeddings(Float32Array.of(5), 1, { labels: Int32Array.of(1), classes: classes.slice(0, 2) });
    const { posteriorOfLabel, shareOfNeighbors, doubt } = doubtfulLabels(X, near, { k: 4 });
    expect(posteriorOfLabel[0]).toBeCloseTo(0.5, 12);
    expect(shareOfNeighbors[0]).toBeCloseTo(0.5, 12);
    expect(doubt[0]).toBeCloseTo(0.5, 12);
  });

  it("refuses what it cannot answer", () => {
    const bare = new Embeddings(Float32Array.of(1, 2), 2);
    expect(() => doubtfulLabels(bare, gallery)).toThrow("doubtfulLabels: expected embeddings with labels, but got none.");
    expect(() => doubtfulLabels(gallery, bare)).toThrow("doubtfulLabels: expected a gallery with labels, but got none.");
    expect(() => doubtfulLabels(gallery, gallery, { k: 181 })).toThrow(
      "doubtfulLabels: expected k to be a whole number from 1 to the gallery's 180 rows, but got 181.",
    );
  });
});
