import { ShapeError } from "@semblant/core";
import { operation } from "./operations.ts";
import { noGrad } from "./scopes.ts";
import { shown } from "./shapes.ts";
import type { Tensor } from "./tensor.ts";

const normalInPlace = operation("aten::normal_");
const uniformInPlace = operation("aten::uniform_");

/** Values from the normal distribution with mean 0, in place, from libtorch's generator. */
export function normal(values: Tensor, deviation = 1): Tensor {
  noGrad(() => normalInPlace.run(values.handle, 0, deviation));
  return values;
}

/** Values evenly from `low` to `high`, in place, from libtorch's generator. */
export function uniform(values: Tensor, low = 0, high = 1): Tensor {
  noGrad(() => uniformInPlace.run(values.handle, low, high));
  return values;
}

/** One value everywhere, in place. */
export function constant(values: Tensor, value: number): Tensor {
  noGrad(() => values.fillInPlace(value));
  return values;
}

/** By how much an activation shrinks the deviation of what passes, inverted. */
const gains = { relu: Math.SQRT2, linear: 1, tanh: 5 / 3 } as const;

/**
 * Normal weights whose layer keeps the variance of what passes through it, in place: deviation gain / √fan.
 * He et al. 2015, "Delving deep into rectifiers".
 *
 * @param options `mode` "fanIn" keeps it on the way forward, "fanOut" that of gradients on the way back
 */
export function kaimingNormal(values: Tensor, options: { mode?: "fanIn" | "fanOut"; nonlinearity?: keyof typeof gains } = {}): Tensor {
  const { mode = "fanIn", nonlinearity = "relu" } = options;
  return normal(values, gains[nonlinearity] / Math.sqrt(fans("kaimingNormal", values)[mode]));
}

/** PyTorch's default for Linear and Conv2d: evenly between ± 1 / √fanIn, in place. */
export function defaultUniform(values: Tensor, fanIn: number): Tensor {
  const bound = 1 / Math.sqrt(fanIn);
  return uniform(values, -bound, bound);
}

/** How many inputs an output of weights (outputs, inputs, …) has, and how many outputs an input. */
export function fans(where: string, { shape }: Tensor): { fanIn: number; fanOut: number } {
  const [outputs, inputs, ...field] = shape;
  if (outputs === undefined || inputs === undefined)
    throw new ShapeError(`${where}: expected weights (outputs, inputs, …), but got shape ${shown(shape)}.`);
  const area = field.reduce((product, size) => product * size, 1);
  return { fanIn: inputs * area, fanOut: outputs * area };
}
