import { type Embeddings, fitGaussianMixture, Random } from "@semblant/core";

/** A sub-class for each row of a set whose classes are known. */
export interface SplitClasses {
  /** (rows): into `parents`. */
  readonly subclasses: Int32Array;
  /** (sub-classes): the class of each; a class's sub-classes follow each other, the one of most rows first. */
  readonly parents: readonly number[];
}

/** A class is split no further than leaves so many rows to each part on average. */
const rowsEach = 50;

/**
 * Splits every class into kinds, a mixture of spherical Gaussians each (EM, three starts): at most `most`, and fewer where it has few rows.
 *
 * @param X with labels
 */
export function splitClasses(X: Embeddings, most: number, seed = 0): SplitClasses {
  const labels = X.labels as Int32Array;
  const subclasses = new Int32Array(X.rows);
  const parents: number[] = [];
  for (const c of (X.classes as readonly string[]).keys()) {
    const rows = Int32Array.from([...labels.keys()].filter((i) => labels[i] === c));
    const k = Math.max(1, Math.min(most, Math.floor(rows.length / rowsEach)));
    const random = new Random(seed).fork(`class ${c}`);
    const own = X.take(rows);
    const groups =
      k === 1 ? new Int32Array(rows.length) : fitGaussianMixture(own, { k, covariance: "spherical", restarts: 3, random }).clusters(own);
    const sizes = Array.from({ length: k }, (_, g) => groups.filter((group) => group === g).length);
    const order = [...sizes.keys()].sort((a, b) => (sizes[b] as number) - (sizes[a] as number));
    for (const [i, row] of rows.entries()) subclasses[row] = parents.length + order.indexOf(groups[i] as number);
    parents.push(...order.map(() => c));
  }
  return { subclasses, parents };
}
