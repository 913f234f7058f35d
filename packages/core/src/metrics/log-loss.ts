import { DataError, ShapeError } from "../errors.ts";
import { meanOfKnown } from "./mean.ts";

/** Probabilities below this count as this, so that one impossible answer does not make the mean infinite. */
const FLOOR = 1e-15;
/** How far the sum of a row's votes may be from 1: what float32 loses. */
const slack = 1e-3;

/**
 * The mean cross-entropy of the raters' distribution against a posterior, in nats: −Σ v ln p.
 *
 *   −Σᵢ Σⱼ vᵢⱼ ln pᵢⱼ / n
 *
 * From 0 to 34.54: at least the mean entropy of the votes, which it reaches when the posterior says what the raters say;
 * {@link voteDivergence} is what lies above. Probabilities under 1e-15, and NaN, count as 1e-15 (a loss of at most 34.54). With
 * one-hot votes it is the ordinary log-loss. A row without votes (all zero, or NaN) is left out; NaN when no row is left.
 *
 * @param votes (rows, classes), each row summing to 1
 * @param posterior (rows, classes), each row summing to 1
 * @throws ShapeError if the two differ in length
 * @throws DataError if a row of votes sums to anything but 0 or 1: counts, for instance
 *
 * @example
 * voteLogLoss([0.5, 0.5, 1, 0], [0.5, 0.5, 0.5, 0.5], 2).toFixed(6); // "0.693147"
 */
export function voteLogLoss(votes: ArrayLike<number>, posterior: ArrayLike<number>, classes: number): number {
  return meanOfKnown(voteLosses(votes, posterior, classes).crossEntropy);
}

/**
 * The mean Kullback–Leibler divergence from the posterior to the raters' distribution, in nats: Σ v ln(v / p).
 *
 *   Σᵢ Σⱼ vᵢⱼ ln(vᵢⱼ / pᵢⱼ) / n
 *
 * From 0 to 34.54: 0 when they are equal; {@link voteLogLoss} less the entropy of the votes, with its floor and its exclusions.
 *
 * @throws ShapeError if the two differ in length
 * @throws DataError if a row of votes sums to anything but 0 or 1: counts, for instance
 *
 * @example
 * voteDivergence([0.5, 0.5], [0.5, 0.5], 2); // 0
 */
export function voteDivergence(votes: ArrayLike<number>, posterior: ArrayLike<number>, classes: number): number {
  return meanOfKnown(voteLosses(votes, posterior, classes).divergence);
}

/**
 * The mean of −ln p of the true class, in nats, with the floor of {@link voteLogLoss}: scikit-learn's `log_loss`.
 *
 *   −Σᵢ ln pᵢ(yᵢ) / n
 *
 * From 0, every true class surely named, to 34.54; ln C where all C classes are equally probable.
 *
 * @throws ShapeError if the posterior has not one row of classes for each label
 *
 * @example
 * logLoss([0, 1], [0.5, 0.5, 0.5, 0.5], 2).toFixed(6); // "0.693147"
 */
export function logLoss(truth: ArrayLike<number>, posterior: ArrayLike<number>, classes: number): number {
  return meanOfKnown(trueClassLosses(truth, posterior, classes));
}

/** (rows): −ln p of the true class. */
export function trueClassLosses(truth: ArrayLike<number>, posterior: ArrayLike<number>, classes: number): Float64Array {
  if (posterior.length !== truth.length * classes) {
    throw new ShapeError(`logLoss: expected ${truth.length} rows of ${classes} probabilities, but got ${posterior.length} probabilities.`);
  }
  return Float64Array.from({ length: truth.length }, (_, i) => surprise(posterior[i * classes + (truth[i] as number)] as number));
}

/** (rows) each: cross-entropy and divergence of one row's votes; NaN for a row without votes. */
export function voteLosses(
  votes: ArrayLike<number>,
  posterior: ArrayLike<number>,
  classes: number,
): { crossEntropy: Float64Array; divergence: Float64Array } {
  if (votes.length !== posterior.length || votes.length % classes !== 0) {
    throw new ShapeError(
      `voteLogLoss: expected votes and posterior in rows of ${classes}, but got ${votes.length} votes and ` +
        `${posterior.length} probabilities.`,
    );
  }
  const rows = votes.length / classes;
  const crossEntropy = new Float64Array(rows);
  const divergence = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    let total = 0;
    for (let j = i * classes; j < (i + 1) * classes; j++) {
      const v = votes[j] as number;
      total += v;
      if (v === 0) continue;
      const loss = surprise(posterior[j] as number);
      crossEntropy[i] = (crossEntropy[i] as number) + v * loss;
      divergence[i] = (divergence[i] as number) + v * (loss + Math.log(v));
    }
    if (total > 0 && Math.abs(total - 1) > slack)
      throw new DataError(`voteLogLoss: expected each row of votes to sum to 1, but row ${i} sums to ${Number(total.toPrecision(6))}.`);
    if (!(total > 0)) crossEntropy[i] = divergence[i] = Number.NaN;
  }
  return { crossEntropy, divergence };
}

/** −ln p; a probability that is NaN is an answer as bad as an impossible one, and never flatters the mean by its absence. */
function surprise(p: number): number {
  return -Math.log(Number.isNaN(p) ? FLOOR : Math.max(p, FLOOR));
}
