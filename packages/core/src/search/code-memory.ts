/** Rows that are compared at a time: what comes out stays in the processor's nearest cache. */
export const rowsAtOnce = 4096;

/**
 * Where the codes of rows lie, and what multiplies them with a query's. A width is a multiple of 16; what lacks is 0.
 *
 * `dots` hold until the next call.
 */
export interface CodeMemory {
  /** All codes, `width` a row. Another array after {@link reserve}. */
  codes: Int8Array;
  /** Makes room for so many rows; the codes that are there stay. */
  reserve(rows: number): void;
  /** The query's codes with those of `count` rows from `first` on. */
  dots(query: Int16Array, first: number, count: number): Int32Array;
  /** The same with listed rows, from the `first` of the list on. */
  dotsOf(query: Int16Array, rows: Uint32Array, first: number, count: number): Int32Array;
}

/** Without WebAssembly: the reference. */
export class PlainCodes implements CodeMemory {
  codes = new Int8Array(0);
  readonly #width: number;
  readonly #out = new Int32Array(rowsAtOnce);

  constructor(width: number) {
    this.#width = width;
  }

  reserve(rows: number): void {
    if (rows * this.#width <= this.codes.length) return;
    const codes = new Int8Array(rows * this.#width);
    codes.set(this.codes);
    this.codes = codes;
  }

  dots(query: Int16Array, first: number, count: number): Int32Array {
    for (let i = 0; i < count; i++) this.#out[i] = this.#dot(query, first + i);
    return this.#out;
  }

  dotsOf(query: Int16Array, rows: Uint32Array, first: number, count: number): Int32Array {
    for (let i = 0; i < count; i++) this.#out[i] = this.#dot(query, rows[first + i] as number);
    return this.#out;
  }

  #dot(query: Int16Array, row: number): number {
    const width = this.#width;
    const { codes } = this;
    let sum = 0;
    for (let j = 0, at = row * width; j < width; j++, at++) sum += (query[j] as number) * (codes[at] as number);
    return sum;
  }
}
