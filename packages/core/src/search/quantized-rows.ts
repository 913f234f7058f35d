import { type CodeMemory, PlainCodes, rowsAtOnce } from "./code-memory.ts";
import { NearestBounds, type RowBounds } from "./nearest-bounds.ts";
import { quantizedQuery } from "./quantized-query.ts";

/** Rows of a {@link QuantizedRows} as they are kept in a file. */
export interface QuantizedColumns {
  readonly ids: Float64Array;
  readonly codes: Int8Array;
  readonly scales: Float32Array;
  readonly errors: Float32Array;
}

/**
 * Rows of numbers as 8-bit codes, with a bound on what that costs each of them: scalar quantisation.
 *
 * A row `x` is kept as whole numbers `c` from −127 to 127 and a scale `s`, and as the length `e` of `x − s c`. The distance of a query to
 * `x` then differs from that to `s c` by at most `e`. So the rows that may be among the nearest are known for certain, and are few:
 * whoever has the rows themselves compares those. A row of 64 numbers takes 92 bytes in place of 264.
 */
export class QuantizedRows {
  readonly dimensions: number;
  readonly #width: number;
  readonly #memory: CodeMemory;
  #length = 0;
  #ids = new Float64Array(0);
  #scales = new Float32Array(0);
  #errors = new Float32Array(0);
  /** Of each row: the squared length of its codes. */
  #norms = new Uint32Array(0);
  #query: Int16Array | undefined;

  constructor(dimensions: number, memory?: CodeMemory) {
    this.dimensions = dimensions;
    this.#width = widthOf(dimensions);
    this.#memory = memory ?? new PlainCodes(this.#width);
  }

  get length(): number {
    return this.#length;
  }

  /** What each row is known by, in the order in which they came. */
  get ids(): Float64Array {
    return this.#ids.subarray(0, this.#length);
  }

