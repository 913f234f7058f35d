import { describe, expect, it } from "vitest";
import { Embeddings } from "../embeddings/embeddings.ts";
import { Random } from "../random.ts";
import { nearNeighbors } from "./near-neighbors.ts";
import { findNeighbors } from "./neighbors.ts";

/** Rows around 40 centers, along 8 of 16 directions. */
function drawn(rows: number, seed: number): Embeddings {
  const centers = new Random(1);
  const at = Float32Array.from({ length: 40 * 16 }, () => centers.normal(0, 2));
  const random = new Random(seed);
  const values = Float32Array.from({ length: rows * 16 }, (_, j) => {
    const center = Math.floor(j / 16) % 40;
    return (at[center * 16 + (j % 16)] as number) + random.normal(0, j % 16 < 8 ? 1 : 0.1);
  });
  return new Embeddings(values, 16);
}

describe("near neighbours", () => {
  it("are nearly all of the nearest, at their distances and in their order", () => {
    const [queries, gallery] = [drawn(300, 2), drawn(20_000, 3)];
    const [near, exact] = [nearNeighbors(queries, gallery, { k: 11 }), findNeighbors(queries, gallery, { k: 11 })];
    let same = 0;
    for (let i = 0; i < 300; i++) {
      const right = new Set(exact.rows.subarray(i * 11, (i + 1) * 11));
      for (let j = i * 11; j < (i + 1) * 11; j++) {
        if (!right.has(near.rows[j] as number)) continue;
        same++;
        expect(near.distances[j]).toBe(exact.distances[exact.rows.indexOf(near.rows[j] as number, i * 11)]);
      }
      expect(near.distances.subarray(i * 11, (i + 1) * 11)).toEqual(near.distances.slice(i * 11, (i + 1) * 11).sort());
    }
    expect(same / (300 * 11)).toBeGreaterThan(0.97);
  });

  it("are exactly the nearest of a gallery with as few cells as are looked into", () => {
    const [queries, gallery] = [drawn(50, 4), drawn(900, 5)];
    expect(nearNeighbors(queries, gallery, { k: 5 }).rows).toEqual(findNeighbors(queries, gallery, { k: 5 }).rows);
  });

  it("are of no row that is not finite, nor of the query's own recording", () => {
    const gallery = new Embeddings(Float32Array.of(0, Number.NaN, 1, 2), 1, { sequences: ["a", "a", "a", "b"] });
    const queries = new Embeddings(Float32Array.of(0, Number.NaN), 1, { sequences: ["a", "c"] });
    expect(nearNeighbors(queries, gallery, { k: 2 }).rows).toEqual(Int32Array.of(3, -1, -1, -1));
    expect(nearNeighbors(queries, gallery, { k: 2, leaveOut: "nothing" }).rows).toEqual(Int32Array.of(0, 2, -1, -1));
  });

  it("of copies without number are found: what no plane parts is halved", () => {
    const gallery = new Embeddings(new Float32Array(5000).fill(3), 1);
    expect(nearNeighbors(new Embeddings(Float32Array.of(3), 1), gallery, { k: 2 }).distances).toEqual(Float64Array.of(0, 0));
  });

  it("refuse a k beyond the gallery", () => {
    const X = new Embeddings(Float32Array.of(1, 2), 1);
    expect(() => nearNeighbors(X, X, { k: 3 })).toThrow("nearNeighbors: expected k to be at most the 2 rows of the gallery, but got 3.");
    expect(() => nearNeighbors(X, X, { k: 0 })).toThrow("nearNeighbors: expected k to be a whole number above 0, but got 0.");
  });
});
