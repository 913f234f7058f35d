import { ShapeError } from "../errors.ts";

/** The most probable class of each row and how probable it is. */
export interface MostProbable {
  /** (rows): the class, the smaller index of equals; −1 where the posterior is NaN. */
  readonly predicted: Int32Array;
  /** (rows): its probability, from 1/C to 1; NaN where the posterior is. */
  readonly confidence: Float64Array;
}

/**
 * The most probable class of each row of a posterior, and its probability.
 *
 * @param posterior (rows, classes), each row summing to 1
 * @throws ShapeError if the posterior does not divide into rows of that many classes
 *
 * @example
 * mostProbable([0.2, 0.8, 0.5, 0.5], 2).predicted; // Int32Array [1, 0]
 */
export function mostProbable(posterior: ArrayLike<number>, classes: number): MostProbable {
  const rows = posterior.length / classes;
  if (!Number.isInteger(rows)) {
    throw new ShapeError(`mostProbable: ${posterior.length} probabilities do not divide into rows of ${classes} classes.`);
  }
  const predicted = new Int32Array(rows).fill(-1);
  const confidence = new Float64Array(rows).fill(Number.NaN);
  for (let i = 0; i < rows; i++) {
    let most = -Infinity;
    for (let c = 0; c < classes; c++) {
      const p = posterior[i * classes + c] as number;
      if (!(p > most)) continue;
      most = p;
      predicted[i] = c;
      confidence[i] = p;
    }
  }
  return { predicted, confidence };
}
