import { DataError } from "@semblant/core";
import type { Tensor } from "@semblant/torch";

/** How far a row's sum may be from 1: what float32 loses, and what half precision does. */
const slack = 1e-3;
const slackOfHalf = 2e-2;

/** Targets that were looked at where they came from: a tensor on a GPU is not fetched for it once more. */
const looked = new WeakSet<Tensor>();

/**
 * Refuses targets that are no distributions over the classes: raw counts of raters would make every loss as many times larger.
 *
 * @param where what the error calls the caller
 * @param values (rows, classes)
 * @param name what the error calls a row
 * @throws DataError if a value is below 0 or no number, or a row does not sum to 1
 *
 * @example
 * refuseCounts("sgm", [3, 7], 2); // throws DataError: sgm: expected each row of targets to be a distribution
 */
export function refuseCounts(
  where: string,
  values: ArrayLike<number>,
  classes: number,
  { name = (row: number) => `row ${row}`, within = slack }: { name?: (row: number) => string; within?: number } = {},
): void {
  for (let row = 0; row * classes < values.length; row++) {
    let sum = 0;
    for (let c = row * classes; c < (row + 1) * classes; c++) {
      const value = values[c] as number;
      if (!(value >= 0)) throw noDistribution(where, `${name(row)} holds ${value}`);
      sum += value;
    }
    if (!(Math.abs(sum - 1) <= within)) throw noDistribution(where, `${name(row)} sums to ${Number(sum.toPrecision(6))}`);
  }
}

/**
 * Refuses a tensor of targets, (rows, classes), as {@link refuseCounts} does, unless it was {@link alreadyLooked} at. Of one on a GPU it
 * waits until that is done with what came before.
 *
 * @throws DataError if a value is below 0 or no number, or a row does not sum to 1
 */
export function refuseCountsIn(where: string, targets: Tensor): void {
  if (looked.has(targets)) return;
  const half = targets.dtype === "bfloat16" || targets.dtype === "float16";
  const values = targets.detach().to("float64").data() as Float64Array;
  refuseCounts(where, values, targets.shape[1] as number, { within: half ? slackOfHalf : slack });
}

/** The same tensor, whose values were looked at before they became one. */
export function alreadyLooked(targets: Tensor): Tensor {
  looked.add(targets);
  return targets;
}

function noDistribution(where: string, but: string): DataError {
  return new DataError(
    `${where}: expected each row of targets to be a distribution over the classes (0 or more, sum 1), ` +
      `but ${but}.\n  Divide counts of raters by their sum.`,
  );
}
