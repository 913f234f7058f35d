/** What a column's values are here. */
export type Kind = "number" | "truth" | "bytes" | "text";

/** The columns of an answer. */
export interface Columns {
  readonly names: readonly string[];
  readonly kinds: readonly Kind[];
}

/** Rows on their way between threads: cells row by row, of bytes their length, and all bytes one after the other. */
export interface Chunk {
  readonly rows: number;
  readonly cells: readonly (number | string | null)[];
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Bytes and cells after which a chunk is sent. */
const fullBytes = 1 << 20;
const fullCells = 20_000;

/** The types of PostgreSQL, by number: boolean, bytea, whole numbers and fractions. All others come as texts. */
export function kindOf(type: number): Kind {
  if (type === 16) return "truth";
  if (type === 17) return "bytes";
  return [20, 21, 23, 26, 700, 701, 1700].includes(type) ? "number" : "text";
}

/** Fills chunks with rows as the server sends them, in text. Each run of bytes begins at a multiple of eight, for arrays of numbers. */
export class ChunkWriter {
  readonly #kinds: readonly Kind[];
  #cells: (number | string | null)[] = [];
  #bytes = Buffer.alloc(0);
  #used = 0;
  #rows = 0;

  constructor(kinds: readonly Kind[]) {
    this.#kinds = kinds;
  }

  get isFull(): boolean {
    return this.#used >= fullBytes || this.#cells.length >= fullCells;
  }

  add(fields: readonly (string | null)[]): void {
    for (let i = 0; i < fields.length; i++) {
      const field = fields[i] as string | null;
      const kind = this.#kinds[i];
      if (field === null) this.#cells.push(null);
      else if (kind === "number") this.#cells.push(Number(field));
      else if (kind === "truth") this.#cells.push(field === "t" ? 1 : 0);
      else if (kind === "bytes") this.#cells.push(this.#addBytes(field));
      else this.#cells.push(field);
    }
    this.#rows++;
  }

  /** What was added since the last chunk. */
  take(): Chunk {
    const bytes = Uint8Array.prototype.slice.call(this.#bytes, 0, this.#used) as Chunk["bytes"];
    const chunk = { rows: this.#rows, cells: this.#cells, bytes };
    [this.#cells, this.#rows, this.#used] = [[], 0, 0];
    return chunk;
  }

  /** Writes "\x0a0b..." */
  #addBytes(field: string): number {
    const length = (field.length - 2) / 2;
    const at = Math.ceil(this.#used / 8) * 8;
    if (at + length > this.#bytes.length) {
      const larger = Buffer.alloc(Math.max(2 * this.#bytes.length, at + length, 256));
      this.#bytes.copy(larger, 0, 0, this.#used);
      this.#bytes = larger;
    }
    this.#bytes.write(field.slice(2), at, "hex");
    this.#used = at + length;
    return length;
  }
}

/** The rows of a chunk, as arrays. Bytes are views of what came. */
export function rowsOf({ rows, cells, bytes }: Chunk, { kinds }: Columns): unknown[][] {
  const width = kinds.length;
  const made: unknown[][] = [];
  let at = 0;
  for (let r = 0; r < rows; r++) {
    const row: unknown[] = [];
    for (let i = 0; i < width; i++) {
      const cell = cells[r * width + i];
      if (kinds[i] !== "bytes" || cell === null) row.push(cell);
      else {
        at = Math.ceil(at / 8) * 8;
        row.push(Buffer.from(bytes.buffer, bytes.byteOffset + at, cell as number));
        at += cell as number;
      }
    }
    made.push(row);
  }
  return made;
}
