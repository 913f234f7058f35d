import { type Contingency, contingency } from "./contingency.ts";
import { entropy, expectedMutualInformation, mutualInformation } from "./mutual-information.ts";

/** How far apart, relative to their size, two sums of this kind may be and still be the same number. */
const ROUNDING = 1e-12;

/**
 * Normalised mutual information of classes and clusters, from 0 to 1.
 *
 *   NMI = 2 I(Ω; C) / (H(Ω) + H(C))
 *
 * 1 when the partitions agree up to names, 0 when knowing one says nothing of the other; it grows with the number of clusters
 * even by chance, which {@link ami} corrects. The arithmetic mean of the entropies is taken, as in Manning et al. 2008, §16.3,
 * and scikit-learn's default. One class in one cluster gives 1; without rows NaN.
 *
 * @throws ShapeError if the two differ in length
 *
 * @example
 * nmi([0, 0, 0, 1, 1, 1], [0, 0, 1, 1, 2, 2]).toFixed(6); // "0.515804"
 */
export function nmi(labels: ArrayLike<number>, clusters: ArrayLike<number>): number {
  return nmiOf(contingency(labels, clusters));
}

/** {@link nmi} of a table made before. */
export function nmiOf(table: Contingency): number {
  if (table.rows === 0) return Number.NaN;
  if (table.classSizes.length === 1 && table.clusterSizes.length === 1) return 1;
  const shared = mutualInformation(table);
  if (shared <= Number.EPSILON) return 0;
  // not past it by rounding
  return Math.min(1, (2 * shared) / (entropy(table.classSizes, table.rows) + entropy(table.clusterSizes, table.rows)));
}

/**
 * Adjusted mutual information: {@link nmi} without what chance gives.
 *
 *   AMI = (I(Ω; C) − E[I]) / ((H(Ω) + H(C)) / 2 − E[I])
 *
 * From a little below 0 to 1: 1 when the partitions agree up to names and about 0, also below, for clusters drawn at random, however
 * many there are.
 * E[I] is that of random partitions with the same sizes; the arithmetic mean is taken. Where every such partition agrees fully
 * (one class in one cluster; every row alone in both) it is 1; scikit-learn's answer to the latter is 0 or 1, as rounding
 * has it. Without rows NaN. Vinh, Epps and Bailey 2010.
 *
 * @throws ShapeError if the two differ in length
 *
 * @example
 * ami([0, 0, 0, 1, 1, 1], [0, 0, 1, 1, 2, 2]).toFixed(6); // "0.298792"
 */
export function ami(labels: ArrayLike<number>, clusters: ArrayLike<number>): number {
  return amiOf(contingency(labels, clusters));
}

/** {@link ami} of a table made before. */
export function amiOf(table: Contingency): number {
  if (table.rows === 0) return Number.NaN;
  if (table.classSizes.length === 1 && table.clusterSizes.length === 1) return 1;
  const shared = mutualInformation(table);
  const byChance = expectedMutualInformation(table);
  const most = (entropy(table.classSizes, table.rows) + entropy(table.clusterSizes, table.rows)) / 2;
  const room = most - byChance;
  if (room <= ROUNDING * most) return 1; // every partition with these sizes agrees fully: all rows alone, say
  return Math.min(1, (shared - byChance) / room);
}
