import { ShapeError } from "@semblant/core";
import { native } from "./binding.ts";
import { shown } from "./shapes.ts";
import { Tensor } from "./tensor.ts";

/** A convolution of 3×3 with weights that stay as they are. */
export interface ReadyConvolution {
  /** The convolution at stride 1 and padding 1, plus `addend`, and then ReLU where it is asked for; no gradient flows through it. */
  forward(x: Tensor, options?: { readonly addend?: Tensor | null; readonly relu?: boolean }): Tensor;
  /** Frees the weights. */
  dispose(): void;
}

/**
 * Makes weights ready for Winograd's F(3×3, 3×3), which takes 25 products for nine outputs in place of 81: Lavin and Gray 2016, "Fast
 * algorithms for convolutional neural networks". Its rounding is about twice that of a plain convolution.
 *
 * Null where it cannot be done: the weights are not (filters, channels, 3, 3) in float32 on the CPU, or filters or channels
 * are no multiple of the numbers that a vector of this processor holds (at most 16).
 *
 * @param bias (filters)
 * @throws ShapeError if images have other channels than the weights
 *
 * @example
 * const ready = readyConvolution(ones([16, 16, 3, 3]), zeros([16]));
 * ready?.forward(ones([1, 16, 3, 3])).amax().item(); // 144
 */
export function readyConvolution(weight: Tensor, bias: Tensor | null = null): ReadyConvolution | null {
  const made = native().winogradWeights(weight.handle);
  if (made === null) return null;
  const packed = new Tensor(made);
  const [filters = 0, channels = 0] = weight.shape;
  return {
    forward: (x, { addend = null, relu = false } = {}) => {
      const fits = x.shape.length === 4 && x.shape[1] === channels;
      if (!fits) throw new ShapeError(`readyConvolution: expected images of ${channels} channels, but got ${shown(x.shape)}.`);
      return new Tensor(native().winograd(x.handle, packed.handle, filters, bias?.handle ?? null, addend?.handle ?? null, relu));
    },
    dispose: () => packed.dispose(),
  };
}
