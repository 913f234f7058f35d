import { above0, invalidOption, refuseUnknown, rules } from "@semblant/core/internals";
import { softplus } from "@semblant/torch";
import { declareLoss } from "./loss-declaration.ts";
import { makePairLoss, NOTHING, type PairLoss, pairsOf } from "./pairs.ts";

export interface CircleOptions {
  /** How far from 1 and from 0 cosines are left alone, m: the circle's radius is m√2. */
  readonly margin?: number;
  /** What differences of cosines are multiplied by, γ: large ones look at the hardest pairs only. */
  readonly scale?: number;
}

const [MARGIN, SCALE] = [0.4, 80];

export default declareLoss<CircleOptions>({
  name: "circle",
  title: "Circle loss",
  source: "Sun et al. 2020, eq. 6",
  options: {
    margin: {
      rule: rules.partOf1,
      default: MARGIN,
      help: "How far from 1 the cosine with one's own class may stay, and how far above 0 that with others.",
    },
    scale: { rule: rules.above0(1e-6, 1e6), default: SCALE, help: "What weighted cosines are multiplied by." },
  },
  normalizes: true,
  takesMemory: true,
  holdsWeights: true,
  make: circle,
});

/**
 * Circle loss: each pair is pulled or pushed the harder the farther its cosine is from where it is to be.
 *
 * With sₚ the cosines of a row with the others of its class and sₙ those with all else, each row has
 *
 *   L = log( 1 + Σₙ exp(γ αₙ(sₙ − m)) · Σₚ exp(−γ αₚ(sₚ − (1 − m))) ),   αₙ = max(0, sₙ + m),   αₚ = max(0, 1 + m − sₚ)
 *
 * averaged over the rows that have a partner and a negative. The weights α are held: no gradient flows through them, as the paper
 * multiplies gradients by them. What is settled between two cosines is a circle, sₙ² + (1 − sₚ)² = 2m². Sun et al. 2020, "Circle loss: a
 * unified perspective of pair similarity optimization", eqs. 5 to 8, the form for pairs with the paper's values for retrieval;
 * pytorch-metric-learning's CircleLoss, which averages over the rows above 0.
 *
 * From 0 without an upper end. Order of rows, a rotation and the length of any embedding change nothing. A batch drawn to one point gives
 * about γ(1 − 2m²), with no gradient to leave it by. A row that lacks either kind of pair has no term; a batch without any
 * gives 0, with gradient 0. Votes count for the class with most.
 *
 * @param options margin m between 0 and 1 (0.4), scale γ above 0 (80)
 * @returns a {@link PairLoss}: embeddings (batch, dimensions), labels (batch) or votes (batch, C) → scalar
 * @throws OptionError if an option is out of range
 *
 * @example
 * const loss = circle({ margin: 0.25, scale: 1 });
 * loss(tensor([[1, 0], [2, 0], [0, 1]]), Int32Array.of(0, 0, 1)).item(); // 0.632599 (log(1 + exp(−1/8)))
 */
export function circle(options: CircleOptions = {}): PairLoss {
  const where = "circle";
  refuseUnknown(where, options, ["margin", "scale"]);
  const { margin = MARGIN, scale = SCALE } = options;
  if (!(margin > 0 && margin < 1)) throw invalidOption(where, "margin", "a number between 0 and 1", margin);
  above0(where, "scale", scale);

  return makePairLoss({ name: where, settings: { margin, scale }, normalized: true }, (embeddings, classes, references) => {
    const pairs = pairsOf(classes, references);
    const s = embeddings.matmul(references.embeddings.transpose(0, 1)); //                 cosines (batch, references)
    const held = s.detach();
    const ofNegatives = held.add(margin).relu().mul(s.sub(margin)).mul(scale); //           γ αₙ(sₙ − m)
    const ofPositives = held
      .neg()
      .add(1 + margin)
      .relu()
      .mul(s.sub(1 - margin))
      .mul(-scale); // −γ αₚ(sₚ − (1 − m))
    const both = ofNegatives
      .maskedFill(pairs.negative.logicalNot(), NOTHING)
      .logsumexp(1)
      .add(ofPositives.maskedFill(pairs.positive.logicalNot(), NOTHING).logsumexp(1));
    const counted = pairs.positive.to(s.dtype).amax(1).mul(pairs.negative.to(s.dtype).amax(1)); // 1 where a row has both kinds
    return softplus(both).mul(counted).sum().div(counted.sum().maximum(1));
  });
}
