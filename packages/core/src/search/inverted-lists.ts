import type { Random } from "../random.ts";
import type { QuantizedRows } from "./quantized-rows.ts";

/** Rows that a list's centre is made from, and rounds of k-means. */
const sampledPerList = 64;
const rounds = 6;

/** Work between two pauses. */
const rowsAtOnce = 2048;

/**
 * Rows in lists by their nearest of a few hundred centres, so that a query looks at the rows of the nearest centres only: an inverted
 * file (Jégou, Douze and Schmid 2011). Rows that came later are in no list yet and are always looked at.
 */
export class InvertedLists {
  /** The centres. */
  readonly centres: QuantizedRows;
  /** Which list each row is in. */
  readonly listOf: Uint16Array;
  readonly #order: Uint32Array;
  readonly #starts: Uint32Array;

  constructor(centres: QuantizedRows, listOf: Uint16Array) {
    this.centres = centres;
    this.listOf = listOf;
    this.#starts = new Uint32Array(centres.length + 1);
    for (const list of listOf) this.#starts[list + 1] = (this.#starts[list + 1] as number) + 1;
    for (let list = 0; list < centres.length; list++)
      this.#starts[list + 1] = (this.#starts[list + 1] as number) + (this.#starts[list] as number);
    this.#order = new Uint32Array(listOf.length);
    const next = this.#starts.slice();
    for (const [row, list] of listOf.entries()) {
      const at = next[list] as number;
      this.#order[at] = row;
      next[list] = at + 1;
    }
  }

  /**
   * The rows in the lists nearest to a query, and those that are in none.
   *
   * @param lists how many
   * @param length how many rows there are by now
   */
  rowsNear(query: Float32Array, lists: number, length: number): Uint32Array {
    const near = this.centres.ranked(query).subarray(0, lists);
    const later = length - this.listOf.length;
    const size = near.reduce((sum, list) => sum + this.#sizeOf(list), later);
    const rows = new Uint32Array(size);
    let at = 0;
    for (const list of near) {
      rows.set(this.#order.subarray(this.#starts[list], this.#starts[list + 1]), at);
      at += this.#sizeOf(list);
    }
    for (let row = this.listOf.length; row < length; row++) rows[at++] = row;
    return rows;
  }

  /** The same lists where only some rows are kept, by the places where they were. */
  kept(before: Uint32Array): InvertedLists {
    return new InvertedLists(
      this.centres,
      Uint16Array.from(
        before.filter((row) => row < this.listOf.length),
        (row) => this.listOf[row] as number,
      ),
    );
  }

  /** The same centres with every row in a list: those that came later, too. */
  *extended(rows: QuantizedRows): Generator<number, InvertedLists> {
    const listOf = new Uint16Array(rows.length);
    listOf.set(this.listOf);
    for (let row = this.listOf.length; row < rows.length; row++) {
      if (row % rowsAtOnce === 0) yield row / rows.length;
      listOf[row] = this.centres.closestTo(rows, row);
    }
    return new InvertedLists(this.centres, listOf);
  }

  #sizeOf(list: number): number {
    return (this.#starts[list + 1] as number) - (this.#starts[list] as number);
  }
}

/**
 * Makes lists: centres by k-means over some of the rows, then each row's nearest. A generator, since it takes seconds for a million rows;
 * what it yields is the share that is done.
 *
 * @param rows as {@link QuantizedRows}
 * @param centres an empty one, of the same dimensions
 */
export function* makeLists(rows: QuantizedRows, centres: QuantizedRows, count: number, random: Random): Generator<number, InvertedLists> {
  const sampled = random.permutation(rows.length).subarray(0, sampledPerList * count);
  const { dimensions } = rows;
  const row = new Float32Array(dimensions);
  const values = new Float32Array(count * dimensions);
  for (let list = 0; list < count; list++) values.set(rows.approximate(sampled[list] as number, row), list * dimensions);
  const names = Uint32Array.from({ length: count }, (_, list) => list);
  for (let round = 0; ; round++) {
    centres.keep(() => false);
    centres.add(names, values);
    if (round === rounds) break;
    const sums = new Float64Array(count * dimensions);
    const sizes = new Uint32Array(count);
    for (const [i, one] of sampled.entries()) {
      if (i % rowsAtOnce === 0) yield (0.4 * (round + i / sampled.length)) / rounds;
      const list = centres.closestTo(rows, one);
      sizes[list] = (sizes[list] as number) + 1;
      rows.approximate(one, row);
      for (let j = 0; j < dimensions; j++) sums[list * dimensions + j] = (sums[list * dimensions + j] as number) + (row[j] as number);
    }
    for (let list = 0; list < count; list++) {
      const size = sizes[list] as number;
      // A list without rows begins anew at one of them.
      if (size === 0) values.set(rows.approximate(sampled[random.integer(sampled.length)] as number, row), list * dimensions);
      else for (let j = 0; j < dimensions; j++) values[list * dimensions + j] = (sums[list * dimensions + j] as number) / size;
    }
  }
  return yield* new InvertedLists(centres, new Uint16Array(0)).extended(rows);
}
