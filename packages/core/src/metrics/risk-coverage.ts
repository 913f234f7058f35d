import { refuseUnequal } from "./label-rows.ts";

/** What is risked by answering only where one is confident. One entry for each number of rows answered, most confident first. */
export interface RiskCoverage {
  /** (rows): the part of the rows answered, 1/n to 1. */
  readonly coverage: Float64Array;
  /** (rows): the part of those that are wrong. */
  readonly risk: Float64Array;
  /** The mean risk over all coverages (AURC), from 0 to 1; lower is better. */
  readonly area: number;
}

/**
 * The risk-coverage curve of a classifier that may stay silent, and the area under it.
 *
 *   risk(k / n) = Σᵢ₌₁…ₖ [ŷᵢ ≠ yᵢ] / k,   area = Σₖ risk(k / n) / n
 *
 * Risk and area go from 0 to 1. Rows are answered from the most confident down. Rows equally confident are answered in no order: their
 * errors are spread
 * evenly, so that the order of the rows changes nothing. The risk at coverage 1 is 1 − accuracy. Rows whose confidence is
 * NaN come last. Area is NaN without rows. Geifman and El-Yaniv 2017, "Selective classification for deep neural networks".
 *
 * @param confidence any number that is greater where the classifier is surer
 * @param correct 1 where the prediction was right, else 0
 * @throws ShapeError if the two differ in length
 *
 * @example
 * riskCoverage([0.9, 0.8, 0.7, 0.6], [1, 1, 0, 1]).risk; // Float64Array [0, 0, 0.3333333333333333, 0.25]
 */
export function riskCoverage(confidence: ArrayLike<number>, correct: ArrayLike<number>): RiskCoverage {
  refuseUnequal("riskCoverage", { confidence: confidence.length, correct: correct.length });
  const n = confidence.length;
  const sureness = sortedSureness(confidence, correct, () => true);
  const mistaken = sortedSureness(confidence, correct, (right) => !right);
  const coverage = new Float64Array(n);
  const risk = new Float64Array(n);
  let errors = 0;
  for (let answered = 0; answered < n; ) {
    const tied = sureness[n - 1 - answered] as number;
    let end = answered;
    let wrong = 0;
    while (end < n && sureness[n - 1 - end] === tied) end++;
    while (errors + wrong < mistaken.length && mistaken[mistaken.length - 1 - errors - wrong] === tied) wrong++;
    for (let i = answered; i < end; i++) {
      coverage[i] = (i + 1) / n;
      risk[i] = (errors + (wrong * (i + 1 - answered)) / (end - answered)) / (i + 1);
    }
    errors += wrong;
    answered = end;
  }
  return { coverage, risk, area: Math.min(1, risk.reduce((sum, r) => sum + r, 0) / n) };
}

/** The confidences of the rows chosen, ascending, with −∞ for NaN: sorted without their row numbers, which is quick. */
function sortedSureness(confidence: ArrayLike<number>, correct: ArrayLike<number>, chosen: (right: boolean) => boolean): Float64Array {
  const values = new Float64Array(confidence.length);
  let count = 0;
  for (let i = 0; i < confidence.length; i++) {
    if (!chosen(correct[i] !== 0)) continue;
    const p = confidence[i] as number;
    values[count++] = Number.isNaN(p) ? -Infinity : p;
  }
  return values.subarray(0, count).sort();
}
