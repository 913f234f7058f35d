import { squaredDistance } from "../embeddings/distances.ts";
import type { Embeddings } from "../embeddings/embeddings.ts";
import { refuseNonFinite } from "../embeddings/finite.ts";
import { DataError, invalidOption, refuseUnknown } from "../errors.ts";
import { refuseUnequal } from "../metrics/label-rows.ts";

/** One group of rows and the rows that show what it is like. */
export interface Group {
  /** Its number in `clusters`. */
  readonly cluster: number;
  /** How many rows it has. */
  readonly size: number;
  /** The row of it that is closest to its mean. */
  readonly medoid: number;
  /** The rows of it nearest to the medoid, nearest first: the medoid itself comes first. */
  readonly top: Int32Array;
}

/**
 * The medoid and the top rows of each group, in ascending order of the groups' numbers: what Figures 8 and 9 of the paper show.
 *
 * The medoid is the member closest to the group's mean; the top are the members nearest to the medoid, `top` of them (16 in the
 * paper) or all of a smaller group. Distances are Euclidean; of equals the smaller row comes first. Groups without rows are left
 * out, and so are rows of cluster −1, which belong to no group.
 *
 * @throws OptionError if `top` is not a whole number above 0, or an option is unknown
 * @throws ShapeError if X and clusters differ in rows
 * @throws DataError if a cluster is not a whole number from −1, or a row holds NaN or an infinite value
 *
 * @example
 * const X = new Embeddings(Float32Array.of(0, 1, 5, 40, 41), 1);
 * groupsOf(X, [0, 0, 0, 2, 2], { top: 2 })[0]; // { cluster: 0, size: 3, medoid: 1, top: Int32Array(2) [1, 0] }
 */
export function groupsOf(X: Embeddings, clusters: ArrayLike<number>, options: { readonly top?: number } = {}): Group[] {
  const where = "groupsOf";
  refuseUnknown(where, options, ["top"]);
  const { top = 16 } = options;
  if (!Number.isInteger(top) || top < 1) throw invalidOption(where, "top", "a whole number above 0", top);
  refuseUnequal(where, { X: X.rows, clusters: clusters.length });
  refuseNonFinite(where, X);
  const members = new Map<number, number[]>();
  for (let i = 0; i < X.rows; i++) {
    const cluster = clusters[i] as number;
    if (!Number.isInteger(cluster) || cluster < -1) {
      throw new DataError(`${where}: expected clusters to be whole numbers from -1, but row ${i} has ${cluster}.`);
    }
    if (cluster === -1) continue;
    const rows = members.get(cluster);
    if (rows) rows.push(i);
    else members.set(cluster, [i]);
  }
  return [...members.keys()]
    .sort((a, b) => a - b)
    .map((cluster) => {
      const rows = members.get(cluster) as number[];
      const [medoid] = nearestFirst(X, rows, meanOf(X, rows), 1) as [number];
      const nearest = nearestFirst(X, rows, Float64Array.from(X.row(medoid)), top);
      return { cluster, size: rows.length, medoid, top: Int32Array.from(nearest) };
    });
}

function meanOf(X: Embeddings, rows: readonly number[]): Float64Array {
  const mean = new Float64Array(X.columns);
  for (const i of rows) for (let d = 0; d < X.columns; d++) mean[d] = (mean[d] as number) + (X.values[i * X.columns + d] as number);
  return mean.map((sum) => sum / rows.length);
}

/** The `top` rows nearest to a point, nearest first, equals in order of their numbers. */
function nearestFirst(X: Embeddings, rows: readonly number[], point: Float64Array, top: number): number[] {
  const x = new Float64Array(X.columns);
  const squares = Float64Array.from(rows, (row) => {
    for (let d = 0; d < X.columns; d++) x[d] = X.values[row * X.columns + d] as number;
    return squaredDistance(x, 0, point, 0, X.columns);
  });
  const farthest = squares.length > top ? (squares.toSorted()[top - 1] as number) : Infinity;
  return [...rows.keys()]
    .filter((at) => (squares[at] as number) <= farthest)
    .sort((a, b) => (squares[a] as number) - (squares[b] as number) || (rows[a] as number) - (rows[b] as number))
    .slice(0, top)
    .map((at) => rows[at] as number);
}
