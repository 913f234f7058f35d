import { centerOf, MOST, PANEL, slack } from "./centered.ts";
import type { LoadedKernels } from "./loaded.ts";

/** Bytes of rows in the kernels' memory at a time: more rows come in tiles, in every pass. */
const TILE_BYTES = 67_108_864;

/** Rows of a block, and bytes that the sums of all blocks may take. */
const [BLOCK, SUM_BYTES] = [1024, 8_388_608];

/** Rows to be clustered. */
export interface Rows {
  readonly values: Float32Array;
  readonly columns: number;
  readonly k: number;
}

/** How many rows k-means++ tries for each center. */
export function candidatesOf(k: number): number {
  return 2 + Math.floor(Math.log(k));
}

/** A kernel on all rows, and what it reads of each. */
export interface Pass {
  readonly kernel: string;
  readonly centers: Float64Array;
  readonly reads: Partial<Record<"clusters" | "squares" | "above" | "beyond" | "counted", Int32Array | Float64Array>>;
  readonly ways?: Float64Array;
  readonly done: (at: Addresses, run: { readonly first: number; readonly count: number; readonly blocks: number }) => void;
}

type Addresses = Readonly<Record<(typeof parts)[number], number>>;
const parts = [
  ...(["rows", "panels", "lengths", "center", "centers", "packed", "halves", "clusters", "squares"] as const),
  ...(["above", "beyond", "counted", "ways", "blockSums", "centerSums", "nearer", "scratch"] as const),
];

/** Centers of a tile. */
const TILE = 4;

/** The rows in the kernels' memory, a tile at a time where they are many. */
export class RowTiles {
  readonly center: Float64Array;
  readonly #loaded: LoadedKernels;
  readonly #rows: Rows;
  readonly #tile: number;
  readonly #blockRows: number;
  readonly #paddedColumns: number;
  #use = -1;
  #at: Addresses | undefined;
  /** The first row of the tile that lies in memory; −1 where none does. */
  #lies = -1;

