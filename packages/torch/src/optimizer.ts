import { DataError, OptionError, ShapeError } from "@semblant/core";
import { invalidOption } from "@semblant/core/internals";
import { native } from "./binding.ts";
import type { Handle, NativeResult } from "./native.ts";
import { operation } from "./operations.ts";
import { keep, noGrad, tidy } from "./scopes.ts";
import { shown } from "./shapes.ts";
import { Tensor } from "./tensor.ts";

/** Operators over lists of tensors: one call for all parameters, one kernel for many of them on a GPU. */
export const each = {
  addList: operation("aten::_foreach_add", "List"),
  addListInPlace: operation("aten::_foreach_add_", "List"),
  addInPlace: operation("aten::_foreach_add_", "Scalar"),
  mulInPlace: operation("aten::_foreach_mul_", "Scalar"),
  divInPlace: operation("aten::_foreach_div_", "Scalar"),
  addcmulInPlace: operation("aten::_foreach_addcmul_", "Scalar"),
  addcdivInPlace: operation("aten::_foreach_addcdiv_", "Scalar"),
  maximumInPlace: operation("aten::_foreach_maximum_", "List"),
  sqrt: operation("aten::_foreach_sqrt"),
  norm: operation("aten::_foreach_norm", "Scalar"),
};

/** Tensors as the addon knows them. */
export type Handles = readonly Handle[];

/** The handles of a list result, in the care of the scope around. */
export const list = (result: NativeResult): Handles => (result as readonly NativeResult[]).map((part) => new Tensor(part).handle);

/** What one step is made of. */
export interface Update {
  /** Those that have gradients. */
  readonly parameters: Handles;
  readonly gradients: () => Handles;
  /** What is remembered of each under a name. */
  readonly memory: (name: string) => Handles;
  /** Counted from 1. */
  readonly step: number;
}

const handlesOf = (tensors: readonly Tensor[]): Handles => tensors.map(({ handle }) => handle);

/** What a checkpoint keeps of an optimizer: how many steps it took, and its tensors as `3.exp_avg` (parameter 3). */
export interface OptimizerState {
  readonly step: number;
  readonly tensors: ReadonlyMap<string, Tensor>;
}

/**
 * Changes parameters by their gradients. A parameter without a gradient stays as it is.
 *
 * @example
 * const weight = tensor([1], { requiresGrad: true });
 * const optimizer = new SGD([weight], { learningRate: 0.25 });
 * weight.square().backward();
 * optimizer.step();
 * optimizer.zeroGrad();
 * weight.item(); // 0.5
 */
export abstract class Optimizer {
  /** Read at each step, so that a schedule may set it. */
  learningRate: number;
  readonly #parameters: readonly Tensor[];
  readonly #memories: ReadonlyMap<string, (Tensor | undefined)[]>;
  #step = 0;

  /** `memories`: the tensors kept for each parameter between steps, by PyTorch's names. */
  protected constructor(where: string, parameters: readonly Tensor[], learningRate: number, memories: readonly string[]) {
    refuseBeyond(where, "learningRate", learningRate);
    if (parameters.length === 0) throw new OptionError(`${where}: expected at least one parameter, but got none.`);
    this.learningRate = learningRate;
    this.#parameters = parameters;
    this.#memories = new Map(memories.map((name) => [name, parameters.map(() => undefined)]));
  }

  /** One update of every parameter that has a gradient. */
  step(): void {
    this.#step++;
    tidy(() =>
      noGrad(() => {
        const rows = native().withGradients(handlesOf(this.#parameters));
        if (rows.length === 0) return;
        const chosen = rows.map((i) => this.#parameters[i] as Tensor);
        this.update({
          parameters: handlesOf(chosen),
          gradients: () => chosen.map(({ grad }) => (grad as Tensor).handle),
          memory: (name) => rows.map((i) => this.#memory(name, i).handle),
          step: this.#step,
        });
      }),
    );
  }

  /** The rule. */
  protected abstract update(given: Update): void;

  /** Forgets the gradients, and frees them. */
  zeroGrad(): void {
    native().clearGradients(handlesOf(this.#parameters));
  }

  /** What to keep to continue later: the tensors themselves, not copies. */
  state(): OptimizerState {
    const tensors = new Map<string, Tensor>();
    for (const [name, memories] of this.#memories)
      memories.forEach((memory, i) => {
        if (memory !== undefined) tensors.set(`${i}.${name}`, memory);
      });
    return { step: this.#step, tensors };
  }

  /** Continues from {@link state}; values are copied. */
  loadState({ step, tensors }: OptimizerState): void {
    for (const [name, values] of tensors) {
      const [, row, kind] = /^(\d+)\.(.+)$/.exec(name) ?? [];
      const parameter = this.#parameters[Number(row)];
      if (parameter === undefined || kind === undefined || !this.#memories.has(kind))
        throw new DataError(
          `optimizer: unexpected state "${name}"; this one has ${this.#parameters.length} parameters and keeps ` +
            `${[...this.#memories.keys()].join(", ") || "nothing"}.`,
        );
      if (shown(values.shape) !== shown(parameter.shape))
        throw new ShapeError(`optimizer: expected state ${name} to be ${shown(parameter.shape)}, but got ${shown(values.shape)}.`);
    }
    this.#step = step;
    noGrad(() => {
      for (const [name, values] of tensors) {
        const [row, kind] = name.split(".") as [string, string];
        this.#memory(kind, Number(row)).copyInPlace(values);
      }
    });
  }

  /** Frees what is remembered; the parameters live on. */
  dispose(): void {
    for (const memories of this.#memories.values()) for (const memory of memories.splice(0)) memory?.dispose();
  }

  #memory(name: string, i: number): Tensor {
    const memories = this.#memories.get(name) as (Tensor | undefined)[];
    const parameter = this.#parameters[i] as Tensor;
    memories[i] ??= keep(likeZeros(parameter));
    return memories[i];
  }
}

/** What steps are multiplied by, divided by shares of 1, has to stay a number of float32. */
const mostFactor = 1e30;

/**
 * Refuses what a step cannot be multiplied by.
 *
 * @throws OptionError if the value is not a number from 0 to 1e30
 */
export function refuseBeyond(where: string, name: string, value: number): void {
  if (!(value >= 0)) throw invalidOption(where, name, "a number from 0", value);
  if (value > mostFactor) throw invalidOption(where, name, `a number from 0 to ${mostFactor}`, value);
}

/** Zeros in the parameter's own memory layout, so that channels-last weights keep channels-last moments. */
const likeZeros = (parameter: Tensor): Tensor => new Tensor(zerosLike(parameter.handle));
const zerosLike = operation("aten::zeros_like");
