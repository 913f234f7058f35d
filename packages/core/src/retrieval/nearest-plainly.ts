import { squaredDistance } from "../embeddings/distances.ts";
import type { NearestFound } from "../kernels/neighbors.ts";
import type { Compared } from "./compared.ts";

/**
 * Finds the k nearest rows of every query, pair by pair: what findNeighbors promises, in its plainest form. The kernel is held to it.
 * It answers where searches are small and where there are no kernels.
 *
 * @param found (queries, k): −1 and Infinity everywhere; it is written to
 */
export function nearestPlainly(
  { widenQueries, apart, ownRow, blocks }: Compared,
  { columns, k }: { readonly columns: number; readonly k: number },
  { rows, squares }: NearestFound,
): void {
  const Q = widenQueries();
  for (const { first, rows: inBlock, values } of blocks()) {
    for (let i = 0; i < rows.length / k; i++) {
      const last = i * k + k - 1;
      const self = ownRow(i);
      const own = apart?.queries[i] ?? -1;
      let farthest = squares[last] as number;
      for (let j = 0; j < inBlock; j++) {
        const square = squaredDistance(Q, i, values, j, columns, farthest);
        if (!(square < farthest)) continue; // farther, equally far with a greater row number, or NaN
        if (first + j === self) continue;
        if (own >= 0 && apart?.gallery[first + j] === own) continue;
        insert(rows, squares, i * k, last, first + j, square);
        farthest = squares[last] as number;
      }
    }
  }
}

/** Puts a row where it belongs among the nearest so far, after those equally far; the farthest drops out. */
function insert(rows: Int32Array, squares: Float64Array, first: number, last: number, row: number, square: number): void {
  let low = first;
  let high = last;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((squares[middle] as number) <= square) low = middle + 1;
    else high = middle;
  }
  squares.copyWithin(low + 1, low, last);
  rows.copyWithin(low + 1, low, last);
  squares[low] = square;
  rows[low] = row;
}
