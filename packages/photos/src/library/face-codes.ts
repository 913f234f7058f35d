import { setImmediate as nextTurn } from "node:timers/promises";
import { codeMemory, QuantizedRows, widthOf } from "@semblant/core/internals";
import { changesOf, fact, mendedFact } from "./facts.ts";
import { floats } from "./float-bytes.ts";
import type { LibraryFile } from "./open-file.ts";

/** Of which faces codes are: how often a library had changed, and what makes all codes others. */
export interface CodesOf {
  readonly changes: unknown;
  /** The weights that the embeddings are of. */
  readonly model: string;
  /** How often rows were mended in place. */
  readonly mended: unknown;
}

/** Faces that are read before the event loop has its turn. */
const facesAtOnce = 2000;

/** The embeddings of a library's faces as codes in memory, brought up to date by the faces that came and went: none is read twice. */
export class FaceCodes {
  readonly #file: LibraryFile;
  #rows: QuantizedRows;
  #of: CodesOf | undefined;
  /** The greatest id that was read, and how many ids up to it are passed over since their embeddings are damaged. */
  #last = 0;
  #passedOver = 0;

  constructor(file: LibraryFile, dimensions: number) {
    this.#file = file;
    this.#rows = new QuantizedRows(dimensions, codeMemory(widthOf(dimensions)));
  }

  get rows(): QuantizedRows {
    return this.#rows;
  }

  /** Of which faces they are; undefined before the first were read. */
  get of(): CodesOf | undefined {
    return this.#of;
  }

  /** Whether these are the codes of the faces as they are. */
  isOf(model: string): boolean {
    const now = this.#now(model);
    const of = this.#of;
    return of !== undefined && of.changes === now.changes && of.model === now.model && of.mended === now.mended;
  }

  /** Takes what a file kept. */
  take(of: CodesOf, kept: { readonly rows: QuantizedRows; readonly last: number }): void {
    this.#rows = kept.rows;
    this.#of = of;
    this.#last = kept.last;
    this.#passedOver = 0;
  }

  /** The greatest id that was read. */
  get last(): number {
    return this.#last;
  }

  /**
   * Reads what is new and lets go of what is gone.
   *
   * @returns the places where the rows that stay were before; undefined where all are where they were
   */
  async update(model: string): Promise<Uint32Array | undefined> {
    const now = this.#now(model);
    let kept: Uint32Array | undefined;
    if (this.#of === undefined || this.#of.model !== now.model || this.#of.mended !== now.mended) {
      kept = this.#rows.keep(() => false);
      this.#last = 0;
      this.#passedOver = 0;
    }
    const known = this.#file.prepare("SELECT count(*) FROM faces WHERE id <= ?").pluck().get(this.#last) as number;
    if (known !== this.#rows.length + this.#passedOver) {
      const ids = new Set(this.#file.prepare("SELECT id FROM faces WHERE id <= ?").pluck().all(this.#last) as number[]);
      kept = this.#rows.keep((id) => ids.has(id));
      this.#passedOver = ids.size - this.#rows.length;
    }
    while (this.#readSome()) await nextTurn();
    this.#of = now;
    return kept;
  }

  #readSome(): boolean {
    const { dimensions } = this.#rows;
    const next = this.#file.prepare("SELECT id, embedding FROM faces WHERE id > ? ORDER BY id LIMIT ?").raw();
    const read = next.all(this.#last, facesAtOnce) as [number, unknown][];
    const whole = read.filter(([, bytes]) => Buffer.isBuffer(bytes) && bytes.length === 4 * dimensions) as [number, Buffer][];
    const values = new Float32Array(whole.length * dimensions);
    for (const [i, [, bytes]] of whole.entries()) values.set(floats(bytes), i * dimensions);
    const before = this.#rows.length;
    this.#rows.add(
      whole.map(([id]) => id),
      values,
    );
    this.#passedOver += read.length - (this.#rows.length - before);
    this.#last = read.at(-1)?.[0] ?? this.#last;
    return read.length === facesAtOnce;
  }

  #now(model: string): CodesOf {
    return { changes: changesOf(this.#file), model, mended: fact(this.#file, mendedFact) ?? 0 };
  }
}
