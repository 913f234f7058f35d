import type { Random } from "@semblant/core";

/**
 * A bell-shaped number with mean 0 and deviation 1, never beyond ±3.5: four uniform numbers summed.
 *
 * It stands in for the normal distribution because it needs nothing but sums and products, which every machine rounds alike;
 * logarithms and cosines may differ in the last bit, and so in a pixel.
 *
 * @example
 * bell(new Random(1)) < 3.5; // true
 */
export function bell(random: Random): number {
  return (random.uniform() + random.uniform() + random.uniform() + random.uniform() - 2) * 1.7320508075688772;
}

/** A bell-shaped number around a mean, kept within two deviations. */
export function around(random: Random, mean: number, deviation: number): number {
  return mean + deviation * clamp(bell(random), -2, 2);
}

/** The value, or the end of the range that it passed. */
export function clamp(value: number, low = 0, high = 1): number {
  return Math.min(high, Math.max(low, value));
}

/** From a (t = 0) to b (t = 1) in a straight line. */
export function mix(a: number, b: number, t: number): number {
  return a + (b - a) * t;
}

/** 0 up to low, 1 from high on, and a smooth rise between (3t² − 2t³). */
export function smoothstep(low: number, high: number, value: number): number {
  const t = clamp((value - low) / (high - low));
  return t * t * (3 - 2 * t);
}

/** Cosine and sine of an angle in radians by half-angle tangents, from sums, products and quotients alone; exact to 1e-4 up to ±1. */
export function turn(angle: number): { cos: number; sin: number } {
  const h = angle / 2;
  const t = h * (1 + (h * h) / 3 + (2 * h * h * h * h) / 15);
  return { cos: (1 - t * t) / (1 + t * t), sin: (2 * t) / (1 + t * t) };
}