  /** Adds rows of `values`, (ids, dimensions). One with a number that is not finite is passed over: it is near nothing. */
  add(ids: ArrayLike<number>, values: Float32Array): void {
    this.#reserve(this.#length + ids.length);
    for (let i = 0; i < ids.length; i++) {
      const row = this.#length;
      if (!this.#encode(values, i * this.dimensions, row)) continue;
      this.#ids[row] = ids[i] as number;
      this.#length++;
    }
  }

  /**
   * Keeps only some rows, in their order.
   *
   * @returns where each of them was
   */
  keep(kept: (id: number) => boolean): Uint32Array {
    const { codes } = this.#memory;
    const before = new Uint32Array(this.#length);
    let to = 0;
    for (let row = 0; row < this.#length; row++) {
      if (!kept(this.#ids[row] as number)) continue;
      before[to] = row;
      if (to < row) {
        codes.copyWithin(to * this.#width, row * this.#width, (row + 1) * this.#width);
        this.#ids[to] = this.#ids[row] as number;
        this.#scales[to] = this.#scales[row] as number;
        this.#errors[to] = this.#errors[row] as number;
        this.#norms[to] = this.#norms[row] as number;
      }
      to++;
    }
    this.#length = to;
    return before.subarray(0, to);
  }

  /**
   * The rows that may be among the k nearest to a query, with bounds on their distances; each of the k nearest is one of them.
   *
   * @param only rows, by their place, that alone are looked at; by default all
   */
  candidates(query: Float32Array, k: number, only?: Uint32Array): RowBounds[] {
    const asked = quantizedQuery(query, this.#width);
    const nearest = new NearestBounds(asked, k, { scales: this.#scales, errors: this.#errors, norms: this.#norms });
    const count = only?.length ?? this.#length;
    for (let first = 0; first < count; first += rowsAtOnce) {
      const n = Math.min(rowsAtOnce, count - first);
      if (only === undefined) nearest.take(this.#memory.dots(asked.codes, first, n), n, first);
      else nearest.takeListed(this.#memory.dotsOf(asked.codes, only, first, n), n, only.subarray(first, first + n));
    }
    return nearest.rows();
  }

  /** The row that is closest to a row of others, both as their codes stand for them. */
  closestTo(others: QuantizedRows, row: number): number {
    const asked = others.#asQuery(row);
    let best = -1;
    let least = Number.POSITIVE_INFINITY;
    for (let first = 0; first < this.#length; first += rowsAtOnce) {
      const n = Math.min(rowsAtOnce, this.#length - first);
      const dots = this.#memory.dots(asked.codes, first, n);
      for (let i = 0; i < n; i++) {
        const scale = this.#scales[first + i] as number;
        const squared = scale * (scale * (this.#norms[first + i] as number) - 2 * asked.scale * (dots[i] as number));
        if (squared >= least) continue;
        least = squared;
        best = first + i;
      }
    }
    return best;
  }

  /** The places of the rows nearest to a query, as their codes stand for them, the nearest first. */
  ranked(query: Float32Array): Uint32Array {
    const asked = quantizedQuery(query, this.#width);
    const squared = new Float64Array(this.#length);
    for (let first = 0; first < this.#length; first += rowsAtOnce) {
      const n = Math.min(rowsAtOnce, this.#length - first);
      const dots = this.#memory.dots(asked.codes, first, n);
      for (let row = first; row < first + n; row++) {
        const scale = this.#scales[row] as number;
        squared[row] = scale * (scale * (this.#norms[row] as number) - 2 * asked.scale * (dots[row - first] as number));
      }
    }
    return Uint32Array.from(squared.keys()).sort((a, b) => (squared[a] as number) - (squared[b] as number) || a - b);
  }

  #asQuery(row: number): { readonly codes: Int16Array; readonly scale: number } {
    this.#query ??= new Int16Array(this.#width);
    this.#query.set(this.#memory.codes.subarray(row * this.#width, (row + 1) * this.#width));
    return { codes: this.#query, scale: this.#scales[row] as number };
  }

  /** A row as its codes stand for it. */
  approximate(row: number, into: Float32Array): Float32Array {
    const { codes } = this.#memory;
    const scale = this.#scales[row] as number;
    for (let j = 0, at = row * this.#width; j < this.dimensions; j++, at++) into[j] = scale * (codes[at] as number);
    return into;
  }

  /** What a file keeps of it. The arrays are its own: they hold until it changes. */
  columns(): QuantizedColumns {
    const n = this.#length;
    const codes = this.#memory.codes.subarray(0, n * this.#width);
    return { ids: this.ids, codes, scales: this.#scales.subarray(0, n), errors: this.#errors.subarray(0, n) };
  }

  /** From what a file kept. */
  addColumns({ ids, codes, scales, errors }: QuantizedColumns): void {
    const from = this.#length;
    this.#reserve(from + ids.length);
    this.#memory.codes.set(codes, from * this.#width);
    this.#ids.set(ids, from);
    this.#scales.set(scales, from);
    this.#errors.set(errors, from);
    for (let i = 0, at = 0; i < ids.length; i++) {
      let norm = 0;
      for (const end = at + this.#width; at < end; at++) norm += (codes[at] as number) ** 2;
      this.#norms[from + i] = norm;
    }
    this.#length += ids.length;
  }

  #reserve(rows: number): void {
    if (rows <= this.#ids.length) return;
    const room = Math.max(rows, Math.ceil(1.25 * this.#ids.length), 1024);
    this.#memory.reserve(room);
    this.#ids = grown(this.#ids, new Float64Array(room));
    this.#scales = grown(this.#scales, new Float32Array(room));
    this.#errors = grown(this.#errors, new Float32Array(room));
    this.#norms = grown(this.#norms, new Uint32Array(room));
  }

  /** Writes the codes of a row; false where it has a number that is not finite. */
  #encode(values: Float32Array, from: number, row: number): boolean {
    const { codes } = this.#memory;
    let most = 0;
    for (let j = 0; j < this.dimensions; j++) {
      const size = Math.abs(values[from + j] as number);
      if (!(size < Number.POSITIVE_INFINITY)) return false;
      if (size > most) most = size;
    }
    const scale = Math.fround(most / 127);
    let error = 0;
    let norm = 0;
    const start = row * this.#width;
    for (let j = 0; j < this.dimensions; j++) {
      const value = values[from + j] as number;
      const code = scale > 0 ? Math.max(-127, Math.min(127, Math.round(value / scale))) : 0;
      codes[start + j] = code;
      norm += code * code;
      error += (value - scale * code) ** 2;
    }
    codes.fill(0, start + this.dimensions, start + this.#width);
    this.#scales[row] = scale;
    this.#norms[row] = norm;
    this.#errors[row] = Math.sqrt(error) * (1 + 1e-6) + 2e-38; // kept as float32, it must not be less
    return true;
  }
}

/** Codes of a row: a multiple of 16. */
export const widthOf = (dimensions: number): number => 16 * Math.ceil(dimensions / 16);

function grown<T extends Float64Array | Float32Array | Uint32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
