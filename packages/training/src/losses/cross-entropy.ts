import { ShapeError } from "@semblant/core";
import { wholeAbove0 } from "@semblant/core/internals";
import type { Tensor } from "@semblant/torch";
import { knownPosterior } from "./labels.ts";
import { inFullPrecision, type Loss, makeLoss } from "./loss.ts";
import { declareLoss } from "./loss-declaration.ts";

export default declareLoss<object>({
  name: "cross-entropy",
  title: "cross-entropy of its own head",
  source: "the paper's CNN",
  options: {},
  head: "classes",
  learnsClasses: true,
  make: (_, { classes }) => crossEntropyLoss(classes),
});

/**
 * The loss of the paper's CNN baseline: cross-entropy between the known posterior and the softmax of a network's own logits.
 *
 *   L = mean over i of −Σⱼ P(wⱼ | xᵢ) log softmaxⱼ(f(xᵢ))
 *
 * In nats. From 0 without an upper end; log C where all logits are
 * equal. The network ends in a logit for each class (its head is `classes`), so that there is nothing to train beside it;
 * `softmaxHead` puts a linear classifier on an embedding instead. `posterior` is the softmax of the logits.
 *
 * @param classes number of classes
 * @returns a {@link Loss}: logits (batch, classes), labels (batch) or votes (batch, classes) → scalar
 * @throws OptionError if classes is not a whole number above 0
 * @throws ShapeError when called, if logits or votes have other columns than the classes
 *
 * @example
 * const loss = crossEntropyLoss(4);
 * loss(zeros([2, 4]), Int32Array.of(0, 3)).item(); // 1.386294 (ln 4)
 */
export function crossEntropyLoss(classes: number): CrossEntropyLoss {
  wholeAbove0("crossEntropyLoss", "classes", classes);
  const checked = (logits: Tensor): Tensor => {
    if (logits.shape[1] === classes) return logits;
    throw new ShapeError(`crossEntropyLoss: expected a logit for each of ${classes} classes, but got (${logits.shape.join(", ")}).`);
  };
  const parts = {
    name: "crossEntropyLoss",
    settings: { classes },
    posterior: (logits: Tensor) => inFullPrecision(logits, (wide) => checked(wide).softmax(1)),
  };
  return makeLoss(parts, (logits, labels) => {
    const logPosterior = checked(logits).logSoftmax(1);
    return knownPosterior("crossEntropyLoss", labels, logits, classes).mul(logPosterior).sum(1).mean().neg();
  }) as CrossEntropyLoss;
}

/** A {@link Loss} that surely knows the posterior. */
export type CrossEntropyLoss = Loss & { readonly posterior: (logits: Tensor) => Tensor };
