import { above0, invalidOption, refuseUnknown, rules } from "@semblant/core/internals";
import { declareLoss } from "./loss-declaration.ts";
import { makePairLoss, meanAbove0, type PairLoss, pairsOf } from "./pairs.ts";

export interface ContrastiveOptions {
  /** Distance from which on two images of different classes cost nothing. */
  readonly margin?: number;
  /** Distance up to which two images of one class cost nothing. */
  readonly positiveMargin?: number;
  /** Whether distances are those of the unit sphere, or of the embeddings as they are. */
  readonly normalize?: boolean;
}

export default declareLoss<ContrastiveOptions>({
  name: "contrastive",
  title: "contrastive loss",
  source: "Hadsell, Chopra and LeCun 2006",
  options: {
    margin: {
      rule: rules.orNone(rules.above0(1e-6, 1e6)),
      default: null,
      help: "Distance from which on two images of different classes cost nothing (1).",
    },
    positiveMargin: {
      rule: rules.from0(1e6),
      default: 0,
      before: 0,
      help: "Distance up to which two images of one class cost nothing.",
    },
    normalize: { rule: rules.orNone(rules.flag), default: null, before: null, help: "Measure on the unit sphere (true)." },
  },
  takesMemory: true,
  make: contrastive,
});

/**
 * Contrastive loss: images of one class are drawn together, images of two are pushed apart up to a margin.
 *
 * With d the Euclidean distance of a pair,
 *
 *   L = mean over pairs of one class of max(0, d − positiveMargin) + mean over pairs of two of max(0, margin − d)
 *
 * Each mean is over the pairs that are above 0 (so that the easy ones, soon nearly all,
 * do not dilute the rest). Hadsell, Chopra and LeCun 2006, "Dimensionality reduction by learning an invariant mapping", with
 * hinges that are not squared, on the unit sphere, as pytorch-metric-learning's ContrastiveLoss has it.
 *
 * From 0, each class one point and a margin between any two, to margin + the largest distance (2 on the sphere). Order of
 * rows and a rotation change nothing; nor does the length of any embedding, or, without `normalize`, a common move. A batch
 * drawn to one point gives the margin, with no gradient to leave it by. A batch without pairs of one kind lacks that term:
 * one row gives 0, with gradient 0. `report()` has `activePairs`, the share of the last call's pairs that cost something.
 * Votes count for the class with most.
 *
 * @param options margin above 0 (1), positiveMargin from 0 (0), normalize (true)
 * @returns a {@link PairLoss}: embeddings (batch, dimensions), labels (batch) or votes (batch, C) → scalar
 * @throws OptionError if a margin is out of range
 *
 * @example
 * const loss = contrastive({ normalize: false });
 * loss(tensor([[0], [0.5], [0.8]]), Int32Array.of(0, 0, 1)).item(); // 0.95
 */
export function contrastive(options: ContrastiveOptions = {}): PairLoss {
  const where = "contrastive";
  refuseUnknown(where, options, ["margin", "positiveMargin", "normalize"]);
  const { margin = 1, positiveMargin = 0, normalize = true } = options;
  above0(where, "margin", margin);
  if (!(positiveMargin >= 0 && positiveMargin < Infinity)) throw invalidOption(where, "positiveMargin", "a number from 0", positiveMargin);

  let activePairs = 0;
  const settings = { margin, positiveMargin, normalize };
  const parts = { name: where, settings, normalized: normalize, report: () => ({ activePairs }) };
  return makePairLoss(parts, (embeddings, classes, references) => {
    const { positive, negative } = pairsOf(classes, references);
    const d = embeddings.cdist(references.embeddings, 2, { exact: true }); // (batch, references)
    const apart = d.sub(positiveMargin).relu();
    const near = d.neg().add(margin).relu();
    const pairs = positive.logicalOr(negative);
    const active = apart.gt(0).logicalAnd(positive).logicalOr(near.gt(0).logicalAnd(negative));
    activePairs = active.to(d.dtype).sum().item() / Math.max(1, pairs.to(d.dtype).sum().item());
    return meanAbove0(apart, positive).add(meanAbove0(near, negative));
  });
}
