import { ShapeError } from "@semblant/core";
import { wholeAbove0 } from "@semblant/core/internals";
import { Linear, linear, type Tensor } from "@semblant/torch";
import { knownPosterior } from "./labels.ts";
import { inFullPrecision, type Loss, makeLoss } from "./loss.ts";
import { declareLoss } from "./loss-declaration.ts";

export default declareLoss<object>({
  name: "softmax",
  title: "softmax cross-entropy",
  source: "a linear head on the embedding",
  options: {},
  learnsClasses: true,
  make: (_, { dimensions, classes }) => softmaxHead(dimensions, classes),
});

/**
 * The classifier's loss: cross-entropy between the known posterior and that of a linear head on the embeddings.
 *
 *   L = mean over i of −Σⱼ P(wⱼ | xᵢ) log softmaxⱼ(W·f(xᵢ) + b)
 *
 * In nats. With class
 * indices that is the usual −log p of the right class; with votes its lowest value is the entropy of the votes.
 *
 * From 0 without an upper end; log C where the head knows nothing. The head is `module` (weight (classes,
 * dimensions), bias (classes)): train, move and save it with the network. `posterior` is its softmax.
 *
 * @param dimensions columns of the embeddings
 * @param classes number of classes
 * @returns a {@link Loss}: embeddings (batch, dimensions), labels (batch) or votes (batch, classes) → scalar
 * @throws OptionError if dimensions or classes is not a whole number above 0
 * @throws ShapeError when called, if embeddings or votes have other columns than those
 *
 * @example
 * const loss = softmaxHead(64, 8);
 * loss.module.numberOfParameters(); // 520
 */
export function softmaxHead(dimensions: number, classes: number): SoftmaxHead {
  wholeAbove0("softmaxHead", "dimensions", dimensions);
  wholeAbove0("softmaxHead", "classes", classes);
  const module = new Linear(dimensions, classes);

  const logits = (embeddings: Tensor): Tensor => {
    if (embeddings.shape[1] !== dimensions) {
      throw new ShapeError(`softmaxHead: expected embeddings of ${dimensions} dimensions, but got (${embeddings.shape.join(", ")}).`);
    }
    return linear(embeddings, module.weight.to(embeddings.dtype), module.bias?.to(embeddings.dtype));
  };
  const parts = {
    name: "softmaxHead",
    settings: { dimensions, classes },
    module,
    posterior: (embeddings: Tensor) => inFullPrecision(embeddings, (wide) => logits(wide).softmax(1)),
  };

  return makeLoss(parts, (embeddings, labels) => {
    const known = knownPosterior("softmaxHead", labels, embeddings, classes);
    return known.mul(logits(embeddings).logSoftmax(1)).sum(1).mean().neg();
  }) as SoftmaxHead;
}

/** A {@link Loss} that surely has a head. */
export type SoftmaxHead = Loss & { readonly module: Linear; readonly posterior: (embeddings: Tensor) => Tensor };
