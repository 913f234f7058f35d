import { kernels, type OwnMemory } from "../kernels/loaded.ts";
import { type CodeMemory, PlainCodes, rowsAtOnce } from "./code-memory.ts";

const PAGE = 65_536;

/** Where the task lies, then the query's codes, the row numbers, the products, and last the codes of rows. */
const [TASK, QUERY] = [1024, 2048];

/** Codes in a memory of WebAssembly, where a kernel multiplies them (`packages/core/kernels/codes.ts`); plain ones where there is none. */
export function codeMemory(width: number): CodeMemory {
  const loaded = kernels();
  return loaded === undefined ? new PlainCodes(width) : new WasmCodes(width, loaded.ownMemory());
}

class WasmCodes implements CodeMemory {
  codes: Int8Array;
  readonly #own: OwnMemory;
  readonly #width: number;
  readonly #listed: number;
  readonly #out: number;
  readonly #codes: number;

  constructor(width: number, own: OwnMemory) {
    this.#own = own;
    this.#width = width;
    this.#listed = aligned(QUERY + 2 * width);
    this.#out = this.#listed + 4 * rowsAtOnce;
    this.#codes = this.#out + 4 * rowsAtOnce;
    this.codes = new Int8Array(0);
    this.reserve(0);
  }

  reserve(rows: number): void {
    const { memory } = this.#own;
    const lacking = Math.ceil((this.#codes + rows * this.#width - memory.buffer.byteLength) / PAGE);
    if (lacking > 0) memory.grow(lacking);
    this.codes = new Int8Array(memory.buffer, this.#codes, rows * this.#width);
  }

  dots(query: Int16Array, first: number, count: number): Int32Array {
    return this.#multiply(query, { rows: 0, first, count });
  }

  dotsOf(query: Int16Array, rows: Uint32Array, first: number, count: number): Int32Array {
    new Uint32Array(this.#own.memory.buffer, this.#listed, count).set(rows.subarray(first, first + count));
    return this.#multiply(query, { rows: this.#listed, first: 0, count });
  }

  #multiply(query: Int16Array, { rows, first, count }: { readonly rows: number; readonly first: number; readonly count: number }) {
    const { memory, run } = this.#own;
    new Int16Array(memory.buffer, QUERY, this.#width).set(query);
    new Uint32Array(memory.buffer, TASK, 7).set([this.#codes, this.#width, QUERY, rows, first, count, this.#out]);
    run.multiplyCodes?.(0, TASK, 0);
    return new Int32Array(memory.buffer, this.#out, count);
  }
}

const aligned = (at: number): number => (at + 63) & ~63;
