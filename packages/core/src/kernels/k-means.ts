import { squaredDistance } from "../embeddings/distances.ts";
import { MOST_COLUMNS } from "./centered.ts";
import { kernels, type LoadedKernels } from "./loaded.ts";
import { whereRoom } from "./memory.ts";
import { type Rows, RowTiles } from "./row-tiles.ts";

/** What k-means does with all rows at once, each a pass over them. */
export interface RowPasses {
  /**
   * Gives each row to its nearest center, the smaller number of equals, and writes `clusters` and `beyond`, as `assignToNearest` has them.
   * The state tells one start from the next.
   */
  assign(centers: Float64Array, state: RowState): { readonly inertia: number; readonly moved: number };
  /** Writes `squares`, (rows): the squared distances to the own centers. Gives their sum. */
  measure(centers: Float64Array, state: RowState): number;
  /** Adds the rows of each cluster to `sums`, (k, columns). */
  addUp(clusters: Int32Array, sums: Float64Array): void;
  /**
   * What the squared distances to the nearest center would be with each candidate, a row, as one more; and their sums.
   * The next call writes over all of them but the one that it is given.
   */
  nearer(squares: Float64Array, candidates: readonly number[]): readonly { readonly squares: Float64Array; readonly sum: number }[];
}

/** (rows) each. */
export interface RowState {
  readonly clusters: Int32Array;
  readonly squares: Float64Array;
  readonly beyond: Float64Array;
}

/** The passes as kernels; undefined where there are none, or no room. Memory beside the rows' state: 80 MB at most for 1,000 centers. */
export function passesByKernel(values: Float32Array, columns: number, k: number): RowPasses | undefined {
  const loaded = kernels();
  if (loaded === undefined || columns > MOST_COLUMNS) return undefined;
  return whereRoom(() => new KernelPasses(loaded, { values, columns, k }));
}

/** What is remembered from pass to pass of one start. */
interface Start {
  readonly state: RowState | undefined;
  readonly before: Float64Array;
  readonly above: Float64Array;
  /** (rows): the cluster in whose total each row is, or −1. */
  readonly counted: Int32Array;
  /** (k, columns): sums of the rows as they were counted. */
  readonly total: Float64Array;
}

class KernelPasses implements RowPasses {
  readonly #loaded: LoadedKernels;
  readonly #rows: Rows;
  readonly #tiles: RowTiles;
  /** Sum of the rows' squared distances to the center. */
  readonly #spread: number;
  #start: Start | undefined;
  readonly #buffers: Float64Array[] = [];

  constructor(loaded: LoadedKernels, rows: Rows) {
    this.#loaded = loaded;
    this.#rows = rows;
    this.#tiles = new RowTiles(loaded, rows);
    this.#spread = spreadOf(rows.values, this.#tiles.center);
  }

