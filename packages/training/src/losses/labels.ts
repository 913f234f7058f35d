import { ShapeError } from "@semblant/core";
import type { Tensor } from "@semblant/torch";

/**
 * P(wⱼ | x) of each row as (batch, classes): votes as they are, class indices as one-hot rows.
 *
 * @param classes number of classes; without it, votes have their own and indices reach to the largest
 * @throws ShapeError if an index or the votes' columns do not fit the number of classes
 */
export function knownPosterior(where: string, labels: Tensor, like: Tensor, classes?: number): Tensor {
  if (labels.shape.length === 2) {
    const columns = labels.shape[1] as number;
    if (classes !== undefined && columns !== classes)
      throw new ShapeError(`${where}: expected votes over ${classes} classes, but got ${columns}.`);
    return labels.to(like.dtype);
  }
  const [lowest, highest] = [Number(labels.amin().item()), Number(labels.amax().item())];
  const last = (classes ?? highest + 1) - 1;
  if (lowest < 0 || highest > last) {
    throw new ShapeError(`${where}: expected labels from 0 to ${last}, but got ${lowest < 0 ? lowest : highest}.`);
  }
  return labels.oneHot(last + 1).to(like.dtype);
}

/** The class of each row: indices as they are, of votes the class with most. */
export function classOfRows(labels: Tensor): Int32Array {
  const indices = labels.shape.length === 2 ? labels.argmax(1) : labels;
  return Int32Array.from(indices.data() as Iterable<number | bigint>, Number);
}

/** The class of each row as int64 (batch): indices as they are, of votes the class with most. */
export function hardLabels(labels: Tensor): Tensor {
  return labels.shape.length === 2 ? labels.argmax(1) : labels.to("int64");
}

/** One-hot rows of the class with most in P(wⱼ | x), (batch, classes). */
export function mostOf(known: Tensor): Tensor {
  return known
    .argmax(1)
    .oneHot(known.shape[1] as number)
    .to(known.dtype);
}
