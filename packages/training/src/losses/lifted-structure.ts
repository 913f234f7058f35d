import { above0, invalidOption, refuseUnknown, rules } from "@semblant/core/internals";
import { stack } from "@semblant/torch";
import type { Loss } from "./loss.ts";
import { declareLoss } from "./loss-declaration.ts";
import { hasBoth, makeBatchPairLoss, NOTHING, pairsOf } from "./pairs.ts";

export interface LiftedStructureOptions {
  /** Distance to which two images of different classes are pushed, α. */
  readonly margin?: number;
  /** Distance up to which two images of one class are left alone; the paper has 0. */
  readonly positiveMargin?: number;
  /** Whether distances are those of the unit sphere, or of the embeddings as they are. */
  readonly normalize?: boolean;
}

export default declareLoss<LiftedStructureOptions>({
  name: "lifted-structure",
  title: "lifted structure loss",
  source: "Song, Xiang, Jegelka and Savarese 2016, eq. 4",
  options: {
    margin: {
      rule: rules.orNone(rules.above0(1e-6, 1e6)),
      default: null,
      help: "Distance to which two images of different classes are pushed (1).",
    },
    positiveMargin: {
      rule: rules.from0(1e6),
      default: 0,
      before: 0,
      help: "Distance up to which two images of one class are left alone.",
    },
    normalize: { rule: rules.orNone(rules.flag), default: null, before: null, help: "Measure on the unit sphere (true)." },
  },
  make: liftedStructure,
});

/**
 * Lifted structure loss: each pair of one class against all negatives of both its ends at once, softly the nearest.
 *
 * For each pair (i, j) of one class, with D the Euclidean distances and N the negatives of a row,
 *
 *   Jᵢⱼ = log( Σₖ∈N(i) exp(α − Dᵢₖ) + Σₗ∈N(j) exp(α − Dⱼₗ) ) + Dᵢⱼ − positiveMargin,   L = mean over pairs of max(0, Jᵢⱼ)² / 2
 *
 * Song, Xiang, Jegelka and Savarese 2016, "Deep metric learning via lifted structured feature embedding", eq. 4, with
 * distances on the unit sphere as in pytorch-metric-learning's LiftedStructureLoss; the authors' own are of the embeddings
 * as they are (`normalize: false`).
 *
 * From 0 without an upper end. Order of rows and a rotation change nothing; nor does the length of any embedding, or,
 * without `normalize`, a common move. A batch drawn to one point is no minimum but has no gradient to leave it by. A batch
 * that lacks pairs of one class or of two gives 0, with gradient 0. Votes count for the class with most.
 *
 * @param options margin α (1), positiveMargin from 0 (0), normalize (true)
 * @returns a {@link Loss}: embeddings (batch, dimensions), labels (batch) or votes (batch, C) → scalar
 * @throws OptionError if a margin is out of range
 *
 * @example
 * const loss = liftedStructure({ normalize: false });
 * loss(tensor([[0], [1], [3]]), Int32Array.of(0, 0, 1)).item(); // 0.049066
 */
export function liftedStructure(options: LiftedStructureOptions = {}): Loss {
  const where = "liftedStructure";
  refuseUnknown(where, options, ["margin", "positiveMargin", "normalize"]);
  const { margin = 1, positiveMargin = 0, normalize = true } = options;
  above0(where, "margin", margin);
  if (!(positiveMargin >= 0 && positiveMargin < Infinity)) throw invalidOption(where, "positiveMargin", "a number from 0", positiveMargin);

  const parts = { name: where, settings: { margin, positiveMargin, normalize }, normalized: normalize };
  return makeBatchPairLoss(parts, (embeddings, classes, references) => {
    const pairs = pairsOf(classes, references);
    const D = embeddings.cdist(references.embeddings, 2, { exact: true }); //         (batch, batch)
    const negatives = D.neg().add(margin).maskedFill(pairs.negative.logicalNot(), NOTHING).logsumexp(1); // (batch)
    const { shape } = D;
    const ofBoth = stack([negatives.unsqueeze(1).expand(shape), negatives.unsqueeze(0).expand(shape)]).logsumexp(0);
    const J = ofBoth.add(D).sub(positiveMargin).relu().square().div(2).maskedFill(pairs.positive.logicalNot(), 0);
    return J.sum().div(pairs.positive.to(D.dtype).sum().maximum(1)).mul(hasBoth(pairs, D));
  });
}
