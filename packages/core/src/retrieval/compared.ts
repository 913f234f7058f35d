import type { Embeddings } from "../embeddings/embeddings.ts";
import { OptionError, ShapeError } from "../errors.ts";
import { keptApart, type LeaveOut, type RowsApart } from "./leave-out.ts";

/** Which rows of the gallery a query is not compared with. */
export interface NotCompared {
  /** Whether queries and gallery are the same rows, so that query i is not compared with row i (false). */
  readonly excludeSelf?: boolean;
  /** (queries): the gallery row that each query is, −1 where it is none: a query is not compared with itself. */
  readonly itself?: Int32Array;
  /** Which other rows are never compared: `sequence` (by default), `person` or `nothing`. */
  readonly leaveOut?: LeaveOut;
}

/** Queries and gallery, made ready to be compared. */
export interface Compared {
  /** (queries, columns) in float64, with NaN for what is not finite: made anew at each call. */
  widenQueries(): Float64Array;
  readonly apart: RowsApart | undefined;
  /** The gallery row that a query is, or −1. */
  readonly ownRow: (query: number) => number;
  /** The gallery, one block of rows after the other. */
  blocks(): Iterable<GalleryBlock>;
}

interface GalleryBlock {
  /** Number of its first row. */
  readonly first: number;
  readonly rows: number;
  /** (rows, columns), with NaN for what is not finite. */
  readonly values: Float64Array;
}

/** Gallery values widened to float64 at a time: 256 KiB, which stays in a processor's second-level cache. */
const BLOCK = 32_768;

/**
 * Makes queries and gallery ready to be compared, row by row.
 *
 * @throws ShapeError if they differ in columns, in rows with `excludeSelf`, or `itself` is not of the queries or names no row
 * @throws OptionError if both `excludeSelf` and `itself` are given, or `leaveOut` is none of the three
 */
export function compared(where: string, queries: Embeddings, gallery: Embeddings, not: NotCompared): Compared {
  const { excludeSelf = false, itself, leaveOut = "sequence" } = not;
  refuseMismatch(where, queries, gallery, not);
  const { columns } = gallery;
  const blockRows = Math.max(1, Math.floor(BLOCK / columns));
  return {
    widenQueries: () => finiteOrNaN(queries.values),
    apart: keptApart(where, leaveOut, queries, gallery),
    ownRow: (query) => ownRow({ excludesSelf: excludeSelf, itself }, query),
    *blocks() {
      for (let first = 0; first < gallery.rows; first += blockRows) {
        const values = finiteOrNaN(gallery.values.subarray(first * columns, (first + blockRows) * columns));
        yield { first, rows: values.length / columns, values };
      }
    },
  };
}

/** The gallery row that a query is and was not compared with; −1 where it is none. */
export function ownRow(
  { excludesSelf, itself }: { readonly excludesSelf: boolean; readonly itself?: Int32Array | undefined },
  query: number,
): number {
  return excludesSelf ? query : (itself?.[query] ?? -1);
}

/** A float64 copy in which infinite values are NaN, so that one comparison leaves out both. */
function finiteOrNaN(values: Float32Array): Float64Array {
  const copy = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    copy[i] = Number.isFinite(value) ? value : Number.NaN;
  }
  return copy;
}

function refuseMismatch(where: string, queries: Embeddings, gallery: Embeddings, { excludeSelf, itself }: NotCompared): void {
  if (queries.columns !== gallery.columns) {
    throw new ShapeError(`${where}: queries have ${queries.columns} columns but gallery has ${gallery.columns}.`);
  }
  if (excludeSelf && queries.rows !== gallery.rows) {
    throw new ShapeError(
      `${where}: excludeSelf needs queries and gallery to be the same rows, but they have ${queries.rows} and ${gallery.rows}.`,
    );
  }
  if (itself === undefined) return;
  if (excludeSelf) throw new OptionError(`${where}: expected excludeSelf or itself, but got both.`);
  if (itself.length !== queries.rows) {
    throw new ShapeError(`${where}: expected itself to have one entry for each of the ${queries.rows} queries, but got ${itself.length}.`);
  }
  const bad = itself.findIndex((row) => row < -1 || row >= gallery.rows);
  if (bad >= 0) {
    throw new ShapeError(
      `${where}: expected itself to hold gallery rows from 0 to ${gallery.rows - 1}, or -1, but query ${bad} has ${itself[bad]}.`,
    );
  }
}
