import { type Contingency, contingency } from "./contingency.ts";

/** Pairs of rows, counted by whether they share a class and whether they share a cluster. */
export interface PairScores {
  /** Pairs that share both. */
  readonly truePositives: number;
  /** Pairs that share a cluster only. */
  readonly falsePositives: number;
  /** Pairs that share a class only. */
  readonly falseNegatives: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/**
 * Precision, recall and F1 of "these two belong together" over all pairs of rows (Manning et al. 2008, §16.3).
 *
 *   P = TP / (TP + FP),   R = TP / (TP + FN),   F1 = 2 P R / (P + R)
 *
 * TP counts pairs of one class in one cluster, FP pairs of two classes in one, FN pairs of one class in two.
 * From 0 to 1. With no pair that shares a class or a cluster there is nothing to find or to miss, and all three are NaN.
 *
 * @throws ShapeError if the two differ in length
 *
 * @example
 * pairScores([0, 0, 0, 1, 1, 1], [0, 0, 1, 1, 2, 2]).truePositives; // 2
 */
export function pairScores(labels: ArrayLike<number>, clusters: ArrayLike<number>): PairScores {
  return pairScoresOf(contingency(labels, clusters));
}

/** {@link pairScores} of a table made before. */
export function pairScoresOf({ classSizes, clusterSizes, counts }: Contingency): PairScores {
  const truePositives = pairs(counts);
  const falsePositives = pairs(clusterSizes) - truePositives;
  const falseNegatives = pairs(classSizes) - truePositives;
  const wrong = falsePositives + falseNegatives;
  const or0 = (value: number) => (Number.isNaN(value) && wrong > 0 ? 0 : value);
  return {
    truePositives,
    falsePositives,
    falseNegatives,
    precision: or0(truePositives / (truePositives + falsePositives)),
    recall: or0(truePositives / (truePositives + falseNegatives)),
    f1: (2 * truePositives) / (2 * truePositives + wrong),
  };
}

/**
 * The F1 of {@link pairScores}: what Song et al. 2016 call the F1 of a clustering.
 *
 *   F1 = 2 P R / (P + R)
 *
 * From 0, no pair put together rightly, to 1, the clusters are the classes.
 *
 * @example
 * pairwiseF1([0, 0, 0, 1, 1, 1], [0, 0, 1, 1, 2, 2]).toFixed(6); // "0.444444"
 */
export function pairwiseF1(labels: ArrayLike<number>, clusters: ArrayLike<number>): number {
  return pairScores(labels, clusters).f1;
}

function pairs(sizes: Float64Array): number {
  return sizes.reduce((sum, size) => sum + (size * (size - 1)) / 2, 0);
}
