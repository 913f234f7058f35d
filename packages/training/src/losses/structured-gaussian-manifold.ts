import { above0, invalidOption, refuseUnknown, rules } from "@semblant/core/internals";
import { type Tensor, tensor } from "@semblant/torch";
import { knownPosterior, mostOf } from "./labels.ts";
import { type Loss, makeLoss } from "./loss.ts";
import { declareLoss } from "./loss-declaration.ts";

export interface StructuredGaussianManifoldOptions {
  /** Width σ of the Gaussians, in the embedding's own units: one for all classes, or one for each. */
  readonly sigma?: number | readonly number[];
  /** P(wⱼ): how common each class is; any scale. */
  readonly priors?: "equal" | readonly number[];
  /**
   * What an embedding counts for in the means μⱼ: for every class by its `votes`, or whole for the class with most, its `label`.
   * Class indices make no difference between the two.
   */
  readonly means?: "votes" | "labels";
  /** Whether an embedding is left out of the means that it is compared with. */
  readonly leaveOneOut?: boolean;
}

/** The least share of a class's weight for a mean without one embedding: below it, little but rounding is left in float32. */
const LEAST_OTHERS = 1e-3;

type Named = { readonly sigma: number; readonly means: "votes" | "labels"; readonly leaveOneOut: boolean };

export default declareLoss<Named>({
  name: "sgm",
  title: "structured Gaussian manifold loss",
  source: "the paper, eqs. 1–4",
  options: {
    sigma: { rule: rules.above0(1e-6, 1e6), default: 2, published: 1, help: "Width of every class's Gaussian." },
    means: {
      rule: rules.oneOf("votes", "labels"),
      default: "votes",
      before: "votes",
      help: "What an image counts for in the class means, where targets are votes.",
    },
    leaveOneOut: {
      rule: rules.flag,
      default: true,
      published: false,
      before: false,
      help: "Compare each image with class means that it is not itself part of.",
    },
  },
  gaussianWidth: ({ sigma }) => sigma,
  leastPerClass: ({ leaveOneOut }) => (leaveOneOut ? { least: 2, reason: "means that leave an image out (loss.leaveOneOut)" } : undefined),
  describe: ({ sigma, leaveOneOut }) => `sigma ${sigma}${leaveOneOut ? ", leave-one-out means" : ""}`,
  make: structuredGaussianManifold,
});

/**
 * The paper's loss: how far the classes' posterior in embedding space is from the known one.
 *
 *   P(wⱼ | f(xᵢ)) = P(wⱼ) exp(−‖f(xᵢ) − μⱼ‖² / 2σ²) / Σₖ P(wₖ) exp(−‖f(xᵢ) − μₖ‖² / 2σ²)
 *   L = mean over i of Σⱼ (P(wⱼ | f(xᵢ)) − P(wⱼ | xᵢ))²
 *
 * Every class of the batch becomes an isotropic Gaussian around the mean of its embeddings (eqs. 2–3, Σⱼ = σ²I);
 * Bayes' rule turns the distances into P(wⱼ | f(x)) (eq. 1); the loss is the squared error against P(wⱼ | x), summed
 * over classes and averaged over the batch (eq. 4). Votes are targets, and weigh each embedding's part in every class's
 * mean, unless `means` is "labels".
 *
 * From 0, each embedding surely in its own class, up to 2. A batch collapsed to one point gives exactly 1 − 1/C with
 * equal priors, and no gradient to leave it by. Moving or rotating all embeddings changes nothing; scaling them is
 * the same as dividing σ. An embedding deep inside a wrong class gets almost no gradient, so wrong labels do little
 * harm, and so does a bad start little good. A class that the batch lacks drops out: it has no mean and no part in
 * any posterior.
 *
 * Equal priors are exact for batches from {@link balanced}. Means are those of the batch, and gradients flow through
 * them. Posteriors are taken as a softmax of log-likelihoods, so that an embedding far from every mean keeps a gradient.
 *
 * **Leave-one-out means.** As published, an embedding is part of the mean that it is compared with: of n in its class, a share
 * of 1/n. The mean leans towards it, and the loss falls by that even where it lies apart from the rest of its class. With
 * `leaveOneOut` each embedding is compared with the means of the others. Let wⱼ be the weight of class j in the batch and cᵢⱼ
 * what embedding i counts for in it: its votes' share, or 1 in its own class. The mean without i, and its distance from i, are
 *
 *   μⱼ₋ᵢ = (wⱼμⱼ − cᵢⱼf(xᵢ)) / (wⱼ − cᵢⱼ),   ‖f(xᵢ) − μⱼ₋ᵢ‖² = ‖f(xᵢ) − μⱼ‖² · (wⱼ / (wⱼ − cᵢⱼ))².
 *
 * The factor is 1 where the embedding has no part, and (n/(n − 1))² in its own class of n. Where the others have less than
 * a thousandth of wⱼ, class j has no mean without the embedding and drops out of its posterior. What is known of that class is
 * taken as known, and the other classes share what is left. So an embedding that is surely in a class of its own
 * has no error, while the others still keep away from it.
 *
 * @param options sigma above 0 (1); priors "equal" or one number above 0 a class; means "votes"; leaveOneOut false
 * @returns a {@link Loss}: embeddings (batch, dimensions), labels (batch) or votes (batch, C) → scalar
 * @throws OptionError if a sigma or prior is not above 0, or their lists disagree in length
 * @throws ShapeError when called, if rows and labels differ in number, or a label has no sigma or prior
 * @throws DataError when called, if a row of votes is no distribution: counts, for instance
 *
 * @example
 * const loss = structuredGaussianManifold({ sigma: 1 });
 * loss(tensor([[0, 0], [1, 0], [3, 0], [3, 2]]), Int32Array.of(0, 0, 1, 1)).item(); // 0.005978
 * const fair = structuredGaussianManifold({ sigma: 1, leaveOneOut: true });
 * fair(tensor([[0, 0], [1, 0], [3, 0], [3, 2]]), Int32Array.of(0, 0, 1, 1)).item(); // 0.038084
 */
