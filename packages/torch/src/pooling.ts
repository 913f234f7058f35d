import { OptionError } from "@semblant/core";
import { invalidOption } from "@semblant/core/internals";
import { rand } from "./creation.ts";
import type { NativeResult } from "./native.ts";
import { operation } from "./operations.ts";
import type { Pair } from "./pair.ts";
import { checkRank } from "./shapes.ts";
import { Tensor } from "./tensor.ts";

const both = (pair: Pair): readonly [number, number] => (typeof pair === "number" ? [pair, pair] : pair);
const images = "(batch, channels, height, width)";

const ops = {
  max: operation("aten::max_pool2d"),
  average: operation("aten::avg_pool2d"),
  adaptiveAverage: operation("aten::adaptive_avg_pool2d"),
  adaptiveMax: operation("aten::adaptive_max_pool2d"),
  fractionalMax: operation("aten::fractional_max_pool2d"),
};

export interface PoolOptions {
  readonly kernel: Pair;
  /** Default: the kernel's size, so that windows touch. */
  readonly stride?: Pair;
  readonly padding?: Pair;
}

/** The largest value of each window: (batch, channels, height, width) → the same with smaller images. */
export function maxPool2d(x: Tensor, { kernel, stride = kernel, padding = 0 }: PoolOptions): Tensor {
  checkRank("maxPool2d", "x", images, x.shape);
  return new Tensor(ops.max(x.handle, both(kernel), both(stride), both(padding)));
}

/** The mean of each window; padding counts as zeros. */
export function avgPool2d(x: Tensor, { kernel, stride = kernel, padding = 0 }: PoolOptions): Tensor {
  checkRank("avgPool2d", "x", images, x.shape);
  return new Tensor(ops.average(x.handle, both(kernel), both(stride), both(padding)));
}

/** Means of as many near-equal windows as give an image of `size`. */
export function adaptiveAvgPool2d(x: Tensor, size: Pair): Tensor {
  checkRank("adaptiveAvgPool2d", "x", images, x.shape);
  return new Tensor(ops.adaptiveAverage(x.handle, both(size)));
}

/**
 * Maxima of as many near-equal windows as give an image of `size`.
 *
 * In bfloat16 it is computed in float32, which changes no maximum: libtorch 1.13 notes in bfloat16 at which pixel one lay, and that type
 * has no odd numbers above 256, so that in larger images the gradient would go to a neighbour.
 */
export function adaptiveMaxPool2d(x: Tensor, size: Pair): Tensor {
  checkRank("adaptiveMaxPool2d", "x", images, x.shape);
  const exact = x.dtype === "bfloat16" ? x.to("float32") : x;
  return values(ops.adaptiveMax(exact.handle, both(size))).to(x.dtype);
}

/**
 * Maxima of windows whose places are drawn at random, so that images shrink by a factor that need not be whole.
 * Graham 2014, "Fractional max-pooling".
 *
 * @param options `size` of the result, or its `ratio` to x, between 0 and 1; `samples` (batch, channels, 2) from 0 to 1 fixes the
 *   windows, which come from libtorch's generator otherwise
 */
export function fractionalMaxPool2d(x: Tensor, options: { kernel: Pair; size?: Pair; ratio?: number; samples?: Tensor }): Tensor {
  const { kernel, size, ratio, samples } = options;
  checkRank("fractionalMaxPool2d", "x", images, x.shape);
  if ((size === undefined) === (ratio === undefined)) throw new OptionError("fractionalMaxPool2d: expected either size or ratio.");
  if (ratio !== undefined && !(ratio > 0 && ratio < 1)) throw invalidOption("fractionalMaxPool2d", "ratio", "between 0 and 1", ratio);
  const [batch, channels, height, width] = x.shape as [number, number, number, number];
  const output = size === undefined ? ([height, width].map((n) => Math.floor(n * (ratio as number))) as [number, number]) : both(size);
  const drawn = samples ?? rand([batch, channels, 2], { dtype: x.dtype, device: x.device });
  const result = values(ops.fractionalMax(x.handle, both(kernel), output, drawn.handle));
  if (samples === undefined) drawn.dispose();
  return result;
}

/** The first of (values, indices); the second is let go. */
function values(result: NativeResult): Tensor {
  const [first, second] = result as readonly NativeResult[];
  new Tensor(second as NativeResult).dispose();
  return new Tensor(first as NativeResult);
}
