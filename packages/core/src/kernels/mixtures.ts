import { kernels, type LoadedKernels } from "./loaded.ts";
import { whereRoom } from "./memory.ts";

/** Rows, and a mixture of which each group has a covariance of its own. */
export interface MixtureAsked {
  /** (rows, columns) */
  readonly values: Float32Array;
  readonly columns: number;
  readonly k: number;
  /** Whether columns depend on each other. */
  readonly full: boolean;
  /** (k, columns) */
  readonly means: Float64Array;
}

/** What densities are computed with. */
export interface MixtureFactors {
  /** (k): what the log-density is at no distance, with ln P(group); −Infinity for a group that never answers. */
  readonly constants: Float64Array;
  /** full: (k, columns, columns), W with zeros above its diagonal, where the square is ‖W (x − μ)‖²; else (k, columns), 1 / deviation. */
  readonly factors: Float64Array;
}

/** Sums over all rows, weighted by their responsibilities, about the means. */
export interface MixtureSums {
  /** (k) */
  readonly sizes: Float64Array;
  /** (k, columns) */
  readonly first: Float64Array;
  /** full: (k, columns, columns), lower triangles; else (k, columns). */
  readonly second: Float64Array;
}

/** Rows of a block; at most so many of a tile; bytes of its responsibilities; bytes of a mixture past which the plain code computes it. */
const [BLOCK, MOST_ROWS, SHARE_BYTES, MOST_BYTES] = [64, 8192, 8_388_608, 268_435_456];

/**
 * The kernels for a mixture's densities and moments, or undefined where there are none, or the mixture is large.
 *
 * @param factorsOf asked for only if the kernels are used
 */
export function mixtureTiles(asked: MixtureAsked, factorsOf: () => MixtureFactors): MixtureTiles | undefined {
  const { columns, k, full } = asked;
  const padded = (columns + 3) & ~3;
  if (16 * k * padded * (full ? padded : 1) > MOST_BYTES) return undefined;
  const loaded = kernels();
  return loaded && whereRoom(() => new MixtureTiles(loaded, asked, factorsOf()));
}

/**
 * A mixture in the kernels' memory, and one tile of rows after the other. No other kernel may be used meanwhile.
 *
 * Memory: 16 bytes for each number of the covariances, at most 8 MB of responsibilities and 8,192 rows; 130 kB per thread at 64 columns.
 * Sums are the same whatever the number of threads: each group's are made by one, in the order of the rows.
 */
export class MixtureTiles {
  /** Rows of a tile at most. */
  readonly rows: number;
  /** Responsibilities, (k, stride): those of the tile's rows come first. */
  readonly shares: Float64Array;
  readonly stride: number;
  readonly #loaded: LoadedKernels;
  readonly #asked: MixtureAsked;
  readonly #padded: number;
  readonly #at: ReturnType<typeof roomFor>;
  #count = 0;

