import { keep, noGrad, type Tensor, tidy } from "@semblant/torch";
import { averageInPlace, exchangeValues } from "@semblant/torch/internals";

/**
 * A running average of weights, which wanders less than the weights themselves: after each step
 * a ← d·a + (1 − d)·w, with d = min(decay, (1 + step) / (10 + step)), so that the first steps do not weigh for long.
 *
 * Running statistics of batch norms are averaged along; counters are copied.
 *
 * @example
 * const weight = tensor([1]);
 * const average = new WeightAverage(new Map([["weight", weight]]), 0.998);
 * weight.addInPlace(11); // a step of the optimizer
 * average.update(1);
 * average.during(() => weight.item()); // 10
 */
export class WeightAverage {
  readonly #weights: ReadonlyMap<string, Tensor>;
  readonly #averages: Map<string, Tensor>;
  readonly #decay: number;

  constructor(weights: ReadonlyMap<string, Tensor>, decay: number) {
    this.#weights = weights;
    this.#averages = copies(weights);
    this.#decay = decay;
  }

  /** The averages by the weights' names: the tensors themselves, not copies. */
  tensors(): ReadonlyMap<string, Tensor> {
    return this.#averages;
  }

  update(step: number): void {
    const share = 1 - Math.min(this.#decay, (1 + step) / (10 + step));
    averageInPlace([...this.#averages.values()], this.#paired(), share);
  }

  /** Runs `fn` while the weights are the averages; they are themselves again afterwards, also if it throws. */
  during<T>(fn: () => T): T {
    this.#exchange();
    try {
      return fn();
    } finally {
      this.#exchange();
    }
  }

  /** Continues from averages that {@link tensors} gave. */
  load(averages: ReadonlyMap<string, Tensor>): void {
    copyAll(averages, this.#averages);
  }

  dispose(): void {
    for (const average of this.#averages.values()) average.dispose();
  }

  #exchange(): void {
    exchangeValues([...this.#averages.values()], this.#paired());
  }

  /** The weights in the order of the averages. */
  #paired(): Tensor[] {
    return [...this.#averages.keys()].map((name) => this.#weights.get(name) as Tensor);
  }
}

/** Copies that no scope frees. */
export function copies(tensors: ReadonlyMap<string, Tensor>): Map<string, Tensor> {
  return noGrad(() => tidy(() => new Map([...tensors].map(([name, tensor]) => [name, keep(tensor.detach().clone())]))));
}

/** Copies the values of each tensor into the one of the same name. */
export function copyAll(from: ReadonlyMap<string, Tensor>, into: ReadonlyMap<string, Tensor>): void {
  noGrad(() => {
    for (const [name, tensor] of into) tensor.copyInPlace(from.get(name) as Tensor);
  });
}
