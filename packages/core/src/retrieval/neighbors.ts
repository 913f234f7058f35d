import type { Embeddings } from "../embeddings/embeddings.ts";
import { invalidOption, OptionError, refuseUnknown } from "../errors.ts";
import { nearestByKernel } from "../kernels/neighbors.ts";
import { compared, type NotCompared } from "./compared.ts";
import type { RowsApart } from "./leave-out.ts";
import { nearestPlainly } from "./nearest-plainly.ts";

/** Fewer queries, or products, take less time than it takes to lay the gallery out for a kernel. */
const [FEWEST, LEAST] = [4, 2_000_000];

/** The nearest gallery rows of each query, made once and read by recall, accuracy, classification and pictures. */
export interface Neighbors {
  readonly queries: number;
  readonly k: number;
  /** True if query i was never compared with gallery row i. */
  readonly excludesSelf: boolean;
  /** (queries): the gallery row that each query is and was not compared with, −1 where it is none; absent where that was not said. */
  readonly itself?: Int32Array;
  /** Which rows were never compared, being of one recording or one person; absent where all were. */
  readonly apart?: RowsApart;
  /** (queries, k): gallery row numbers, nearest first; −1 where there is none. */
  readonly rows: Int32Array;
  /** (queries, k): Euclidean distances; NaN where there is no row. */
  readonly distances: Float64Array;
}

/**
 * The k nearest gallery rows of every query, exact, by Euclidean distance.
 *
 * Differences are taken and added in float64. Of rows equally far, the smaller row number comes first. Rows with NaN or
 * an infinite value are never returned, and a query with one finds nothing: row −1, distance NaN, which also fills the
 * places that are left when fewer than k rows are finite or may be found. With `excludeSelf`, queries and gallery are the same set and
 * query i does not find row i (but may find its twin). Where only some of the queries stand in the gallery, `itself` says which row each
 * is.
 *
 * Where rows say of which recording they are (`sequences`), a query finds no row of its own: the next frame of a video is nearly the same
 * picture, and that it is near says nothing. `leaveOut: "person"` keeps all rows of the same person out, and `"nothing"` none.
 *
 * Works through queries and gallery in tiles: beside the result, 48 MiB at most are held. Where a search is large, a kernel of
 * WebAssembly sorts out the far rows and all cores help; the answer is the same to the bit. 3,137 queries against 25,045 rows of 64 take
 * about half a second on one core.
 *
 * @param k how many rows; from 1 to the rows of the gallery (one fewer with `excludeSelf`)
 * @throws OptionError if k is out of range or an option unknown
 * @throws ShapeError if queries and gallery differ in columns, or in rows with `excludeSelf`, or `itself` names no row
 *
 * @example
 * const X = new Embeddings(Float32Array.of(0, 1, 2.5, 4, 6), 1);
 * findNeighbors(X, X, { k: 2, excludeSelf: true }).rows; // Int32Array [1, 2, 0, 2, 1, 3, 2, 4, 3, 2]
 */
export function findNeighbors(queries: Embeddings, gallery: Embeddings, options: NotCompared & { k: number }): Neighbors {
  const where = "findNeighbors";
  refuseUnknown(where, options, ["k", "excludeSelf", "itself", "leaveOut"]);
  const { k, excludeSelf = false, itself } = options;
  const ready = compared(where, queries, gallery, options);
  refuseMany(where, k, { rows: gallery.rows, without: excludeSelf || itself?.some((row) => row >= 0) === true });

  const { apart } = ready;
  const rows = new Int32Array(queries.rows * k).fill(-1);
  const squares = new Float64Array(queries.rows * k).fill(Infinity);
  const asked = { queries: queries.values, gallery: gallery.values, columns: gallery.columns, k, ownRow: ready.ownRow, apart };
  const worth = queries.rows >= FEWEST && queries.rows * gallery.values.length >= LEAST;
  if (!(worth && nearestByKernel(asked, { rows, squares }))) nearestPlainly(ready, { columns: gallery.columns, k }, { rows, squares });
  const distances = squares.map((square) => (square === Infinity ? Number.NaN : Math.sqrt(square)));
  return { queries: queries.rows, k, excludesSelf: excludeSelf, ...(itself && { itself }), ...(apart && { apart }), rows, distances };
}

function refuseMany(where: string, k: number, { rows, without }: { readonly rows: number; readonly without: boolean }): void {
  if (!Number.isInteger(k) || k < 1) throw invalidOption(where, "k", "a whole number above 0", k);
  const most = Math.max(0, rows - (without ? 1 : 0));
  if (k > most) {
    const itself = without ? " beside the query itself" : "";
    throw new OptionError(`${where}: expected k to be at most the ${most} rows of the gallery${itself}, but got ${k}.`);
  }
}