  assign(centers: Float64Array, state: RowState): { inertia: number; moved: number } {
    const { memory } = this.#loaded;
    if (this.#start?.state !== state) this.#start = this.#begin(state, centers);
    const { above, before } = this.#start;
    let moved = 0;
    this.#tiles.run({
      kernel: "assignRows",
      centers,
      reads: { clusters: state.clusters, above, beyond: state.beyond },
      ways: waysOf(before, centers, this.#rows.columns),
      done: (at, { first, count, blocks }) => {
        state.clusters.set(memory.words(at.clusters, count), first);
        above.set(memory.doubles(at.above, count), first);
        state.beyond.set(memory.doubles(at.beyond, count), first);
        for (const part of memory.doubles(at.blockSums, blocks)) moved += part;
      },
    });
    before.set(centers);
    if (moved > 0) return { inertia: this.#inertia(centers, state), moved };
    // The last pass of a start: sums that do not depend on the way here, so that starts with the same end are equal to the bit.
    this.#start.counted.fill(-1);
    const sums = new Float64Array(centers.length);
    this.addUp(state.clusters, sums);
    const sizes = sizesOf(state.clusters, this.#rows.k);
    for (let i = 0; i < sums.length; i++) {
      const size = sizes[Math.floor(i / this.#rows.columns)] as number;
      if (size > 0) centers[i] = (sums[i] as number) / size;
    }
    return { inertia: this.measure(centers, state), moved };
  }

  measure(centers: Float64Array, { clusters, squares }: RowState): number {
    const { memory } = this.#loaded;
    let sum = 0;
    this.#tiles.run({
      kernel: "measureRows",
      centers,
      reads: { clusters },
      done: (at, { first, count, blocks }) => {
        squares.set(memory.doubles(at.squares, count), first);
        for (const part of memory.doubles(at.blockSums, blocks)) sum += part;
      },
    });
    return sum;
  }

  /** Of sums, in place of all distances: Σ x·x − 2 Σ s·c + Σ n c·c, about the center of the rows. */
  #inertia(centers: Float64Array, state: RowState): number {
    const { columns, k } = this.#rows;
    const sums = new Float64Array(centers.length);
    this.addUp(state.clusters, sums);
    const sizes = sizesOf(state.clusters, k);
    let inertia = this.#spread;
    for (let i = 0; i < sums.length; i++) {
      const size = sizes[Math.floor(i / columns)] as number;
      const middle = this.#tiles.center[i % columns] as number;
      const center = (centers[i] as number) - middle;
      inertia += center * (size * center - 2 * ((sums[i] as number) - size * middle));
    }
    // Where little is left of large numbers, it is measured.
    return inertia > 1e-4 * this.#spread ? inertia : this.measure(centers, state);
  }

  addUp(clusters: Int32Array, sums: Float64Array): void {
    this.#start ??= this.#begin(undefined, sums);
    const { counted, total } = this.#start;
    if (!sameNumbers(counted, clusters)) this.#count(this.#start, clusters, sums);
    for (let i = 0; i < sums.length; i++) sums[i] = (sums[i] as number) + (total[i] as number);
  }

  /** Brings the total up to these clusters. */
  #count({ counted, total }: Start, clusters: Int32Array, sums: Float64Array): void {
    if (counted.every((cluster) => cluster < 0)) total.fill(0);
    this.#tiles.run({
      kernel: "sumRows",
      centers: sums,
      reads: { clusters, counted },
      done: (at, { blocks }) => {
        const parts = this.#loaded.memory.doubles(at.centerSums, blocks * sums.length);
        for (let b = 0; b < parts.length; b += sums.length) {
          for (let i = 0; i < sums.length; i++) total[i] = (total[i] as number) + (parts[b + i] as number);
        }
      },
    });
    counted.set(clusters);
  }

  #begin(state: RowState | undefined, centers: Float64Array): Start {
    const rows = this.#rows.values.length / this.#rows.columns;
    const counted = new Int32Array(rows).fill(-1);
    return { state, before: Float64Array.from(centers), above: new Float64Array(rows), counted, total: new Float64Array(centers.length) };
  }

  /** Buffers for that many candidates, none of them `squares`: of one more than that, the last call's choice is still read. */
  #buffersBeside(squares: Float64Array, count: number): Float64Array[] {
    while (this.#buffers.length <= count) this.#buffers.push(new Float64Array(squares.length));
    return this.#buffers.filter((buffer) => buffer !== squares).slice(0, count);
  }

  nearer(squares: Float64Array, candidates: readonly number[]): { squares: Float64Array; sum: number }[] {
    const { values, columns } = this.#rows;
    const centers = new Float64Array(candidates.length * columns);
    for (const [c, row] of candidates.entries()) centers.set(values.subarray(row * columns, (row + 1) * columns), c * columns);
    const found = this.#buffersBeside(squares, candidates.length).map((buffer) => ({ squares: buffer, sum: 0 }));
    const { memory } = this.#loaded;
    this.#tiles.run({
      kernel: "nearerRows",
      centers,
      reads: { squares },
      done: (at, { first, count, blocks }) => {
        const sums = memory.doubles(at.blockSums, blocks * candidates.length);
        for (const [c, one] of found.entries()) {
          one.squares.set(memory.doubles(at.nearer + 8 * c * count, count), first);
          for (let b = 0; b < blocks; b++) one.sum += sums[b * candidates.length + c] as number;
        }
      },
    });
    return found;
  }
}

/** Whether two lists of the same length are equal. */
function sameNumbers(a: Int32Array, b: Int32Array): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** How far each center moved. */
function waysOf(before: Float64Array, after: Float64Array, columns: number): Float64Array {
  return Float64Array.from({ length: after.length / columns }, (_, c) => Math.sqrt(squaredDistance(before, c, after, c, columns)));
}

function sizesOf(clusters: Int32Array, k: number): Int32Array {
  const sizes = new Int32Array(k);
  for (let i = 0; i < clusters.length; i++) sizes[clusters[i] as number] = (sizes[clusters[i] as number] as number) + 1;
  return sizes;
}

function spreadOf(values: Float32Array, center: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; ) {
    for (let d = 0; d < center.length; d++, i++) sum += ((values[i] as number) - (center[d] as number)) ** 2;
  }
  return sum;
}
