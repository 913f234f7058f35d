import { ShapeError } from "@semblant/core";
import { aten } from "./aten.ts";
import { native } from "./binding.ts";
import { refused } from "./operations.ts";
import { shown } from "./shapes.ts";
import { Tensor } from "./tensor.ts";

/**
 * The derivatives of a scalar with respect to `inputs`, one per tensor, zeros where it does not depend on it; `.grad` stays as it was.
 *
 * @example
 * const x = tensor([3], { requiresGrad: true });
 * grad(x.square().sum(), [x])[0]?.item(); // 6
 */
export function grad(output: Tensor, inputs: readonly Tensor[]): Tensor[] {
  if (output.size !== 1) throw new ShapeError(`grad: expected an output of one element, but got shape ${shown(output.shape)}.`);
  const handles = inputs.map((input) => input.handle);
  try {
    return native()
      .gradients(output.handle, handles)
      .map((gradient, i) => new Tensor(gradient ?? aten.zerosLike((inputs[i] as Tensor).handle)));
  } catch (cause) {
    throw refused("grad", [output.handle], cause);
  }
}