  constructor(loaded: LoadedKernels, rows: Rows) {
    this.#loaded = loaded;
    this.#rows = rows;
    const { values, columns, k } = rows;
    const count = values.length / columns;
    this.#paddedColumns = columns + (columns & 1);
    this.center = centerOf(values, columns);
    this.#tile = Math.max(1, Math.min(count, Math.floor(TILE_BYTES / (8 * columns + 44 + 8 * candidatesOf(k)))));
    const blocks = Math.max(1, Math.min(Math.ceil(this.#tile / BLOCK), Math.floor(SUM_BYTES / (8 * k * columns))));
    this.#blockRows = PANEL * Math.ceil(this.#tile / blocks / PANEL);
    this.#room();
  }

  run({ kernel, centers, reads, ways, done }: Pass): void {
    const { values, columns } = this.#rows;
    const { memory, threads } = this.#loaded;
    const rows = values.length / columns;
    const k = centers.length / columns;
    for (let first = 0; first < rows; first += this.#tile) {
      const count = Math.min(this.#tile, rows - first);
      const at = this.#layOut(first, count);
      this.#setCenters(at, centers);
      for (const [name, list] of Object.entries(reads)) {
        const to = at[name as keyof typeof reads];
        const there = list instanceof Int32Array ? memory.words(to, count) : memory.doubles(to, count);
        there.set(list.subarray(first, first + count));
      }
      memory.doubles(at.ways, k).set(ways ?? new Float64Array(k));
      const blocks = Math.ceil(count / this.#blockRows);
      threads.run({ kernel, task: this.#task(at, count, k), blocks, milliseconds: (count * columns * k) / 5e6 });
      done(at, { first, count, blocks });
    }
  }

  /** Centers as they are, and centred, negated and rounded for products in float32. */
  #setCenters(at: Addresses, centers: Float64Array): void {
    const { columns } = this.#rows;
    const { memory } = this.#loaded;
    const k = centers.length / columns;
    const bytes = TILE * this.#paddedColumns;
    const packed = memory.floats(at.packed, bytes * Math.ceil(k / TILE)).fill(0);
    const halves = memory.floats(at.halves, TILE * Math.ceil(k / TILE)).fill(0);
    memory.doubles(at.centers, centers.length).set(centers);
    const { row } = slack(this.#paddedColumns);
    for (let c = 0; c < k; c++) {
      const first = bytes * Math.floor(c / TILE) + (c % TILE);
      let length = 0;
      for (let d = 0; d < columns; d++) {
        const value = Math.fround((centers[c * columns + d] as number) - (this.center[d] as number));
        packed[first + TILE * d] = -value;
        length += value * value;
      }
      halves[c] = length * (0.5 - row);
      if (length <= MOST) continue;
      for (let d = 0; d < columns; d++) packed[first + TILE * d] = 0;
      halves[c] = Number.NEGATIVE_INFINITY;
    }
  }

  /** The fields of `Means` in packages/core/kernels/k-means.ts, in that order. */
  #task(at: Addresses, count: number, k: number): number {
    const rounding = slack(this.#paddedColumns);
    return this.#loaded.memory.writeTask({
      columns: this.#rows.columns,
      paddedColumns: this.#paddedColumns,
      center: at.center,
      rows: at.rows,
      count,
      blockRows: this.#blockRows,
      panels: at.panels,
      lengths: at.lengths,
      centers: at.centers,
      packed: at.packed,
      halves: at.halves,
      k,
      clusters: at.clusters,
      squares: at.squares,
      above: at.above,
      beyond: at.beyond,
      counted: at.counted,
      ways: at.ways,
      blockSums: at.blockSums,
      centerSums: at.centerSums,
      nearer: at.nearer,
      scratch: at.scratch,
      scratchBytes: this.#scratchBytes,
      rounding: { double: 1e-9 },
      rowSlack: { double: rounding.row },
      querySlack: { double: rounding.query },
      leastSlack: { double: rounding.least },
    });
  }

  get #scratchBytes(): number {
    return 256 + 8 * (Math.max(this.#rows.k, candidatesOf(this.#rows.k)) + TILE);
  }

  /** Takes room for a tile, if it has none: other kernels may have used the memory since. */
  #room(): Addresses {
    const { memory, threads } = this.#loaded;
    if (this.#at !== undefined && memory.holds(this.#use)) return this.#at;
    const { columns, k } = this.#rows;
    this.#use = memory.begin();
    this.#lies = -1;
    const most = TILE * Math.ceil(Math.max(k, candidatesOf(k)) / TILE);
    const panels = Math.ceil(this.#tile / PANEL);
    const blocks = Math.ceil(this.#tile / this.#blockRows);
    this.#at = {
      rows: memory.room(4 * this.#tile * columns),
      panels: memory.room(4 * panels * PANEL * this.#paddedColumns),
      lengths: memory.room(8 * panels * PANEL),
      center: memory.room(8 * columns),
      centers: memory.room(8 * most * columns),
      packed: memory.room(4 * most * this.#paddedColumns),
      halves: memory.room(4 * most),
      clusters: memory.room(4 * this.#tile),
      squares: memory.room(8 * this.#tile),
      above: memory.room(8 * this.#tile),
      beyond: memory.room(8 * this.#tile),
      counted: memory.room(4 * this.#tile),
      ways: memory.room(8 * most),
      blockSums: memory.room(8 * blocks * candidatesOf(k)),
      centerSums: memory.room(8 * blocks * k * columns),
      nearer: memory.room(8 * candidatesOf(k) * this.#tile),
      scratch: memory.room(this.#scratchBytes * threads.most),
    };
    return this.#at;
  }

  /** Lays a tile of rows into the memory, if it does not lie there. */
  #layOut(first: number, count: number): Addresses {
    const { memory, threads } = this.#loaded;
    const { values, columns } = this.#rows;
    const at = this.#room();
    if (this.#lies !== first) {
      memory.floats(at.rows, count * columns).set(values.subarray(first * columns, (first + count) * columns));
      memory.doubles(at.center, columns).set(this.center);
      const blocks = Math.ceil(count / this.#blockRows);
      threads.run({ kernel: "packRows", task: this.#task(at, count, 0), blocks, milliseconds: 0 });
      this.#lies = first;
    }
    return at;
  }
}
