import type { Embeddings } from "../embeddings/embeddings.ts";
import { refuseNonFinite } from "../embeddings/finite.ts";
import { DataError } from "../errors.ts";

/**
 * The covariance of rows about the mean of their class, (columns, columns): the mean of the classes' covariances, so that each class
 * counts alike, however many rows it has.
 *
 * @param X embeddings with labels
 * @throws DataError if X has no labels or no rows, or a row with NaN or an infinite value
 *
 * @example
 * const X = new Embeddings(Float32Array.of(-1, 1, 7, 13), 1, { labels: Int32Array.of(0, 0, 1, 1) });
 * covarianceWithinClasses(X); // Float64Array [5]
 */
export function covarianceWithinClasses(X: Embeddings): Float64Array {
  const { labels, columns, rows, values } = X;
  const where = "covarianceWithinClasses";
  if (labels === undefined || rows === 0) throw new DataError(`${where}: expected rows with labels, but got ${rows} rows.`);
  refuseNonFinite(where, X);
  const sizes = new Map<number, number>();
  for (const label of labels) sizes.set(label, (sizes.get(label) ?? 0) + 1);
  const means = new Map(Array.from(sizes.keys(), (c) => [c, new Float64Array(columns)]));
  const meanOf = (i: number) => means.get(labels[i] as number) as Float64Array;
  for (let i = 0; i < rows; i++) {
    const mean = meanOf(i);
    const n = sizes.get(labels[i] as number) as number;
    for (let d = 0; d < columns; d++) mean[d] = (mean[d] as number) + (values[i * columns + d] as number) / n;
  }
  const covariance = new Float64Array(columns ** 2);
  const apart = new Float64Array(columns);
  for (let i = 0; i < rows; i++) {
    const mean = meanOf(i);
    const weight = 1 / ((sizes.get(labels[i] as number) as number) * sizes.size);
    for (let d = 0; d < columns; d++) apart[d] = (values[i * columns + d] as number) - (mean[d] as number);
    for (let a = 0; a < columns; a++) {
      const weighted = weight * (apart[a] as number);
      for (let b = 0; b <= a; b++) covariance[a * columns + b] = (covariance[a * columns + b] as number) + weighted * (apart[b] as number);
    }
  }
  for (let a = 0; a < columns; a++) for (let b = 0; b < a; b++) covariance[b * columns + a] = covariance[a * columns + b] as number;
  return covariance;
}
