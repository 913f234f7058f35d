import { DataError, type Random } from "@semblant/core";

/** Row numbers: anchors and what they are compared with; entry i of each list makes one triplet. */
export interface Triplets {
  readonly anchors: Int32Array;
  readonly positives: Int32Array;
  readonly negatives: Int32Array;
}

/** Which triplets are looked at. */
export const minings = ["given", "random", "semi-hard", "batch-hard", "distance-weighted"] as const;
export type Mining = (typeof minings)[number];

/** What triplets are chosen from: the anchors of a batch, and the references that may be their positives and negatives. */
export interface Candidates {
  /** (batch) */
  readonly classes: Int32Array;
  /** (references): of what the anchors are compared with. */
  readonly referenceClasses: Int32Array;
  /** (batch): the reference that each anchor is itself. */
  readonly own: Int32Array;
  /** (batch, references) */
  readonly distances: ArrayLike<number>;
}

/** The batch in thirds, as {@link triplets} draws it: rows i, n + i, 2n + i are one triplet. */
export function givenTriplets(rows: number): Triplets {
  if (rows % 3 !== 0) {
    throw new DataError(`triplet: expected anchors, positives and negatives in thirds of the batch, but got ${rows} rows.`);
  }
  const count = rows / 3;
  const third = (k: number) => Int32Array.from({ length: count }, (_, i) => k * count + i);
  return { anchors: third(0), positives: third(1), negatives: third(2) };
}

/** For each row that has both, one positive and one negative, uniformly at random. */
export function randomTriplets(candidates: Candidates, random: Random): Triplets {
  return collect(candidates, (_, positives, negatives) => [
    [positives[random.integer(positives.length)] as number, negatives[random.integer(negatives.length)] as number],
  ]);
}

/** For each row its farthest positive and nearest negative (Hermans et al. 2017). */
export function batchHardTriplets(candidates: Candidates): Triplets {
  return collect(candidates, (from, positives, negatives) => [[extreme(positives, from, 1), extreme(negatives, from, -1)]]);
}

/**
 * For each pair of anchor and positive the nearest negative that is farther than the positive, or the farthest
 * negative where none is (Schroff et al. 2015).
 */
export function semiHardTriplets(candidates: Candidates): Triplets {
  return collect(candidates, (from, positives, negatives) => {
    const nearestFirst = [...negatives].sort((a, b) => from(a) - from(b));
    return positives.map((positive) => {
      const farther = nearestFirst.find((negative) => from(negative) > from(positive));
      return [positive, farther ?? (nearestFirst.at(-1) as number)];
    });
  });
}

/** Where distance-weighted mining draws: the values of the paper. */
export interface DistanceWeights {
  /** Distances below it count as it, so that the very nearest, often mislabelled, are not drawn over and over. */
  readonly cutoff?: number;
  /** Distances from it on are not drawn: those negatives cost nothing any more. */
  readonly farthest?: number;
}

/**
 * For each pair of anchor and positive one negative, drawn by {@link distanceWeights}: evenly over distance, where a uniform
 * draw would give next to none but those √2 away. An anchor that has no negative nearer than `farthest` has no triplet.
 */
export function distanceWeightedTriplets(
  candidates: Candidates,
  dimensions: number,
  random: Random,
  options: DistanceWeights = {},
): Triplets {
  return collect(candidates, (from, positives, negatives) => {
    const weights = distanceWeights(negatives.map(from), dimensions, options);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return total === 0 ? [] : positives.map((positive) => [positive, negatives[draw(weights, total, random)] as number]);
  });
}

/**
 * How likely each of an anchor's negatives is to be drawn: inversely to how common its distance d is between random points
 * of the unit sphere, q(d) ∝ dⁿ⁻² (1 − d²/4)^((n−3)/2). Wu, Manmatha, Smola and Krähenbühl 2017, "Sampling matters in deep
 * embedding learning", section 4.1; pytorch-metric-learning's DistanceWeightedMiner.
 *
 * @param distances of the negatives, on the unit sphere, 0 to 2
 * @param dimensions n, columns of the embeddings
 * @param options cutoff (0.5), farthest (1.4)
 * @returns weights from 0 to 1, the largest 1; all 0 where every distance is `farthest` or more
 *
 * @example
 * distanceWeights([0.1, 0.5, 1, 1.5], 3); // [1, 1, 0.5, 0]
 */
export function distanceWeights(distances: readonly number[], dimensions: number, options: DistanceWeights = {}): number[] {
  const { cutoff = 0.5, farthest = 1.4 } = options;
  const logs = distances.map((distance) => {
    const d = Math.max(distance, cutoff);
    const log = (2 - dimensions) * Math.log(d) - ((dimensions - 3) / 2) * Math.log(1 - d ** 2 / 4);
    return d < farthest && Number.isFinite(log) ? log : Number.NEGATIVE_INFINITY;
  });
  const highest = logs.reduce((best, log) => Math.max(best, log), Number.NEGATIVE_INFINITY);
  return logs.map((log) => (log === Number.NEGATIVE_INFINITY ? 0 : Math.exp(log - highest)));
}

type Pairs = (readonly [positive: number, negative: number])[];

/** The triplets of every row that has a positive and a negative; `from` is the distance of a reference from the row. */
function collect(
  { classes, referenceClasses, own, distances }: Candidates,
  choose: (from: (reference: number) => number, positives: number[], negatives: number[]) => Pairs,
): Triplets {
  const references = [...referenceClasses.keys()];
  const found: [number, number, number][] = [];
  classes.forEach((label, anchor) => {
    const positives = references.filter((row) => referenceClasses[row] === label && row !== own[anchor]);
    const negatives = references.filter((row) => referenceClasses[row] !== label);
    if (positives.length === 0 || negatives.length === 0) return;
    const from = (reference: number) => distances[anchor * references.length + reference] as number;
    for (const [positive, negative] of choose(from, positives, negatives)) found.push([anchor, positive, negative]);
  });
  const column = (k: 0 | 1 | 2) => Int32Array.from(found, (triplet) => triplet[k]);
  return { anchors: column(0), positives: column(1), negatives: column(2) };
}

/** The row whose value is largest (sign 1) or smallest (sign −1); the first among equals. */
function extreme(rows: readonly number[], value: (row: number) => number, sign: 1 | -1): number {
  return rows.reduce((best, row) => (sign * (value(row) - value(best)) > 0 ? row : best));
}

/** A place among the weights, as likely as its weight. */
function draw(weights: readonly number[], total: number, random: Random): number {
  let left = random.uniform(0, total);
  let last = 0;
  for (const [place, weight] of weights.entries()) {
    if (weight === 0) continue;
    last = place;
    left -= weight;
    if (left < 0) break;
  }
  return last;
}
