import type { QuantizedQuery } from "./quantized-query.ts";

/** A row, by its place, and what its distance is at least and at most. */
export interface RowBounds {
  readonly row: number;
  readonly least: number;
  readonly most: number;
}

interface Kept {
  readonly scales: Float32Array;
  readonly errors: Float32Array;
  readonly norms: Uint32Array;
}

/** Relative error of the sums of double numbers below, with much to spare. */
const rounding = 1e-12;

/**
 * Keeps, of rows that come by, those that may be among the k nearest: a row is left out only where k others are nearer for certain.
 */
export class NearestBounds {
  readonly #query: QuantizedQuery;
  readonly #k: number;
  readonly #kept: Kept;
  /** A heap of the k least upper bounds, the greatest first. */
  readonly #heap: Float64Array;
  #found: RowBounds[] = [];
  #size = 0;
  /** From how many candidates on those are dropped that no longer can be. */
  #full: number;

  constructor(query: QuantizedQuery, k: number, kept: Kept) {
    this.#query = query;
    this.#k = k;
    this.#kept = kept;
    this.#heap = new Float64Array(k);
    this.#full = 4 * k + 1024;
  }

  /** Products of the query's codes with those of the rows from `first` on. */
  take(dots: Int32Array, count: number, first: number): void {
    const { scales, errors, norms } = this.#kept;
    const twice = 2 * this.#query.scale;
    const { norm, error } = this.#query;
    let limit = this.#limit();
    for (let i = 0, row = first; i < count; i++, row++) {
      const scale = scales[row] as number;
      const squared = norm + scale * (scale * (norms[row] as number) - twice * (dots[i] as number));
      const reach = limit + (errors[row] as number) + error;
      if (squared > reach * reach) continue;
      limit = this.#consider(row, squared);
    }
  }

  /** The same of listed rows. */
  takeListed(dots: Int32Array, count: number, rows: Uint32Array): void {
    const { scales, errors, norms } = this.#kept;
    const twice = 2 * this.#query.scale;
    const { norm, error } = this.#query;
    let limit = this.#limit();
    for (let i = 0; i < count; i++) {
      const row = rows[i] as number;
      const scale = scales[row] as number;
      const squared = norm + scale * (scale * (norms[row] as number) - twice * (dots[i] as number));
      const reach = limit + (errors[row] as number) + error;
      if (squared > reach * reach) continue;
      limit = this.#consider(row, squared);
    }
  }

  /** All that may be among the k nearest, the one with the least bound first. */
  rows(): RowBounds[] {
    this.#drop();
    return this.#found.sort((a, b) => a.least - b.least || a.row - b.row);
  }

  /** What k rows are nearer than for certain. */
  #limit(): number {
    return this.#size < this.#k ? Number.POSITIVE_INFINITY : (this.#heap[0] as number);
  }

  #consider(row: number, squared: number): number {
    const distance = Math.sqrt(Math.max(0, squared));
    // What subtracting large squares costs near 0 is at most the square root of its rounding.
    const slack = Math.sqrt(rounding * (this.#query.norm + Math.abs(squared))) + (this.#kept.errors[row] as number) + this.#query.error;
    const [least, most] = [Math.max(0, distance - slack), distance + slack];
    const before = this.#limit();
    if (least > before) return before;
    this.#found.push({ row, least, most });
    if (most < before) this.#lower(most);
    if (this.#found.length > this.#full) this.#drop();
    return this.#limit();
  }

  #drop(): void {
    const limit = this.#limit();
    this.#found = this.#found.filter(({ least }) => least <= limit);
    this.#full = 2 * this.#found.length + 1024;
  }

  /** Puts an upper bound into the heap, in place of the greatest where it is full. */
  #lower(bound: number): void {
    const heap = this.#heap;
    if (this.#size < this.#k) {
      let at = this.#size++;
      for (let parent = (at - 1) >> 1; at > 0 && (heap[parent] as number) < bound; at = parent, parent = (at - 1) >> 1)
        heap[at] = heap[parent] as number;
      heap[at] = bound;
      return;
    }
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= this.#size) break;
      if (child + 1 < this.#size && (heap[child + 1] as number) > (heap[child] as number)) child++;
      if ((heap[child] as number) <= bound) break;
      heap[at] = heap[child] as number;
      at = child;
    }
    heap[at] = bound;
  }
}
