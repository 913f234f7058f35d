import { DataError } from "@semblant/core";

/**
 * Decides which images make up each batch. Endless: {@link next} gives the rows of one batch, and an epoch is
 * `batchesPerEpoch` calls of it. A sampler that is resumed from a state gives the same rows from there on.
 */
export interface Sampler {
  /** As settings and results name it. */
  readonly name: "balanced" | "square-root" | "triplets" | "plain";
  /** Rows in a batch; only the last batch of an epoch of {@link plain} may have fewer. */
  readonly rowsPerBatch: number;
  readonly batchesPerEpoch: number;
  /** Row numbers of the next batch. */
  next(): Int32Array;
  /** Where the sampler stands, as JSON can hold it. */
  state(): SamplerState;
  /** Continues from a state of a sampler made with the same labels and options. */
  resume(state: SamplerState): void;
}

/** Numbers only; what they mean is the sampler's own affair. */
export type SamplerState = { readonly [name: string]: number | readonly number[] | readonly QueueState[] };

/** Where a {@link RowQueue} stands: the generator's state before its last shuffle, and how many rows were taken since. */
export interface QueueState {
  readonly random: readonly number[];
  readonly taken: number;
  /** Rows that were put off at the last refill because the batch already held them, and for how many places. */
  readonly avoided: readonly number[];
  readonly places: number;
}

/**
 * The rows of each class, in order.
 *
 * @throws DataError if there are fewer than two classes, a class without rows, or a label outside of them
 */
export function rowsOfClasses(where: string, labels: Int32Array, classes?: readonly string[]): Int32Array[] {
  const count = classes?.length ?? labels.reduce((most, label) => Math.max(most, label), -1) + 1;
  const rows: number[][] = Array.from({ length: count }, () => []);
  labels.forEach((label, row) => {
    const list = rows[label];
    if (list === undefined) {
      throw new DataError(`${where}: expected the label of row ${row} to be a class from 0 to ${count - 1}, but got ${label}.`);
    }
    list.push(row);
  });
  const name = (j: number) => (classes === undefined ? `class ${j}` : `class ${j} (${classes[j]})`);
  const empty = rows.findIndex((list) => list.length === 0);
  if (empty >= 0) {
    throw new DataError(
      `${where}: expected at least one image of every class, but got none of ${name(empty)}.\n  Leave the ` +
        `class out of the data set, or add images of it.`,
    );
  }
  if (count < 2) {
    throw new DataError(
      `${where}: expected images of at least two classes, but got ${count === 0 ? "no images" : `only ${name(0)}`}.\n ` +
        ` There is nothing to tell apart in a set of one class.`,
    );
  }
  return rows.map((list) => Int32Array.from(list));
}
