import { refuseUnequal } from "../metrics/label-rows.ts";

/** How two classifiers differ on the same rows. */
export interface McNemar {
  /** Rows only the first gets right. */
  readonly onlyFirst: number;
  /** Rows only the second gets right. */
  readonly onlySecond: number;
  /** Two-sided, from 0 to 1. */
  readonly p: number;
}

/**
 * McNemar's exact test of whether two classifiers are right equally often, judged on the same rows.
 *
 * Rows on which both are right or both wrong say nothing; were the classifiers equal, each other row would fall to either
 * like a coin: p is the binomial chance of a split as uneven as this or more. 1 when they never differ. McNemar 1947.
 *
 * @param first 1 where the first is right, else 0
 * @param second likewise, of the same rows
 * @throws ShapeError if the two differ in length
 *
 * @example
 * mcnemar([1, 1, 1, 1, 1, 0, 1], [0, 0, 0, 0, 0, 1, 1]).p; // 0.21875
 */
export function mcnemar(first: ArrayLike<number>, second: ArrayLike<number>): McNemar {
  refuseUnequal("mcnemar", { first: first.length, second: second.length });
  let onlyFirst = 0;
  let onlySecond = 0;
  for (let i = 0; i < first.length; i++) {
    if (first[i] && !second[i]) onlyFirst++;
    if (!first[i] && second[i]) onlySecond++;
  }
  return { onlyFirst, onlySecond, p: Math.min(1, 2 * fairCoinTail(onlyFirst + onlySecond, Math.min(onlyFirst, onlySecond))) };
}

/** The chance of at most `heads` heads in `tosses` tosses of a fair coin. */
function fairCoinTail(tosses: number, heads: number): number {
  if (tosses > 1000) return logTail(tosses, heads);
  let term = 0.5 ** tosses;
  let sum = term;
  for (let i = 1; i <= heads; i++) {
    term *= (tosses - i + 1) / i;
    sum += term;
  }
  return sum;
}

/** The same where 2^−tosses is too small for a number: terms from the greatest down, relative to it. */
function logTail(tosses: number, heads: number): number {
  let lnGreatest = -tosses * Math.LN2;
  for (let i = 1; i <= heads; i++) lnGreatest += Math.log((tosses - i + 1) / i);
  let term = 1;
  let sum = 1;
  for (let i = heads; i > 0 && term > 1e-18; i--) {
    term *= i / (tosses - i + 1);
    sum += term;
  }
  return Math.exp(lnGreatest) * sum;
}
