import type { QuantizedRows } from "@semblant/core/internals";
import { isServer } from "./dialect.ts";
import type { CodesOf } from "./face-codes.ts";
import { type Condition, conditionOf, type FaceFilter } from "./face-filter.ts";
import { facesStamp } from "./faces-stamp.ts";
import type { LibraryFile } from "./open-file.ts";

/** The faces that a filter lets through. */
export interface Passing {
  readonly condition: Condition;
  readonly count: number;
  /** Their places among the rows of codes; undefined where every face may be found. */
  rowsIn(rows: QuantizedRows, of: CodesOf): Uint32Array | undefined;
}

/** Filters that are remembered. */
const mostFilters = 8;

/** Which faces filters let through, kept until photos, faces or corrections change. */
export class PassingFaces {
  readonly #file: LibraryFile;
  readonly #known = new Map<string, Passing>();
  #stamp = "";

  constructor(file: LibraryFile) {
    this.#file = file;
  }

  /** @throws OptionError as {@link conditionOf} */
  of(filter: FaceFilter, classes: readonly string[]): Passing {
    const stamp = facesStamp(this.#file);
    if (stamp !== this.#stamp) this.#known.clear();
    this.#stamp = stamp;
    const key = JSON.stringify(filter);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const passing = passingOf(this.#file, conditionOf(this.#file, filter, classes));
    if (this.#known.size >= mostFilters) this.#known.delete(this.#known.keys().next().value as string);
    this.#known.set(key, passing);
    return passing;
  }
}

function passingOf(file: LibraryFile, condition: Condition): Passing {
  const { from, sql, values, all } = condition;
  if (all) return { condition, count: file.prepare("SELECT count(*) FROM faces").pluck().get() as number, rowsIn: () => undefined };
  if (isServer(file)) {
    const count = file
      .prepare(`SELECT count(*) FROM ${from} WHERE ${sql}`)
      .pluck()
      .get(...values) as number;
    return { condition, count, rowsIn: () => undefined };
  }
  const ids = Float64Array.from(
    file
      .prepare(`SELECT f.id FROM ${from} WHERE ${sql}`)
      .pluck()
      .all(...values) as number[],
  ).sort();
  let known: { readonly of: CodesOf; readonly rows: Uint32Array } | undefined;
  return {
    condition,
    count: ids.length,
    rowsIn(rows, of) {
      if (known?.of !== of) known = { of, rows: placesOf(ids, rows.ids) };
      return known.rows;
    },
  };
}

/** The places of ids among others; both rise. */
function placesOf(ids: Float64Array, among: Float64Array): Uint32Array {
  const places = new Uint32Array(Math.min(ids.length, among.length));
  let found = 0;
  for (let i = 0, row = 0; i < ids.length && row < among.length; ) {
    const [id, other] = [ids[i] as number, among[row] as number];
    if (id === other) places[found++] = row;
    if (id <= other) i++;
    if (other <= id) row++;
  }
  return places.subarray(0, found);
}
