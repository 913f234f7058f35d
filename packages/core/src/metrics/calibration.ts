import { invalidOption, refuseUnknown } from "../errors.ts";
import { refuseUnequal } from "./label-rows.ts";

/** One bin of a reliability diagram: rows about equally confident. */
export interface CalibrationBin {
  /** Confidences above `low` (the first bin: from it) and up to `high`. */
  readonly low: number;
  readonly high: number;
  readonly rows: number;
  /** Mean confidence of the rows; NaN in an empty bin. */
  readonly confidence: number;
  /** The part of the rows that are right; NaN in an empty bin. */
  readonly accuracy: number;
}

export interface CalibrationOptions {
  /** How many bins; above 0. */
  readonly bins?: number;
  /** `equal width` divides 0 to 1; `equal count` divides the rows (adaptive), equal confidences never being parted. */
  readonly binning?: "equal width" | "equal count";
}

/**
 * How confident rows were against how often they were right, bin by bin: the numbers behind a reliability diagram.
 *
 * Rows whose confidence is NaN are left out.
 *
 * @param confidence probability given to the predicted class, from 0 to 1
 * @param correct 1 where the prediction was right, else 0
 *
 * @example
 * calibrationBins([0.9, 0.8, 0.3], [1, 0, 1], { bins: 2 })[1]?.accuracy; // 0.5
 */
export function calibrationBins(
  confidence: ArrayLike<number>,
  correct: ArrayLike<number>,
  options: CalibrationOptions = {},
): CalibrationBin[] {
  const where = "calibrationBins";
  refuseUnknown(where, options, ["bins", "binning"]);
  refuseUnequal(where, { confidence: confidence.length, correct: correct.length });
  const { bins = 15, binning = "equal width" } = options;
  if (!Number.isInteger(bins) || bins < 1) throw invalidOption(where, "bins", "a whole number above 0", bins);
  if (binning !== "equal width" && binning !== "equal count") {
    throw invalidOption(where, "binning", `"equal width" or "equal count"`, binning);
  }

  const edges = binning === "equal width" ? equalWidths(bins) : equalCounts(confidence, bins);
  const rows = new Float64Array(bins);
  const confidences = new Float64Array(bins);
  const right = new Float64Array(bins);
  for (let i = 0; i < confidence.length; i++) {
    const p = confidence[i] as number;
    if (Number.isNaN(p)) continue;
    const b = binOf(p, edges);
    rows[b] = (rows[b] as number) + 1;
    confidences[b] = (confidences[b] as number) + p;
    right[b] = (right[b] as number) + (correct[i] as number);
  }
  return Array.from({ length: bins }, (_, b) => ({
    low: b === 0 ? 0 : (edges[b - 1] as number),
    high: edges[b] as number,
    rows: rows[b] as number,
    confidence: (confidences[b] as number) / (rows[b] as number),
    accuracy: (right[b] as number) / (rows[b] as number),
  }));
}

/**
 * Expected calibration error: the mean, over the rows, of the gap between a bin's confidence and its accuracy; from 0 to 1.
 *
 *   ECE = Σ_b (n_b / n) · |accuracy_b − confidence_b|
 *
 * 0 when what is said with 80 % is right 80 times in a hundred. It depends on the bins (15 of equal width, the common choice,
 * unless told otherwise) and is biased upward on few rows. NaN without rows. Guo et al. 2017, "On calibration of modern neural
 * networks".
 *
 * @throws ShapeError if the two differ in length
 * @throws OptionError if bins is not a whole number above 0
 *
 * @example
 * expectedCalibrationError([0.9, 0.9, 0.6, 0.6], [1, 1, 1, 0]).toFixed(4); // "0.1000"
 */
export function expectedCalibrationError(
  confidence: ArrayLike<number>,
  correct: ArrayLike<number>,
  options: CalibrationOptions = {},
): number {
  const filled = calibrationBins(confidence, correct, options).filter((bin) => bin.rows > 0);
  const rows = filled.reduce((sum, bin) => sum + bin.rows, 0);
  return filled.reduce((sum, bin) => sum + bin.rows * Math.abs(bin.accuracy - bin.confidence), 0) / rows;
}

/** Upper edges; the last is 1. */
function equalWidths(bins: number): number[] {
  return Array.from({ length: bins }, (_, b) => (b + 1) / bins);
}

/** Upper edges with about equally many confidences up to each; the last is 1. */
function equalCounts(confidence: ArrayLike<number>, bins: number): number[] {
  const ascending = Float64Array.from(confidence).sort(); // NaN last
  const sorted = ascending.subarray(0, ascending.findLastIndex((p) => !Number.isNaN(p)) + 1);
  return Array.from({ length: bins }, (_, b) => {
    if (b === bins - 1 || sorted.length === 0) return 1;
    return sorted[Math.max(0, Math.ceil(((b + 1) * sorted.length) / bins) - 1)] as number;
  });
}

/** The first bin whose upper edge is not below the confidence. */
function binOf(p: number, edges: readonly number[]): number {
  let low = 0;
  let high = edges.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((edges[middle] as number) < p) low = middle + 1;
    else high = middle;
  }
  return low;
}
