import { invalidOption } from "@semblant/core/internals";
import { native } from "./binding.ts";
import { each, list, Optimizer, refuseBeyond, type Update } from "./optimizer.ts";
import type { Tensor } from "./tensor.ts";

export interface SGDOptions {
  readonly learningRate?: number;
  /** How much of the last step's direction is kept; from 0 to below 1. */
  readonly momentum?: number;
  /** Step along the direction that momentum is about to have: Nesterov 1983. */
  readonly nesterov?: boolean;
  readonly weightDecay?: number;
}

/**
 * Stochastic gradient descent; the same numbers as PyTorch's (no dampening).
 *
 * @throws OptionError if an option is out of range, or nesterov is asked for without momentum
 */
export class SGD extends Optimizer {
  readonly #momentum: number;
  readonly #nesterov: boolean;
  readonly #weightDecay: number;

  constructor(parameters: readonly Tensor[], { learningRate = 1e-3, momentum = 0, nesterov = false, weightDecay = 0 }: SGDOptions = {}) {
    super("SGD", parameters, learningRate, momentum > 0 ? ["momentum_buffer"] : []);
    if (!(momentum >= 0 && momentum < 1)) throw invalidOption("SGD", "momentum", "from 0 to below 1", momentum);
    refuseBeyond("SGD", "weightDecay", weightDecay);
    if (nesterov && momentum === 0) throw invalidOption("SGD", "momentum", "above 0 for nesterov", momentum);
    this.#momentum = momentum;
    this.#nesterov = nesterov;
    this.#weightDecay = weightDecay;
  }

  protected update({ parameters, gradients, memory }: Update): void {
    const velocity = this.#momentum > 0 ? memory("momentum_buffer") : null;
    if (native().sgd(parameters, velocity, this.learningRate, this.#momentum, this.#nesterov, this.#weightDecay)) return;
    let direction = this.#weightDecay === 0 ? gradients() : list(each.addList(gradients(), parameters, this.#weightDecay));
    if (velocity !== null) {
      each.mulInPlace.run(velocity, this.#momentum);
      each.addListInPlace.run(velocity, direction, 1);
      direction = this.#nesterov ? list(each.addList(direction, velocity, this.#momentum)) : velocity;
    }
    each.addListInPlace.run(parameters, direction, -this.learningRate);
  }
}
