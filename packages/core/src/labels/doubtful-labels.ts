import type { Embeddings } from "../embeddings/embeddings.ts";
import { DataError, invalidOption, refuseUnknown } from "../errors.ts";
import { fitGaussians } from "../gaussians/fit.ts";
import { nearNeighbors } from "../retrieval/near-neighbors.ts";
import { findNeighbors } from "../retrieval/neighbors.ts";

export interface DoubtfulLabelsOptions {
  /** Rows of the gallery that are asked about each label. */
  readonly k?: number;
  /** Width of the class Gaussians, as {@link fitGaussians} takes it. */
  readonly sigma?: number | "estimate" | "per class";
  /** Whether about one neighbour in a hundred may be passed over: time then grows with the rows, and not with their square (false). */
  readonly approximate?: boolean;
}

/** How far the embedding bears each label out, and which rows to look at first. */
export interface DoubtfulLabels {
  /** (rows): row numbers, the most doubtful label first, the smaller row of equals. */
  readonly ranking: Int32Array;
  /** (rows): 1 less the mean of the next two; 0 where both are sure of the label, 1 where both rule it out. */
  readonly doubt: Float64Array;
  /** (rows): P(label | x) under the class Gaussians. */
  readonly posteriorOfLabel: Float64Array;
  /** (rows): the part of the k nearest gallery rows that carry the label. */
  readonly shareOfNeighbors: Float64Array;
  /** (rows): the class that posterior and neighbours together favour, the smaller of equals. */
  readonly suggested: Int32Array;
}

/**
 * Ranks labels by how little the embedding bears them out: against the class posterior and against the nearest neighbours
 * (Figure 6 of the paper finds mislabelled images so, by eye).
 *
 * Both witnesses come from the gallery. Rows of the same recording (`sequences`) are not asked as neighbours. A row
 * that stands in the gallery too would vouch for itself: ask about rows that the network has not been trained on. A
 * doubtful label may be wrong, or right of a face that is hard to read: this is a list to look through, not a verdict.
 *
 * @param X embeddings whose labels are in question
 * @param gallery embeddings with labels, of the same columns and classes
 * @throws DataError if either has no labels, or a row of the gallery holds NaN or an infinite value
 * @throws OptionError if k is not a whole number from 1 to the gallery's rows
 *
 * @example
 * const classes = ["neutral", "happiness"];
 * const gallery = new Embeddings(Float32Array.of(0, 1, 9, 10), 1, { labels: Int32Array.of(0, 0, 1, 1), classes });
 * const X = new Embeddings(Float32Array.of(0.5, 9.5, 9.6), 1, { labels: Int32Array.of(0, 0, 1), classes });
 * doubtfulLabels(X, gallery, { k: 2 }).ranking; // Int32Array [1, 0, 2]
 */
export function doubtfulLabels(X: Embeddings, gallery: Embeddings, options: DoubtfulLabelsOptions = {}): DoubtfulLabels {
  const where = "doubtfulLabels";
  refuseUnknown(where, options, ["k", "sigma", "approximate"]);
  const { k = 11, sigma = "estimate", approximate = false } = options;
  const { labels } = X;
  if (labels === undefined || gallery.labels === undefined) {
    throw new DataError(`${where}: expected ${labels ? "a gallery" : "embeddings"} with labels, but got none.`);
  }
  if (!Number.isInteger(k) || k < 1 || k > gallery.rows) {
    throw invalidOption(where, "k", `a whole number from 1 to the gallery's ${gallery.rows} rows`, k);
  }
  const gaussians = fitGaussians(gallery, { sigma });
  const posterior = gaussians.posterior(X);
  const neighbors = (approximate ? nearNeighbors : findNeighbors)(X, gallery, { k });
  const C = gaussians.classes;
  const doubt = new Float64Array(X.rows);
  const posteriorOfLabel = new Float64Array(X.rows);
  const shareOfNeighbors = new Float64Array(X.rows);
  const suggested = new Int32Array(X.rows);
  const favour = new Float64Array(C);
  for (let i = 0; i < X.rows; i++) {
    const label = labels[i] as number;
    for (let c = 0; c < C; c++) favour[c] = posterior[i * C + c] as number;
    posteriorOfLabel[i] = favour[label] as number;
    // A row with NaN has no neighbours, and one whose recording fills the gallery has few.
    const found = neighbors.rows.subarray(i * k, (i + 1) * k).filter((row) => row >= 0);
    for (const row of found) {
      const its = gallery.labels[row] as number;
      favour[its] = (favour[its] as number) + 1 / found.length;
    }
    shareOfNeighbors[i] = (favour[label] as number) - (posteriorOfLabel[i] as number);
    doubt[i] = 1 - (favour[label] as number) / 2;
    suggested[i] = favour.reduce((best, value, c) => (value > (favour[best] as number) ? c : best), 0);
  }
  const ranking = Int32Array.from(doubt, (_, i) => i).sort((a, b) => (doubt[b] as number) - (doubt[a] as number) || a - b);
  return { ranking, doubt, posteriorOfLabel, shareOfNeighbors, suggested };
}
