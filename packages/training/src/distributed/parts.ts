/** A rank among its ranks; a process group is one. */
export interface Place {
  /** From 0. */
  readonly rank: number;
  /** How many ranks there are. */
  readonly size: number;
}

/**
 * How many of the rows each rank takes: as many as every other, or one more for the first ones.
 *
 * @example
 * countsOf(8, 3); // [3, 3, 2]
 */
export function countsOf(rows: number, size: number): number[] {
  return Array.from({ length: size }, (_, rank) => Math.floor(rows / size) + (rank < rows % size ? 1 : 0));
}

/**
 * The rows of a rank, which lie side by side: from `first` to before `end`.
 *
 * @example
 * partOf(8, { rank: 1, size: 3 }); // { first: 3, end: 6 }
 */
export function partOf(rows: number, { rank, size }: Place): { readonly first: number; readonly end: number } {
  const counts = countsOf(rows, size);
  const first = counts.slice(0, rank).reduce((sum, count) => sum + count, 0);
  return { first, end: first + (counts[rank] as number) };
}
