/**
 * Ways to change the structured Gaussian manifold loss that the library does not have, for `ablation` to try: what helps belongs into
 * packages/training/src/losses, what doesn't stays here.
 */
import { keep, Module, type Tensor, zeros } from "@semblant/torch";
import { type Loss, makeLoss, structuredGaussianManifold } from "@semblant/training";

/** What a trial knows of its training. */
export interface Trial {
  readonly classes: number;
  readonly dimensions: number;
  readonly steps: number;
  /** (classes): how common each class is among the training faces. */
  readonly shares: readonly number[];
}

/** Wide Gaussians first, under which every embedding has a gradient, then narrower ones: sigma from 4 to 1.5, geometrically. */
export function annealed({ steps }: Trial): Loss {
  const [first, last] = [4, 1.5];
  let step = 0;
  return makeLoss({ name: "annealed", settings: { first, last } }, (Z, known) => {
    const sigma = first * (last / first) ** (step++ / steps);
    return structuredGaussianManifold({ sigma })(Z, known);
  });
}

/** The classes' natural frequencies as priors, though batches are balanced. */
export function naturalPriors({ shares }: Trial): Loss {
  return structuredGaussianManifold({ sigma: 2, priors: shares });
}

/** Means that remember earlier batches: nine parts of what they were, one of this batch's, through which gradients flow. */
export function runningMeans({ classes, dimensions }: Trial): Loss {
  const running = keep(zeros([classes, dimensions]));
  let begun = false;
  return makeLoss({ name: "runningMeans", settings: { kept: 0.9 } }, (Z, known) => {
    const own = meansOf(Z, known);
    const means = begun ? running.mul(0.9).add(own.mul(0.1)) : own;
    begun = true;
    running.copyInPlace(means.detach());
    return brier(squaredDistances(Z, means).mul(-1 / (2 * 2 ** 2)), known);
  });
}

class Widths extends Module {
  readonly logSigma: Tensor;
  constructor(classes: number) {
    super();
    this.logSigma = keep(zeros([classes]).add(Math.log(2))).requireGrad();
  }
  override forward(squared: Tensor): Tensor {
    return squared.mul(this.logSigma.mul(-2).exp().mul(-0.5));
  }
}

/** A width for each class, learned with the network: log p = −d log σⱼ − ‖f(x) − μⱼ‖² / 2σⱼ² (eqs. 2–3). */
export function learnedWidths({ classes, dimensions }: Trial): Loss {
  const module = new Widths(classes);
  return makeLoss({ name: "learnedWidths", settings: { start: 2 }, module }, (Z, known) => {
    const squared = squaredDistances(Z, meansOf(Z, known));
    return brier(module.forward(squared).sub(module.logSigma.mul(dimensions)), known);
  });
}

/** μⱼ of the batch, each embedding counting by its votes. */
const meansOf = (Z: Tensor, known: Tensor): Tensor => known.transpose(0, 1).matmul(Z).div(known.sum(0).unsqueeze(1));
const squaredDistances = (Z: Tensor, means: Tensor): Tensor => Z.unsqueeze(1).sub(means.unsqueeze(0)).square().sum(2);
/** Eqs. 1 and 4. */
const brier = (logJoint: Tensor, known: Tensor): Tensor => logJoint.softmax(1).sub(known).square().sum(1).mean();
