import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Embeddings } from "../embeddings/embeddings.ts";
import { findNeighbors } from "../retrieval/neighbors.ts";
import { clouds, digits } from "./fixtures/oracle.ts";
import { nearestOthers, VantagePointTree } from "./vantage-point-tree.ts";

/** Many rows are equal and many equally far. */
const lattice = fc
  .array(fc.tuple(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -3, max: 3 })), { minLength: 30, maxLength: 150 })
  .map((rows) => new Embeddings(Float32Array.from(rows.flat()), 2));

function expectSame(X: Embeddings, k: number): void {
  const { rows, squares } = nearestOthers(Float64Array.from(X.values), X.columns, k);
  const expected = findNeighbors(X, X, { k, excludeSelf: true });
  expect(Array.from(rows)).toEqual(Array.from(expected.rows));
  expect(Array.from(squares, Math.sqrt)).toEqual(Array.from(expected.distances));
}

describe("the vantage-point tree", () => {
  it("finds the rows that a search of all rows finds, equals in the order of their numbers", () => {
    fc.assert(fc.property(lattice, fc.integer({ min: 1, max: 20 }), expectSame));
    expectSame(digits, 90);
    expectSame(clouds(800, 16, 5), 30);
  });

  it("finds them among rows far from the origin and near to each other", () => {
    const X = clouds(200, 3, 4);
    expectSame(
      new Embeddings(
        X.values.map((value) => 4096 + value / 64),
        3,
      ),
      10,
    );
  });

  it("finds identical rows", () => expectSame(new Embeddings(new Float32Array(400).fill(7), 4), 12));

  it("finds what is nearest to a point that is not a row", () => {
    const tree = new VantagePointTree(
      Float64Array.from({ length: 100 }, (_, i) => i),
      1,
    );
    const [rows, squares] = [new Int32Array(3), new Float64Array(3)];
    tree.search(Float64Array.of(41.7), 0, -1, rows, squares, 0, 3);
    expect(Array.from(rows)).toEqual([42, 41, 43]);
    expect(squares[0]).toBeCloseTo(0.09, 12);
  });

  it("leaves row −1 and an infinite square where there are fewer rows than asked for", () => {
    const { rows, squares } = nearestOthers(Float64Array.of(0, 1), 1, 2);
    expect(Array.from(rows)).toEqual([1, -1, 0, -1]);
    expect(Array.from(squares)).toEqual([1, Infinity, 1, Infinity]);
  });
});
