import { refuseForeign, refuseUnequal } from "./label-rows.ts";

/** How often each class was taken for each other. */
export interface ConfusionMatrix {
  readonly classes: number;
  /** (classes, classes): a row for the true class, a column for the predicted one. */
  readonly counts: Int32Array;
  /** (classes): rows of each true class that were given no class (−1); they are in no column. */
  readonly unanswered: Int32Array;
}

/**
 * Counts of true against predicted classes, as scikit-learn's `confusion_matrix` lays them out.
 *
 * @param truth class indices
 * @param predicted class indices, −1 where no class was given
 * @throws ShapeError if the two differ in length
 * @throws DataError if an entry is not a class index
 *
 * @example
 * confusionMatrix([0, 0, 1, 1], [0, 1, 1, -1], 2).counts; // Int32Array [1, 1, 0, 1]
 */
export function confusionMatrix(truth: ArrayLike<number>, predicted: ArrayLike<number>, classes: number): ConfusionMatrix {
  refuseUnequal("confusionMatrix", { truth: truth.length, predicted: predicted.length });
  refuseForeign("confusionMatrix", "true classes", truth, { classes });
  refuseForeign("confusionMatrix", "predicted classes", predicted, { classes, lowest: -1 });
  const counts = new Int32Array(classes * classes);
  const unanswered = new Int32Array(classes);
  for (let i = 0; i < truth.length; i++) {
    const t = truth[i] as number;
    const p = predicted[i] as number;
    if (p < 0) unanswered[t] = (unanswered[t] as number) + 1;
    else counts[t * classes + p] = (counts[t * classes + p] as number) + 1;
  }
  return { classes, counts, unanswered };
}
