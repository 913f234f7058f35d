import { refuseUnequal } from "./label-rows.ts";

/**
 * The part of the rows whose predicted class is the true one, from 0 to 1; NaN without rows.
 *
 *   accuracy = Σᵢ [ŷᵢ = yᵢ] / n
 *
 * A row that was given no class (−1) counts as wrong.
 *
 * @throws ShapeError if the two differ in length
 *
 * @example
 * accuracy([0, 1, 2, 2], [0, 1, 1, -1]); // 0.5
 */
export function accuracy(truth: ArrayLike<number>, predicted: ArrayLike<number>): number {
  refuseUnequal("accuracy", { truth: truth.length, predicted: predicted.length });
  let right = 0;
  for (let i = 0; i < truth.length; i++) if (truth[i] === predicted[i]) right++;
  return right / truth.length;
}
