import { ShapeError } from "@semblant/core";
import { invalidOption, refuseUnknown } from "@semblant/core/internals";

export interface SmoothOptions {
  /** Milliseconds since the last frame. */
  readonly elapsed: number;
  /** After so many milliseconds the past counts half (300). 0 leaves each frame as it is. */
  readonly halfLife?: number;
}

/** What is less probable counts as this: one frame that is quite sure does not outweigh all that follow. */
const least = 1e-4;

/**
 * What a face looks like over time: an exponential average of the logarithms of the distributions, made a distribution again.
 *
 * With the past's part w = 2^(−elapsed / halfLife), it is softmax(w · ln before + (1 − w) · ln now). So log-odds between two classes are
 * averaged: it is the geometric mean that pools opinions (Genest and Zidek 1986), with weights that fade.
 *
 * @param before what came out last, (classes); undefined at the first frame
 * @param now P(class) of this frame, (classes)
 * @returns (classes), sums to 1
 * @throws ShapeError if both differ in their number of classes
 * @throws OptionError if an option is out of range or unknown
 *
 * @example
 * const steady = smoothDistribution(Float64Array.of(0.9, 0.1), Float64Array.of(0.1, 0.9), { elapsed: 300 });
 * steady.map((p) => Math.round(100 * p)); // Float64Array [50, 50]
 */
export function smoothDistribution(before: Float64Array | undefined, now: Float64Array, options: SmoothOptions): Float64Array {
  const where = "smoothDistribution";
  refuseUnknown(where, options, ["elapsed", "halfLife"]);
  const { elapsed, halfLife = 300 } = options;
  if (!(elapsed >= 0)) throw invalidOption(where, "elapsed", "milliseconds of 0 or more", elapsed);
  if (!(halfLife >= 0)) throw invalidOption(where, "halfLife", "milliseconds of 0 or more", halfLife);
  if (before === undefined || halfLife === 0) return now.slice();
  if (before.length !== now.length) throw new ShapeError(`${where}: before has ${before.length} classes but now has ${now.length}.`);
  const past = 2 ** (-elapsed / halfLife);
  const pooled = now.map((p, c) => Math.exp(past * bounded(before[c] as number) + (1 - past) * bounded(p)));
  const sum = pooled.reduce((total, p) => total + p, 0);
  return pooled.map((p) => p / sum);
}

function bounded(p: number): number {
  return Math.log(Math.max(least, p));
}
