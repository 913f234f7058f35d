import { describe, expect, it } from "vitest";
import { Embeddings } from "../embeddings/embeddings.ts";
import { Random } from "../random.ts";
import { agglomerate, cutDendrogram } from "./agglomerate.ts";
import { clustersWithin } from "./clusters-within.ts";
import { linkRows } from "./links.ts";

/** Rows near so many centers, of which row i is near the (i mod centers)th. */
function around(centers: number, rows: number, spread: number): Embeddings {
  const random = new Random(7);
  const at = Array.from({ length: centers }, () => [random.normal(0, 5), random.normal(0, 5), random.normal(0, 5)]);
  const values = Float32Array.from({ length: 3 * rows }, (_, j) => {
    const center = at[Math.floor(j / 3) % centers] as number[];
    return (center[j % 3] as number) + random.normal(0, spread);
  });
  return new Embeddings(values, 3);
}

describe("groups of average linkage up to a height", () => {
  it("are those of all pairs, to the last, where rows are few", () => {
    const X = around(30, 300, 0.5);
    const exact = agglomerate(X);
    for (const height of [0.1, 2, 20, Infinity]) {
      expect(clustersWithin(X, height, { random: new Random(0) })).toEqual(cutDendrogram(exact, height));
    }
  });

  it("of many rows are the centers that they lie around, where these stand apart", () => {
    const X = around(150, 6000, 0.02);
    const clusters = clustersWithin(X, 0.05, { random: new Random(0) });
    // Two centers may have been drawn near each other: what all rows of the first 2,000 give is right.
    const some = X.take(Int32Array.from({ length: 1950 }, (_, i) => i));
    expect(clusters.subarray(0, 1950)).toEqual(cutDendrogram(agglomerate(some), 0.05));
    expect(clusters.every((cluster, i) => cluster === clusters[i % 150])).toBe(true);
  });

  it("of many rows are one without a bound, and all alone at none", () => {
    const X = around(5, 2500, 1);
    expect(new Set(clustersWithin(X, Infinity, { random: new Random(0) })).size).toBe(1);
    expect(new Set(clustersWithin(X, 0, { random: new Random(0) })).size).toBe(2500);
    const copies = new Embeddings(new Float32Array(3000).fill(2), 1);
    expect(new Set(clustersWithin(copies, 0.1, { random: new Random(0) })).size).toBe(1);
  });

  it("of many rows keep what people said of pairs", () => {
    const X = around(40, 4000, 0.02);
    const linked = linkRows(4000, { together: [[0, 1]], apart: [[0, 40]] });
    const clusters = clustersWithin(X, 0.05, { linked, random: new Random(0) });
    expect(clusters[0]).toBe(clusters[1]);
    expect(clusters[0]).not.toBe(clusters[40]);
    expect(clusters[80]).toBe(clusters[120]);
  });

  it("are the same by the same seed", () => {
    const X = around(3, 3000, 2);
    const of = (seed: number) => clustersWithin(X, 1, { random: new Random(seed) });
    expect(of(1)).toEqual(of(1));
  });
});
