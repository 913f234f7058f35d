import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Embeddings } from "../embeddings/embeddings.ts";
import { findNeighbors } from "../retrieval/neighbors.ts";
import { accuracyAtK, precisionAtK, recallAtK } from "./recall-at-k.ts";

const neighborsOf = (values: number[], k: number) => {
  const X = new Embeddings(Float32Array.from(values), 1);
  return findNeighbors(X, X, { k, excludeSelf: true });
};

describe("Recall@K and Acc@K", () => {
  it("give the worked example: five points on a line", () => {
    const neighbors = neighborsOf([0, 1, 2.5, 4, 6], 4);
    const labels = [0, 1, 0, 1, 1];
    expect([1, 2, 4].map((K) => recallAtK(neighbors, labels, K))).toEqual([0.2, 0.6, 1]);
    const shares = [1, 2, 4].map((K) => accuracyAtK(neighbors, labels, K));
    expect(shares[0]).toBeCloseTo(0.2, 12);
    expect(shares[1]).toBeCloseTo(0.3, 12);
    expect(shares[2]).toBeCloseTo(0.4, 12);
  });

  it("agree at K = 1, and Recall@K never falls as K grows", () => {
    const points = fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.nat(2)), { minLength: 6, maxLength: 30 });
    fc.assert(
      fc.property(points, (rows) => {
        const neighbors = neighborsOf(
          rows.map(([x]) => x),
          5,
        );
        const labels = rows.map(([, label]) => label);
        expect(recallAtK(neighbors, labels, 1)).toBe(accuracyAtK(neighbors, labels, 1));
        const recalls = [1, 2, 3, 4, 5].map((K) => recallAtK(neighbors, labels, K));
        for (let i = 1; i < 5; i++) expect(recalls[i]).toBeGreaterThanOrEqual(recalls[i - 1] as number);
      }),
    );
  });

  it("leave out a query whose class has no other member", () => {
    const neighbors = neighborsOf([0, 1, 2], 1);
    expect(recallAtK(neighbors, [0, 0, 5], 1)).toBe(1);
    expect(recallAtK(neighbors, [0, 1, 2], 1)).toBeNaN();
  });

  it("count a query that holds NaN as a miss", () => {
    expect(recallAtK(neighborsOf([0, 0.5, Number.NaN, 1], 1), [0, 0, 0, 0], 1)).toBe(0.75);
  });

  it("are 1 when everything is of one class", () => {
    expect(accuracyAtK(neighborsOf([0, 0, 0, 0], 3), [2, 2, 2, 2], 3)).toBe(1);
  });

  it("say what is wrong with K, the labels and neighbours that hold the query", () => {
    const neighbors = neighborsOf([0, 1, 2], 2);
    expect(() => recallAtK(neighbors, [0, 0, 0], 4)).toThrow("recallAtK: expected K to be from 1 to the 2 neighbors found, but got 4.");
    expect(() => accuracyAtK(neighbors, [0], 1)).toThrow("recallAtK: labels has 1 rows but neighbors has 3.");
    const X = new Embeddings(Float32Array.of(0, 1), 1);
    expect(() => recallAtK(findNeighbors(X, X, { k: 1 }), [0, 0], 1)).toThrow(
      "recallAtK: these neighbors include the query itself; find them with excludeSelf: true.",
    );
  });

  it("measure queries against a gallery, by hand: those of a class that is not there are left out", () => {
    const gallery = new Embeddings(Float32Array.of(0, 1, 5, 6), 1);
    const queries = new Embeddings(Float32Array.of(0.2, 5.1, 9), 1);
    const neighbors = findNeighbors(queries, gallery, { k: 3 });
    const labels = { queries: [0, 1, 2], gallery: [0, 1, 1, 1] };
    expect([1, 2, 3].map((K) => recallAtK(neighbors, labels, K))).toEqual([1, 1, 1]);
    expect([1, 2].map((K) => precisionAtK(neighbors, labels, K))).toEqual([1, 0.75]);
    expect(precisionAtK(neighbors, labels, 3)).toBeCloseTo((1 / 3 + 3 / 3) / 2, 12);
    expect(accuracyAtK(neighbors, labels, 3)).toBe(precisionAtK(neighbors, labels, 3));
  });

  it("leave a query out of a gallery in which it stands", () => {
    const gallery = new Embeddings(Float32Array.of(0, 1, 5), 1);
    const queries = new Embeddings(Float32Array.of(0, 4), 1);
    const labels = { queries: [0, 1], gallery: [0, 1, 1] };
    expect(recallAtK(findNeighbors(queries, gallery, { k: 1 }), labels, 1)).toBe(1);
    const apart = findNeighbors(queries, gallery, { k: 1, itself: Int32Array.of(0, -1) });
    expect(apart.rows).toEqual(Int32Array.of(1, 2));
    expect(recallAtK(apart, labels, 1)).toBe(1); // the first query has nobody else of its class, and is left out
    expect(recallAtK(apart, { queries: [0, 0], gallery: [0, 0, 1] }, 1)).toBe(0.5);
  });

  it("say which labels are missing", () => {
    const gallery = new Embeddings(Float32Array.of(0, 1, 5), 1);
    const neighbors = findNeighbors(gallery, gallery, { k: 3 });
    expect(() => precisionAtK(neighbors, { queries: [0], gallery: [0, 0, 0] }, 1)).toThrow(
      "recallAtK: labels.queries has 1 rows but neighbors has 3.",
    );
    expect(() => precisionAtK(neighbors, { queries: [0, 0, 0], gallery: [0, 0] }, 1)).toThrow(
      "recallAtK: gallery labels have 2 rows but a neighbor is row 2.",
    );
  });
});
