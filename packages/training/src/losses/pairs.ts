import { normalize, type Tensor } from "@semblant/torch";
import { hardLabels } from "./labels.ts";
import { type Loss, type LossParts, makeLoss } from "./loss.ts";

/** What the embeddings of a batch are compared with: one another, or what a memory holds. */
export interface References {
  /** (references, dimensions) */
  readonly embeddings: Tensor;
  /** (references), int64. */
  readonly classes: Tensor;
  /** (batch), int64: the reference that each row is itself, with which it makes no pair. */
  readonly own: Tensor;
}

/** A {@link Loss} of pairs or triplets, which can take the other end of each from elsewhere than the batch. */
export interface PairLoss extends Loss {
  /** The loss with anchors from the batch, int64 classes (batch), and everything they are compared with from the references. */
  readonly against: (embeddings: Tensor, classes: Tensor, references: References) => Tensor;
}

type PairFormula = (embeddings: Tensor, classes: Tensor, references: References) => Tensor;

/** A {@link Loss} of pairs with both ends in the batch; with `normalized`, embeddings reach its formula as points of the unit sphere. */
export function makeBatchPairLoss(parts: LossParts, formula: PairFormula): Loss {
  return makeLoss(parts, (embeddings, labels) => {
    const [Z, classes] = [parts.normalized ? normalize(embeddings) : embeddings, hardLabels(labels)];
    return formula(Z, classes, ownReferences(Z, classes));
  });
}

/** A {@link PairLoss} of its formula; with `normalized`, embeddings and references reach it as points of the unit sphere. */
export function makePairLoss(parts: LossParts, formula: PairFormula): PairLoss {
  const placed = (embeddings: Tensor) => (parts.normalized ? normalize(embeddings) : embeddings);
  const loss = makeBatchPairLoss(parts, formula);
  const against = (embeddings: Tensor, classes: Tensor, references: References) =>
    formula(placed(embeddings), classes, { ...references, embeddings: placed(references.embeddings) });
  return Object.defineProperty(loss, "against", { value: against, enumerable: true }) as PairLoss;
}

/** A batch compared with itself. */
export function ownReferences(embeddings: Tensor, classes: Tensor): References {
  const own = classes.eq(classes).to("int64").cumsum(0).sub(1); // 0, 1, 2, … on the device of the classes
  return { embeddings, classes, own };
}

/** Which references make a positive and which a negative with each row: two masks (batch, references). */
export function pairsOf(classes: Tensor, references: References): { readonly positive: Tensor; readonly negative: Tensor } {
  const same = classes.unsqueeze(1).eq(references.classes.unsqueeze(0));
  return { positive: same.logicalAnd(isOwn(references).logicalNot()), negative: same.logicalNot() };
}

/** Where a row meets itself: (batch, references). */
export function isOwn({ classes, own }: References): Tensor {
  const numbers = classes.eq(classes).to("int64").cumsum(0).sub(1);
  return own.unsqueeze(1).eq(numbers.unsqueeze(0));
}

/** The mean of those values under the mask that are above 0, and 0 with gradient 0 where none is: PML's AvgNonZeroReducer. */
export function meanAbove0(values: Tensor, mask: Tensor): Tensor {
  const kept = values.maskedFill(mask.logicalNot(), 0);
  return kept.sum().div(kept.gt(0).to(values.dtype).sum().maximum(1));
}

/** 1 where both masks hold a pair, else 0: what a loss that needs both is multiplied by. */
export function hasBoth({ positive, negative }: { readonly positive: Tensor; readonly negative: Tensor }, like: Tensor): Tensor {
  return positive.any().logicalAnd(negative.any()).to(like.dtype);
}

/** Stands for −∞ in a log-sum-exp over masked values: its exponential is 0, and a row that is masked whole has a gradient. */
export const NOTHING = -1e30;
