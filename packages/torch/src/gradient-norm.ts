import { invalidOption } from "@semblant/core/internals";
import { native } from "./binding.ts";
import { tidy } from "./scopes.ts";
import { Tensor } from "./tensor.ts";

const handlesOf = (tensors: readonly Tensor[]) => tensors.map(({ handle }) => handle);

/**
 * The joint 2-norm of all gradients, a tensor of one number where these are: so that a GPU need not be waited for.
 *
 * @example
 * const weight = tensor([3, 4], { requiresGrad: true });
 * weight.square().sum().div(2).backward();
 * gradientNorm([weight]).item(); // 5
 */
export const gradientNorm = (parameters: readonly Tensor[]): Tensor => new Tensor(native().gradientNorm(handlesOf(parameters)));

/** Shrinks all gradients by one factor where their joint 2-norm, as {@link gradientNorm} gave it, is above `max`. */
export function shrinkGradients(parameters: readonly Tensor[], norm: number, max: number): void {
  if (norm > max) native().scaleGradients(handlesOf(parameters), max / (norm + 1e-6));
}

/**
 * Shrinks all gradients by one factor when their joint 2-norm is above `max`.
 *
 * @returns the norm as it was
 * @throws OptionError if max is not above 0
 */
export function clipGradNorm(parameters: readonly Tensor[], max: number): number {
  if (!(max > 0)) throw invalidOption("clipGradNorm", "max", "a number above 0", max);
  const norm = tidy(() => gradientNorm(parameters).item());
  shrinkGradients(parameters, norm, max);
  return norm;
}
