/** Rows that lie as embeddings of faces do: 8 classes of 5 sub-classes each. */
import { Random } from "@semblant/core";

export interface SubclassRows {
  /** (count, columns) */
  readonly rows: Float32Array;
  /** (count): the class of each, 0 to 7 */
  readonly labels: Int32Array;
  /** (40, columns): where the sub-classes lie */
  readonly means: Float64Array;
}

/** @param spread standard deviation of a sub-class in each column; where sub-classes lie has one of 1 within a class */
export function subclassRows(count: number, { columns, spread }: { readonly columns: number; readonly spread: number }): SubclassRows {
  const random = new Random(1);
  const classes = Float64Array.from({ length: 8 * columns }, () => random.normal(0, 2));
  const means = Float64Array.from({ length: 40 * columns }, (_, j) => (classes[j % classes.length] as number) + random.normal());
  const rows = new Float32Array(count * columns);
  const labels = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    const part = random.integer(40);
    labels[i] = part % 8;
    for (let d = 0; d < columns; d++) rows[i * columns + d] = (means[part * columns + d] as number) + random.normal(0, spread);
  }
  return { rows, labels, means };
}
