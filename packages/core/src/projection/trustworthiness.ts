import { squaredDistance } from "../embeddings/distances.ts";
import type { Embeddings } from "../embeddings/embeddings.ts";
import { refuseNonFinite } from "../embeddings/finite.ts";
import { OptionError, refuseUnknown, ShapeError } from "../errors.ts";
import { refuseUnusablePositions } from "./positions.ts";
import { nearestOthers } from "./vantage-point-tree.ts";

/**
 * How far a map's neighbourhoods can be trusted: 1 where the k nearest points of every point are its k nearest rows too, about ½ on a
 * map drawn at random, 0 at worst.
 *
 * A point among the k nearest on the map costs what its rank by distance between the rows is above k, scaled so that the worst map
 * has 0 (Venna and Kaski 2001). Of rows or points equally far, the smaller row number counts as nearer. Every row is compared with
 * every other: 3,000 rows take under a second, 25,045 of 64 about half a minute on one core.
 *
 * @param positions the map, (rows, 2) as a rule, of any number of columns
 * @param k how many neighbours; from 1 to below half the rows
 * @throws OptionError if k is out of range or an option unknown
 * @throws ShapeError if positions are not rows of equal length, as many as X has
 * @throws DataError if X or the positions hold NaN or an infinite value
 *
 * @example
 * const X = new Embeddings(Float32Array.of(0, 1, 2, 3, 4, 5), 1);
 * trustworthiness(X, Float64Array.of(0, 0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0), { k: 2 }); // 1
 */
export function trustworthiness(X: Embeddings, positions: Float64Array, options: { k?: number } = {}): number {
  const where = "trustworthiness";
  refuseUnknown(where, options, ["k"]);
  const { k = 5 } = options;
  const n = X.rows;
  const columns = positions.length / n;
  if (!Number.isInteger(columns) || columns < 1)
    throw new ShapeError(`${where}: ${positions.length} positions do not divide into ${n} rows.`);
  refuseUnusablePositions(where, "positions", positions, { rows: n, columns });
  refuseNonFinite(where, X);
  if (!Number.isInteger(k) || k < 1 || k >= n / 2) {
    throw new OptionError(`${where}: expected k to be a whole number from 1 to below half of the ${n} rows, but got ${k}.`);
  }
  const points = Float64Array.from(X.values);
  const near = nearestOthers(positions, columns, k).rows;
  let cost = 0;
  for (let i = 0; i < n; i++) {
    for (const rank of ranksOf(points, X.columns, i, near.subarray(i * k, (i + 1) * k))) cost += Math.max(0, rank - k);
  }
  return 1 - (cost * 2) / (n * k * (2 * n - 3 * k - 1));
}

/** For each of some rows how many others are as near to row i, itself counted: 1 for the nearest. */
function ranksOf(points: Float64Array, columns: number, i: number, rows: Int32Array): Int32Array {
  const squares = Float64Array.from(rows, (row) => squaredDistance(points, i, points, row, columns));
  const farthest = squares.reduce((most, square) => Math.max(most, square), 0);
  const ranks = new Int32Array(rows.length).fill(1);
  for (let j = 0; j < points.length / columns; j++) {
    if (j === i) continue;
    const square = squaredDistance(points, i, points, j, columns, farthest);
    if (square > farthest) continue;
    for (let e = 0; e < rows.length; e++) {
      const other = squares[e] as number;
      if (square < other || (square === other && j < (rows[e] as number))) ranks[e] = (ranks[e] as number) + 1;
    }
  }
  return ranks;
}
