import { centerOf, MOST_COLUMNS, PANEL, slack } from "./centered.ts";
import { kernels, type LoadedKernels } from "./loaded.ts";
import { whereRoom } from "./memory.ts";

/** Queries, a gallery, and which pairs are not compared. */
export interface NearestAsked {
  /** (queries, columns) */
  readonly queries: Float32Array;
  /** (gallery, columns) */
  readonly gallery: Float32Array;
  readonly columns: number;
  readonly k: number;
  /** The gallery row that a query is, or −1. */
  readonly ownRow: (query: number) => number;
  /** The group of each query and gallery row, −1 where it has none: a query finds no row of its own. */
  readonly apart?: { readonly queries: Int32Array; readonly gallery: Int32Array } | undefined;
}

/** (queries, k) both: what was found so far, at first −1 and Infinity. */
export interface NearestFound {
  readonly rows: Int32Array;
  readonly squares: Float64Array;
}

/** Queries of a tile, and panels packed at a time. */
const [TILE, PACKED] = [6, 64];

/** Bytes of the queries, and of the gallery, that are worked on at a time. */
export interface TileBytes {
  readonly queries: number;
  readonly gallery: number;
}

const most: TileBytes = { queries: 12_582_912, gallery: 25_165_824 };

/**
 * Finds the k nearest gallery rows of every query, as the plain code does to the bit. False where there are no kernels, or no room.
 *
 * Only rows below the limit that the k-th nearest so far sets are measured in float64 ({@link slack} says why no row is missed).
 *
 * Memory beside the result: tiles of 40 MB at most, and for each thread what six to 192 queries take.
 */
export function nearestByKernel(asked: NearestAsked, found: NearestFound, tiles = most): boolean {
  const loaded = kernels();
  if (loaded === undefined || asked.columns > MOST_COLUMNS) return false;
  const { queries, gallery, columns, k } = asked;
  const [Q, N] = [queries.length / columns, gallery.length / columns];
  const together = Math.min(Q, Math.max(1, Math.floor(tiles.queries / (4 * columns + 12 * k + 8))));
  const rows = Math.min(N, Math.max(1, Math.floor(tiles.gallery / (8 * columns + 12) / PANEL)) * PANEL);
  const search = whereRoom(() => new Search(loaded, asked, { together, rows }));
  if (search === undefined) return false;
  for (let query = 0; query < Q; query += together) {
    search.setQueries(query, Math.min(Q, query + together), found);
    for (let row = 0; row < N; row += rows) search.compareWith(row, Math.min(N, row + rows));
    search.takeFound(found);
  }
  return true;
}

/** A part of the queries and a part of the gallery in the kernels' memory. */
class Search {
  readonly #loaded: LoadedKernels;
  readonly #asked: NearestAsked;
  readonly #paddedColumns: number;
  readonly #blockQueries: number;
  readonly #scratchBytes: number;
  readonly #at: Readonly<
    Record<
      "queries" | "gallery" | "center" | "panels" | "halves" | "found" | "squares" | "self" | "ownGroup" | "rowGroup" | "scratch",
      number
    >
  >;
  #first = 0;
  #end = 0;

  constructor(loaded: LoadedKernels, asked: NearestAsked, { together, rows }: { readonly together: number; readonly rows: number }) {
    this.#loaded = loaded;
    this.#asked = asked;
    const { memory, threads } = loaded;
    const { columns, k } = asked;
    const padded = columns + (columns & 1);
    const panels = Math.ceil(rows / PANEL);
    const shared = Math.ceil(together / (4 * threads.most));
    this.#paddedColumns = padded;
    this.#blockQueries = TILE * Math.ceil(Math.max(1, Math.min(192, shared, 16_384 / padded)) / TILE);
    this.#scratchBytes = (this.#blockQueries * (4 * padded + 12) + 8 + 4 * PANEL * TILE + 63) & ~63;
    memory.begin();
    this.#at = {
      queries: memory.room(4 * together * columns),
      gallery: memory.room(4 * rows * columns),
      center: memory.room(8 * columns),
      panels: memory.room(4 * panels * PANEL * padded),
      halves: memory.room(4 * panels * PANEL),
      found: memory.room(4 * together * k),
      squares: memory.room(8 * together * k),
      self: memory.room(4 * together),
      ownGroup: memory.room(4 * together),
      rowGroup: memory.room(4 * rows),
      scratch: memory.room(this.#scratchBytes * threads.most),
    };
    memory.doubles(this.#at.center, columns).set(centerOf(asked.gallery, columns));
  }

  setQueries(first: number, end: number, found: NearestFound): void {
    const { queries, columns, k, ownRow, apart } = this.#asked;
    const { memory } = this.#loaded;
    [this.#first, this.#end] = [first, end];
    const count = end - first;
    memory.floats(this.#at.queries, count * columns).set(queries.subarray(first * columns, end * columns));
    memory.words(this.#at.found, count * k).set(found.rows.subarray(first * k, end * k));
    memory.doubles(this.#at.squares, count * k).set(found.squares.subarray(first * k, end * k));
    const self = memory.words(this.#at.self, count);
    for (let i = 0; i < count; i++) self[i] = ownRow(first + i);
    if (apart) memory.words(this.#at.ownGroup, count).set(apart.queries.subarray(first, end));
  }

  takeFound(found: NearestFound): void {
    const { k } = this.#asked;
    const count = this.#end - this.#first;
    found.rows.set(this.#loaded.memory.words(this.#at.found, count * k), this.#first * k);
    found.squares.set(this.#loaded.memory.doubles(this.#at.squares, count * k), this.#first * k);
  }

  compareWith(row: number, end: number): void {
    const { gallery, columns, apart } = this.#asked;
    const { memory, threads } = this.#loaded;
    memory.floats(this.#at.gallery, (end - row) * columns).set(gallery.subarray(row * columns, end * columns));
    if (apart) memory.words(this.#at.rowGroup, end - row).set(apart.gallery.subarray(row, end));
    const panels = Math.ceil((end - row) / PANEL);
    const count = this.#end - this.#first;
    const task = this.#task(row, end, panels);
    threads.run({ kernel: "packGallery", task, blocks: Math.ceil(panels / PACKED), milliseconds: 0 });
    const milliseconds = (count * (end - row) * columns) / 1.3e7;
    threads.run({ kernel: "searchGallery", task, blocks: Math.ceil(count / this.#blockQueries), milliseconds });
  }

  /** The fields of `Search` in packages/core/kernels/neighbors.ts, in that order. */
  #task(row: number, end: number, panels: number): number {
    const { columns, k, apart } = this.#asked;
    const at = this.#at;
    const { row: rowSlack, query: querySlack, least: leastSlack } = slack(this.#paddedColumns);
    return this.#loaded.memory.writeTask({
      columns,
      paddedColumns: this.#paddedColumns,
      center: at.center,
      queries: at.queries,
      queryCount: this.#end - this.#first,
      gallery: at.gallery,
      rows: end - row,
      panels: at.panels,
      halves: at.halves,
      panelCount: panels,
      firstRow: row,
      k,
      found: at.found,
      squares: at.squares,
      self: at.self,
      ownGroup: at.ownGroup,
      rowGroup: apart ? at.rowGroup : 0,
      blockQueries: this.#blockQueries,
      scratch: at.scratch,
      scratchBytes: this.#scratchBytes,
      blockPanels: PACKED,
      rowSlack: { double: rowSlack },
      querySlack: { double: querySlack },
      leastSlack: { double: leastSlack },
    });
  }
}
