import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Embeddings } from "../embeddings/embeddings.ts";
import { farthest, oracle, oracleTest, oracleTrain } from "../fixtures/oracle.ts";
import { Random } from "../random.ts";
import { findNeighbors } from "./neighbors.ts";

/** Every pair, sorted: the definition. */
function byDefinition(queries: Embeddings, gallery: Embeddings, k: number, excludeSelf = false): number[] {
  return Array.from({ length: queries.rows }, (_, i) => {
    const all = Array.from({ length: gallery.rows }, (_, row) => ({ row, square: squareOf(queries.row(i), gallery.row(row)) }));
    const usable = all.filter(({ row, square }) => Number.isFinite(square) && !(excludeSelf && row === i));
    const nearest = usable.sort((a, b) => a.square - b.square || a.row - b.row).slice(0, k);
    return Array.from({ length: k }, (_, n) => nearest[n]?.row ?? -1);
  }).flat();
}

function squareOf(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, d) => sum + (value - (b[d] as number)) ** 2, 0);
}

/** Whole numbers from 0 to 3: sums are exact in any order, and ties are common. */
const grid = (columns: number, most = 40) =>
  fc.array(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: columns, maxLength: columns }), { minLength: 2, maxLength: most });
const embed = (rows: readonly (readonly number[])[], columns: number) => new Embeddings(Float32Array.from(rows.flat()), columns);
const gaussian = (rows: number, columns: number, seed: number) => {
  const random = new Random(seed);
  return new Embeddings(
    Float32Array.from({ length: rows * columns }, () => random.normal()),
    columns,
  );
};

describe("findNeighbors", () => {
  it("finds the rows and distances that scikit-learn finds", () => {
    const { k, rows, distances } = oracle.neighbors;
    const found = findNeighbors(oracleTest, oracleTrain, { k });
    expect(Array.from(found.rows)).toEqual(rows);
    expect(farthest(found.distances, distances)).toBeLessThan(1e-10);
  });

  it("agrees with sorting every pair, equally far rows in the order of their numbers", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 19 }), (columns) => {
        fc.assert(
          fc.property(grid(columns), grid(columns), fc.nat(), (q, g, n) => {
            const [queries, gallery] = [embed(q, columns), embed(g, columns)];
            const k = 1 + (n % gallery.rows);
            expect(Array.from(findNeighbors(queries, gallery, { k }).rows)).toEqual(byDefinition(queries, gallery, k));
          }),
          { numRuns: 20 },
        );
      }),
      { numRuns: 19 },
    );
  });

  it("agrees with sorting every pair across several blocks of the gallery", () => {
    const [queries, gallery] = [gaussian(7, 64, 1), gaussian(1500, 64, 2)];
    expect(Array.from(findNeighbors(queries, gallery, { k: 11 }).rows)).toEqual(byDefinition(queries, gallery, 11));
  });

  it("finds twins of one row in the order of their numbers, wherever they are", () => {
    const gallery = gaussian(1200, 64, 3);
    for (const row of [5, 700, 1199]) gallery.row(row).set(gallery.row(40));
    const { rows, distances } = findNeighbors(gallery.take([40]), gallery, { k: 4 });
    expect(Array.from(rows)).toEqual([5, 40, 700, 1199]);
    expect(Array.from(distances)).toEqual([0, 0, 0, 0]);
  });

  it("never compares a row with itself when told so, but finds its twin", () => {
    const X = new Embeddings(Float32Array.of(0, 0, 3), 1);
    expect(Array.from(findNeighbors(X, X, { k: 1, excludeSelf: true }).rows)).toEqual([1, 0, 0]);
    fc.assert(
      fc.property(grid(3), (rows) => {
        const Y = embed(rows, 3);
        const k = Y.rows - 1;
        expect(Array.from(findNeighbors(Y, Y, { k, excludeSelf: true }).rows)).toEqual(byDefinition(Y, Y, k, true));
      }),
    );
  });

  it("gives a batch of queries what it gives each alone", () => {
    const [queries, gallery] = [gaussian(20, 5, 4), gaussian(50, 5, 5)];
    const together = findNeighbors(queries, gallery, { k: 3 });
    const alone = Array.from({ length: 20 }, (_, i) => findNeighbors(queries.take([i]), gallery, { k: 3 }));
    expect(Array.from(together.rows)).toEqual(alone.flatMap(({ rows }) => Array.from(rows)));
    expect(Array.from(together.distances)).toEqual(alone.flatMap(({ distances }) => Array.from(distances)));
  });

  it("keeps its answer when all points move by whole numbers or swap and mirror axes", () => {
    fc.assert(
      fc.property(grid(4), (rows) => {
        const X = embed(rows, 4);
        const moved = embed(
          rows.map(([a, b, c, d]) => [7 - (d as number), (a as number) + 2, -(c as number), b as number]),
          4,
        );
        expect(Array.from(findNeighbors(moved, moved, { k: 2 }).rows)).toEqual(Array.from(findNeighbors(X, X, { k: 2 }).rows));
      }),
    );
  });

  it("never returns a row with NaN or an infinite value, and gives a query with one row -1", () => {
    const gallery = new Embeddings(Float32Array.of(Number.NaN, 0, 1, 1, Infinity, 0, 5, 5), 2);
    const queries = new Embeddings(Float32Array.of(0, 0, 0, Number.NaN, -Infinity, 0), 2);
    const { rows, distances } = findNeighbors(queries, gallery, { k: 3 });
    expect(Array.from(rows)).toEqual([1, 3, -1, -1, -1, -1, -1, -1, -1]);
    expect(Array.from(distances.subarray(0, 2))).toEqual([Math.SQRT2, Math.sqrt(50)]);
    expect(distances.subarray(2).every(Number.isNaN)).toBe(true);
  });

  it("finds distances between points too far apart for float32", () => {
    const X = new Embeddings(Float32Array.of(3e38, -3e38), 1);
    expect(findNeighbors(X, X, { k: 1, excludeSelf: true }).distances[0]).toBeCloseTo(6e38, -32);
  });

  it("answers no queries with no neighbours", () => {
    const found = findNeighbors(new Embeddings(new Float32Array(0), 2), new Embeddings(Float32Array.of(1, 2), 2), { k: 1 });
    expect(found).toMatchObject({ queries: 0, k: 1, excludesSelf: false });
    expect(found.rows.length).toBe(0);
  });

  it("says what is wrong with k, columns, rows and unknown options", () => {
    const X = gaussian(5, 2, 6);
    expect(() => findNeighbors(X, X, { k: 6 })).toThrow("findNeighbors: expected k to be at most the 5 rows of the gallery, but got 6.");
    expect(() => findNeighbors(X, X, { k: 5, excludeSelf: true })).toThrow(
      "findNeighbors: expected k to be at most the 4 rows of the gallery beside the query itself, but got 5.",
    );
    expect(() => findNeighbors(X, X, { k: 0 })).toThrow("findNeighbors: expected k to be a whole number above 0, but got 0.");
    expect(() => findNeighbors(X, gaussian(5, 3, 7), { k: 1 })).toThrow("findNeighbors: queries have 2 columns but gallery has 3.");
    expect(() => findNeighbors(X, gaussian(4, 2, 7), { k: 1, excludeSelf: true })).toThrow(
      "findNeighbors: excludeSelf needs queries and gallery to be the same rows, but they have 5 and 4.",
    );
    expect(() => findNeighbors(X, X, { k: 1, excludeself: true } as { k: number })).toThrow(
      'findNeighbors: unknown option "excludeself"; did you mean "excludeSelf"?',
    );
  });
});
