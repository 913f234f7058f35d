import { above0, refuseUnknown, rules } from "@semblant/core/internals";
import { declareLoss } from "./loss-declaration.ts";
import { hasBoth, isOwn, makePairLoss, meanAbove0, NOTHING, type PairLoss, pairsOf } from "./pairs.ts";

export interface SupervisedContrastiveOptions {
  /** What cosines are divided by, τ: small ones look at the nearest rows only. */
  readonly temperature?: number;
}

export default declareLoss<SupervisedContrastiveOptions>({
  name: "supervised-contrastive",
  title: "supervised contrastive loss",
  source: "Khosla et al. 2020, eq. 2",
  options: {
    temperature: {
      rule: rules.above0(1e-6, 1e6),
      default: 0.1,
      before: 0.1,
      help: "What cosines are divided by: small ones look at the nearest rows only.",
    },
  },
  normalizes: true,
  takesMemory: true,
  make: supervisedContrastive,
});

/**
 * Supervised contrastive loss: each row is to choose its own class from all others of the batch, by cosine.
 *
 * With z the embeddings scaled to length 1, P(i) the other rows of i's class and A(i) all other rows,
 *
 *   Lᵢ = −1/|P(i)| Σₚ∈P(i) log( exp(zᵢ·zₚ/τ) / Σₐ∈A(i) exp(zᵢ·zₐ/τ) )
 *
 * It is averaged over the rows that have a partner (those above 0). Khosla et al. 2020, "Supervised contrastive learning", eq. 2
 * (L_out), which sums where this, as pytorch-metric-learning's SupConLoss, takes the mean.
 *
 * From about log of a class's other rows in the batch (it is 0 only for classes of two rows far from all else) without an
 * upper end. Order of rows, a rotation and the length of any embedding change nothing. A batch drawn to one point of n rows
 * gives log(n − 1), with no gradient to leave it by. A row without a partner is a negative of the others and has no term of
 * its own; a batch that lacks pairs of one class or of two gives 0, with gradient 0. Votes count for the class with most.
 *
 * @param options temperature above 0 (0.1)
 * @returns a {@link PairLoss}: embeddings (batch, dimensions), labels (batch) or votes (batch, C) → scalar
 * @throws OptionError if the temperature is not above 0
 *
 * @example
 * const loss = supervisedContrastive({ temperature: 1 });
 * loss(tensor([[1, 0], [2, 0], [0, 1]]), Int32Array.of(0, 0, 1)).item(); // 0.313262 (log(1 + 1/e))
 */
export function supervisedContrastive(options: SupervisedContrastiveOptions = {}): PairLoss {
  const where = "supervisedContrastive";
  refuseUnknown(where, options, ["temperature"]);
  const { temperature = 0.1 } = options;
  above0(where, "temperature", temperature);

  return makePairLoss({ name: where, settings: { temperature }, normalized: true }, (embeddings, classes, references) => {
    const pairs = pairsOf(classes, references);
    const similarity = embeddings.matmul(references.embeddings.transpose(0, 1)).div(temperature); // (batch, references)
    const others = similarity.maskedFill(isOwn(references), NOTHING);
    const logProbability = others.logSoftmax(1).maskedFill(pairs.positive.logicalNot(), 0);
    const partners = pairs.positive.to(similarity.dtype).sum(1); //                              (batch)
    const L = logProbability.sum(1).neg().div(partners.maximum(1));
    return meanAbove0(L, partners.gt(0)).mul(hasBoth(pairs, similarity));
  });
}
