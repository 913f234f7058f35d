import { squaredDistance } from "../embeddings/distances.ts";
import type { Embeddings } from "../embeddings/embeddings.ts";
import { DataError } from "../errors.ts";
import { fitGaussians, type GaussianOptions } from "./fit.ts";

const SQRT_TAU = Math.sqrt(2 * Math.PI);

/**
 * P(wⱼ | x) for labelled rows by Gaussians of their classes (eq. 1), where no row counts in the mean of its own class: it is judged as a
 * row that was not seen. (rows, classes), each row summing to 1.
 *
 * Without itself, the mean of a class of n rows is n / (n − 1) times as far from a row. Widths and priors are those of
 * {@link fitGaussians} with all rows. The only row of a class is of that class with probability 0.
 *
 * @param X embeddings with labels
 * @throws DataError if X has labels of one row only, or what {@link fitGaussians} refuses
 * @throws OptionError as {@link fitGaussians}
 *
 * @example
 * const X = new Embeddings(Float32Array.of(-1, 1, 9, 11), 1, { labels: Int32Array.of(0, 0, 1, 1) });
 * posteriorsOfOthers(X, { sigma: 1 })[0] > 0.99; // true
 */
export function posteriorsOfOthers(X: Embeddings, options: GaussianOptions = {}): Float64Array {
  const { means, sigmas, priors, classes } = fitGaussians(X, options);
  const { columns, rows } = X;
  if (rows < 2) throw new DataError(`posteriorsOfOthers: expected at least 2 rows, but got ${rows}.`);
  const labels = X.labels as Int32Array;
  const sizes = new Float64Array(classes);
  for (const label of labels) sizes[label] = (sizes[label] as number) + 1;
  const points = Float64Array.from(X.values);
  const posterior = new Float64Array(rows * classes);
  for (let i = 0; i < rows; i++) {
    const joint = posterior.subarray(i * classes, (i + 1) * classes);
    for (let c = 0; c < classes; c++) {
      const own = labels[i] === c;
      const size = sizes[c] as number;
      if ((priors[c] as number) === 0 || (own && size === 1)) {
        joint[c] = -Infinity;
        continue;
      }
      const sigma = sigmas[c] as number;
      const farther = own ? (size / (size - 1)) ** 2 : 1;
      const z = (farther * squaredDistance(points, i, means, c, columns)) / (2 * sigma * sigma);
      joint[c] = Math.log(priors[c] as number) - columns * Math.log(sigma * SQRT_TAU) - z;
    }
    const most = joint.reduce((a, b) => Math.max(a, b), -Infinity);
    let sum = 0;
    for (let c = 0; c < classes; c++) sum += joint[c] = Math.exp((joint[c] as number) - most);
    for (let c = 0; c < classes; c++) joint[c] = (joint[c] as number) / sum;
  }
  return posterior;
}