  constructor(loaded: LoadedKernels, asked: MixtureAsked, { constants, factors }: MixtureFactors) {
    const { columns, k, full, means } = asked;
    const { memory } = loaded;
    this.#loaded = loaded;
    this.#asked = asked;
    this.#padded = (columns + 3) & ~3;
    this.rows = rowsOfTile(asked);
    this.stride = this.rows + 8; // a power of two would crowd the processor's cache
    this.#at = roomFor(loaded, asked, this);
    this.shares = memory.doubles(this.#at.shares, k * this.stride);
    memory.doubles(this.#at.constants, k).set(constants);
    const parts = memory.doubles(this.#at.parts, this.#numbers(full));
    if (full) setPanels(factors, columns, parts, this.#padded);
    else setRows(factors, columns, parts, this.#padded);
    setRows(means, columns, memory.doubles(this.#at.means, this.#numbers(false)), this.#padded);
    memory.doubles(this.#at.sizes, k).fill(0);
    memory.doubles(this.#at.first, this.#numbers(false)).fill(0);
    memory.doubles(this.#at.second, this.#numbers(full)).fill(0);
  }

  /**
   * Takes these rows as the tile, and computes their responsibilities. `guesses`, by row number, hold the group that each is compared with
   * first, or −1; then its most responsible group, −1 where it has none.
   *
   * @returns ln p(x) of each, in the order of `rows`
   */
  expect(rows: Int32Array, guesses: Int32Array): Float64Array {
    const { values, columns, k, full } = this.#asked;
    const { memory, threads } = this.#loaded;
    this.take(rows);
    const first = memory.words(this.#at.guesses, rows.length);
    for (let i = 0; i < rows.length; i++) first[i] = guesses[rows[i] as number] as number;
    const milliseconds = (values.length * k * (full ? columns / 2 : 3)) / 4e6;
    threads.run({ kernel: "expectRows", task: this.#task(), blocks: Math.ceil(rows.length / BLOCK), milliseconds });
    for (let i = 0; i < rows.length; i++) guesses[rows[i] as number] = first[i] as number;
    const found = memory.doubles(this.#at.densities, 2 * rows.length);
    const densities = new Float64Array(rows.length);
    for (let i = 0; i < rows.length; i++) densities[i] = (found[2 * i] as number) + Math.log(found[2 * i + 1] as number);
    return densities;
  }

  /** Takes these rows as the tile; their `shares` are to be written before {@link addMoments}. */
  take(rows: Int32Array): void {
    const { values, columns } = this.#asked;
    this.#count = rows.length;
    copyRows(values, rows, columns, this.#loaded.memory.floats(this.#at.rows, rows.length * columns));
  }

  /** Adds the tile's rows, weighted by `shares`, to the sums. */
  addMoments(): void {
    this.#loaded.threads.run({ kernel: "addMoments", task: this.#task(), blocks: this.#asked.k, milliseconds: 0 });
  }

  /** The sums over all tiles so far. */
  sums(): MixtureSums {
    const { columns, k, full } = this.#asked;
    const { memory } = this.#loaded;
    const padded = this.#padded;
    const side = full ? columns : 1;
    const second = memory.doubles(this.#at.second, this.#numbers(full));
    const tight = new Float64Array(k * columns * side);
    for (let row = 0; row < k * side; row++) {
      const from = full ? (Math.floor(row / columns) * padded + (row % columns)) * padded : row * padded;
      tight.set(second.subarray(from, from + columns), row * columns);
    }
    const first = new Float64Array(k * columns);
    const sums = memory.doubles(this.#at.first, this.#numbers(false));
    for (let g = 0; g < k; g++) first.set(sums.subarray(g * padded, g * padded + columns), g * columns);
    return { sizes: memory.doubles(this.#at.sizes, k).slice(), first, second: tight };
  }

  /** How many numbers a matrix a group takes, or a row a group. */
  #numbers(matrices: boolean): number {
    return this.#asked.k * this.#padded * (matrices ? this.#padded : 1);
  }

  /** The fields of `Mixture` in packages/core/kernels/mixture.ts, in that order. */
  #task(): number {
    const { columns, k, full } = this.#asked;
    const at = this.#at;
    return this.#loaded.memory.writeTask({
      rows: at.rows,
      count: this.#count,
      columns,
      padded: this.#padded,
      k,
      full: full ? 1 : 0,
      constants: at.constants,
      means: at.means,
      parts: at.parts,
      guesses: at.guesses,
      shares: at.shares,
      stride: this.stride,
      densities: at.densities,
      sizes: at.sizes,
      first: at.first,
      second: at.second,
      scratch: at.scratch,
      scratchBytes: scratchBytes(this.#padded, k),
    });
  }
}

function rowsOfTile({ values, columns, k }: MixtureAsked): number {
  const blocks = Math.ceil(values.length / columns / BLOCK);
  const most = Math.min(MOST_ROWS, SHARE_BYTES / (8 * k), SHARE_BYTES / (4 * columns)) / BLOCK;
  return BLOCK * Math.max(1, Math.min(blocks, Math.floor(most)));
}

/** What packages/core/kernels/expectation.ts and moments.ts lay out for a thread. */
const scratchBytes = (padded: number, k: number) => (16 * BLOCK * padded + 40 * BLOCK + 4 * k + 128 + 63) & ~63;

function roomFor(
  { memory, threads }: LoadedKernels,
  { columns, k, full }: MixtureAsked,
  { rows, stride }: { rows: number; stride: number },
) {
  const padded = (columns + 3) & ~3;
  const matrices = 8 * k * padded * (full ? padded : 1);
  memory.begin();
  return {
    rows: memory.room(4 * rows * columns),
    constants: memory.room(8 * k),
    means: memory.room(8 * k * padded),
    parts: memory.room(matrices),
    guesses: memory.room(4 * rows),
    shares: memory.room(8 * k * stride),
    densities: memory.room(16 * rows),
    sizes: memory.room(8 * k),
    first: memory.room(8 * k * padded),
    second: memory.room(matrices),
    scratch: memory.room(scratchBytes(padded, k) * threads.most),
  };
}

/** Rows that follow each other are copied at once. */
function copyRows(values: Float32Array, rows: Int32Array, columns: number, to: Float32Array): void {
  for (let at = 0, end = 0; at < rows.length; at = end) {
    const row = rows[at] as number;
    end = at + 1;
    while (end < rows.length && rows[end] === row + end - at) end++;
    to.set(values.subarray(row * columns, (row + end - at) * columns), at * columns);
  }
}

/** Rows of some columns to rows of more, the rest 0. */
function setRows(values: Float64Array, columns: number, to: Float64Array, padded: number): void {
  to.fill(0);
  for (let row = 0; row * columns < values.length; row++) {
    to.set(values.subarray(row * columns, (row + 1) * columns), row * padded);
  }
}

/** Square matrices to panels of four rows: (matrix, panel, column, row of the panel), the rest 0. */
function setPanels(matrices: Float64Array, columns: number, to: Float64Array, padded: number): void {
  to.fill(0);
  const rows = matrices.length / columns;
  for (let row = 0; row < rows; row++) {
    const [matrix, r] = [Math.floor(row / columns), row % columns];
    const at = matrix * padded * padded + (r >> 2) * 4 * padded + (r & 3);
    for (let d = 0; d <= r; d++) to[at + 4 * d] = matrices[row * columns + d] as number;
  }
}
