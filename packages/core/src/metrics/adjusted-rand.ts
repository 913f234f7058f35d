import { type Contingency, contingency } from "./contingency.ts";

/**
 * Adjusted Rand index of two partitions: how far pairs of rows agree on being together or apart, less what chance would give,
 * over the most there could be.
 *
 *   ARI = (Σᵢⱼ C(nᵢⱼ) − E) / ((Σᵢ C(aᵢ) + Σⱼ C(bⱼ)) / 2 − E),   E = Σᵢ C(aᵢ) · Σⱼ C(bⱼ) / C(n),   C(x) = x (x − 1) / 2
 *
 * Group i of one holds aᵢ rows, group j of the other bⱼ, both together nᵢⱼ. From −0.5 to 1:
 * 1 when the partitions agree up to names (one group in both, or all rows alone in both, too), about 0 for partitions drawn at
 * random, below for less agreement than that. It is symmetric and does not see names. Without rows NaN.
 * Hubert and Arabie 1985.
 *
 * @throws ShapeError if the two differ in length
 *
 * @example
 * adjustedRandIndex([0, 0, 0, 1, 1, 1], [0, 0, 1, 1, 2, 2]).toFixed(6); // "0.242424"
 */
export function adjustedRandIndex(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return adjustedRandIndexOf(contingency(a, b));
}

/** {@link adjustedRandIndex} of a table made before. */
export function adjustedRandIndexOf({ rows, classSizes, clusterSizes, counts }: Contingency): number {
  if (rows === 0) return Number.NaN;
  const together = pairs(counts);
  const inFirst = pairs(classSizes);
  const inSecond = pairs(clusterSizes);
  if (inFirst === together && inSecond === together) return 1;
  const byChance = (inFirst * inSecond) / ((rows * (rows - 1)) / 2);
  return (together - byChance) / ((inFirst + inSecond) / 2 - byChance);
}

function pairs(sizes: Float64Array): number {
  return sizes.reduce((sum, size) => sum + (size * (size - 1)) / 2, 0);
}
