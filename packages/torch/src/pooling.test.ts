import { Random } from "@semblant/core";
import { describe, expect, it } from "vitest";
import { tensor } from "./creation.ts";
import { adaptiveMaxPool2d, maxPool2d } from "./pooling.ts";
import { tidy } from "./scopes.ts";
import type { Tensor } from "./tensor.ts";

const shape = [2, 3, 19, 19];
const random = new Random(0);
/** Few values, all exact in bfloat16, so that many pixels tie for the maximum, as after a ReLU. */
const pixels = Float64Array.from({ length: shape.reduce((a, b) => a * b) }, () => random.integer(31) / 4 - 3.75);

/** Maxima, and the gradient of their sum, as one list of numbers each. */
function computed(pool: (x: Tensor) => Tensor, dtype: "bfloat16" | "float64"): [number[], number[]] {
  return tidy(() => {
    const x = tensor(pixels, { shape, dtype: "float64" }).detach().requireGrad();
    const y = pool(x.to(dtype));
    y.to("float64").sum().backward();
    const list = (t: Tensor) => [...(t.detach().to("float64").contiguous().data() as Float64Array)];
    return [list(y), list(x.grad as Tensor)];
  });
}

describe("pools of maxima in bfloat16", () => {
  it.each<[string, (x: Tensor) => Tensor]>([
    ["adaptiveMaxPool2d", (x) => adaptiveMaxPool2d(x, 2)],
    ["maxPool2d", (x) => maxPool2d(x, { kernel: 3, stride: 2, padding: 1 })],
    ["maxPool2d over the whole image", (x) => maxPool2d(x, { kernel: 19 })],
  ])("give the gradient to the pixel of the maximum, in images of more than 256 pixels too: %s", (name, pool) => {
    const [maxima, gradient] = computed(pool, "bfloat16");
    const [exactMaxima, exactGradient] = computed(pool, "float64");
    expect({ name, maxima, gradient }).toEqual({ name, maxima: exactMaxima, gradient: exactGradient });
  });
});
