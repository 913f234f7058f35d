import { invalidOption } from "@semblant/core/internals";
import { native } from "./binding.ts";
import { each, list, Optimizer, refuseBeyond, type Update } from "./optimizer.ts";
import type { Tensor } from "./tensor.ts";

export interface AdamOptions {
  readonly learningRate?: number;
  /** How much of the running means of the gradient and of its square each step keeps; from 0 to below 1. */
  readonly betas?: readonly [number, number];
  /** Added to the root of the mean square, against division by 0. */
  readonly eps?: number;
  readonly weightDecay?: number;
  /** Divide by the largest mean square so far, not the latest: Reddi et al. 2018. */
  readonly amsgrad?: boolean;
}

/** What Adam and AdamW share: all but the way weights decay. */
abstract class AdamLike extends Optimizer {
  readonly weightDecay: number;
  readonly #betas: readonly [number, number];
  readonly #eps: number;
  readonly #amsgrad: boolean;

  protected constructor(where: string, parameters: readonly Tensor[], options: AdamOptions, weightDecay: number) {
    const { learningRate = 1e-3, betas = [0.9, 0.999], eps = 1e-8, amsgrad = false } = options;
    super(where, parameters, learningRate, ["exp_avg", "exp_avg_sq", ...(amsgrad ? ["max_exp_avg_sq"] : [])]);
    if (!betas.every((beta) => beta >= 0 && beta < 1)) throw invalidOption(where, "betas", "two numbers from 0 to below 1", betas);
    if (!(eps >= 0)) throw invalidOption(where, "eps", "a number from 0", eps);
    refuseBeyond(where, "weightDecay", weightDecay);
    this.weightDecay = weightDecay;
    this.#betas = betas;
    this.#eps = eps;
    this.#amsgrad = amsgrad;
  }

  /** θ ← θ − η · m̂ / (√v̂ + ε), with the means m of g and v of g² freed of their start at 0. */
  protected adam({ parameters, gradients, memory, step }: Update, { decay = 0, shrink = 1 }: { decay?: number; shrink?: number }): void {
    const [beta1, beta2] = this.#betas;
    const mean = memory("exp_avg");
    const square = memory("exp_avg_sq");
    const largest = this.#amsgrad ? memory("max_exp_avg_sq") : undefined;
    const rate = -this.learningRate / (1 - beta1 ** step);
    const correction = Math.sqrt(1 - beta2 ** step);
    const numbers = [beta1, beta2, this.#eps, rate, correction, decay, shrink];
    if (native().adam(parameters, mean, square, largest ?? null, numbers)) return;

    // Elsewhere than in plain memory of the CPU: as many calls as the formula has operations, each for all parameters.
    const decayed = decay === 0 ? gradients() : list(each.addList(gradients(), parameters, decay));
    if (shrink !== 1) each.mulInPlace.run(parameters, shrink);
    each.mulInPlace.run(mean, beta1);
    each.addListInPlace.run(mean, decayed, 1 - beta1);
    each.mulInPlace.run(square, beta2);
    each.addcmulInPlace.run(square, decayed, decayed, 1 - beta2);
    if (largest !== undefined) each.maximumInPlace.run(largest, square);
    const root = list(each.sqrt(largest ?? square));
    each.divInPlace.run(root, correction);
    each.addInPlace.run(root, this.#eps);
    each.addcdivInPlace.run(parameters, mean, root, rate);
  }
}

/**
 * Adam, with weight decay as part of the gradient. Kingma and Ba 2015; the same numbers as PyTorch's.
 *
 * @throws OptionError if an option is out of range
 */
export class Adam extends AdamLike {
  constructor(parameters: readonly Tensor[], options: AdamOptions = {}) {
    super("Adam", parameters, options, options.weightDecay ?? 0);
  }

  protected update(given: Update): void {
    this.adam(given, { decay: this.weightDecay });
  }
}

/**
 * Adam, with weights that shrink by learningRate · weightDecay beside the gradient's step. Loshchilov and Hutter 2019.
 *
 * @param options weightDecay is 0.01 unless told otherwise, as in PyTorch
 * @throws OptionError if an option is out of range
 */
export class AdamW extends AdamLike {
  constructor(parameters: readonly Tensor[], options: AdamOptions = {}) {
    super("AdamW", parameters, options, options.weightDecay ?? 0.01);
  }

  protected update(given: Update): void {
    this.adam(given, { shrink: 1 - this.learningRate * this.weightDecay });
  }
}