export function structuredGaussianManifold(options: StructuredGaussianManifoldOptions = {}): Loss {
  const where = "structuredGaussianManifold";
  refuseUnknown(where, options, ["sigma", "priors", "means", "leaveOneOut"]);
  const { sigma = 1, priors = "equal", means: countedBy = "votes", leaveOneOut = false } = options;
  if (countedBy !== "votes" && countedBy !== "labels") throw invalidOption(where, "means", "votes or labels", countedBy);
  if (typeof leaveOneOut !== "boolean") throw invalidOption(where, "leaveOneOut", "true or false", leaveOneOut);
  checkAbove0(where, "sigma", sigma);
  for (const width of typeof sigma === "number" ? [sigma] : sigma) above0(where, "sigma", width);
  if (priors !== "equal") checkAbove0(where, "priors", priors);
  const classes = sameLength(where, sigma, priors);

  return makeLoss({ name: where, settings: { sigma, priors, means: countedBy, leaveOneOut } }, (embeddings, labels) => {
    const known = knownPosterior(where, labels, embeddings, classes); //   P(wⱼ|x)          (batch, C)
    const counted = countedBy === "votes" ? known : mostOf(known); //      cᵢⱼ              (batch, C)
    const weights = counted.sum(0); //                                     wⱼ, embeddings a class     (C)
    const others = leaveOneOut ? weights.sub(counted) : weights; //        those in the mean: (batch, C) or (C)
    const absent = others.le(weights.mul(leaveOneOut ? LEAST_OTHERS : 0));
    const sums = counted.transpose(0, 1).matmul(embeddings); //                           (C, dimensions)
    const means = sums.div(weights.maskedFill(weights.eq(0), 1).unsqueeze(1)); // μⱼ
    const growth = weights.div(others.maskedFill(absent, 1)).square(); //  1, or more to the mean without itself
    const squared = embeddings.unsqueeze(1).sub(means.unsqueeze(0)).square().sum(2).mul(growth); // ‖f(x) − μⱼ‖²
    const logJoint = logOfJoint(squared, embeddings.shape[1] as number, sigma, priors); // eqs. 2–3, and P(wⱼ)
    if (!leaveOneOut) return brier(posterior(logJoint, absent), known); // eqs. 1 and 4

    const open = known.maskedFill(absent, 0); //                           known of classes with a mean
    const share = open.sum(1, true); //                                    1 where all have one
    return brier(posterior(logJoint, absent.logicalAnd(share.gt(0))).mul(share), open);
  });
}

/** Eq. 1: the posterior over classes that are not absent. */
const posterior = (logJoint: Tensor, absent: Tensor): Tensor => logJoint.maskedFill(absent, -Infinity).softmax(1);

/** Eq. 4: the squared error, summed over classes and averaged over the batch. */
const brier = (estimated: Tensor, known: Tensor): Tensor => estimated.sub(known).square().sum(1).mean();

/** log P(wⱼ) p(f(x) | wⱼ), but for terms that all classes share, from squared distances (batch, C). */
function logOfJoint(squared: Tensor, dimensions: number, sigma: number | readonly number[], priors: "equal" | readonly number[]): Tensor {
  const perClass = (values: readonly number[]) => tensor(Float64Array.from(values)).to(squared.dtype).to(squared.device);
  let log = typeof sigma === "number" ? squared.mul(-1 / (2 * sigma ** 2)) : squared.mul(perClass(sigma.map((s) => -1 / (2 * s ** 2))));
  if (typeof sigma !== "number") log = log.sub(perClass(sigma.map((s) => dimensions * Math.log(s))));
  if (priors !== "equal") log = log.add(perClass(priors.map(Math.log)));
  return log;
}

function checkAbove0(where: string, name: string, value: number | readonly number[]): void {
  const bad = typeof value === "number" ? [value].find(notAbove0) : value.find(notAbove0);
  if (bad !== undefined) throw invalidOption(where, name, typeof value === "number" ? "a number above 0" : "numbers above 0", bad);
}

const notAbove0 = (x: number) => !(x > 0 && x < Infinity);

/** The number of classes that per-class sigmas and priors are for; undefined where neither says. */
function sameLength(where: string, sigma: number | readonly number[], priors: "equal" | readonly number[]): number | undefined {
  const sigmas = typeof sigma === "number" ? undefined : sigma.length;
  const others = priors === "equal" ? undefined : priors.length;
  if (sigmas !== undefined && others !== undefined && sigmas !== others) {
    throw invalidOption(where, "priors", `one number for each of the ${sigmas} sigmas`, priors);
  }
  return sigmas ?? others;
}
