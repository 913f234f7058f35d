import type { ScheduleSettings } from "../settings/setting-types.ts";

/** Learning rate at a step, counted from 1 to `steps`. */
export type Schedule = (step: number) => number;

/**
 * The learning rate of every step, from the highest rate and the number of steps.
 *
 * - `constant`: the highest rate throughout
 * - `cosine`: rises linearly from 0 over the share `warmup`, then falls along half a cosine to 0
 * - `one-cycle`: rises along half a cosine from 1/25 of the highest rate over the share `warmup`, then falls along another
 *   to 1/250,000 of it (Smith and Topin 2018, with the shape PyTorch gives it)
 *
 * @example
 * const rate = schedule({ name: "one-cycle", warmup: 0.25 }, { highest: 0.002, steps: 100 });
 * rate(1); // 0.00008
 * rate(25); // 0.002
 */
export function schedule({ name, warmup }: ScheduleSettings, { highest, steps }: { highest: number; steps: number }): Schedule {
  const lastRising = warmup * steps;
  if (name === "constant") return () => highest;
  if (name === "cosine") {
    return (step) => (step <= lastRising ? (highest * step) / lastRising : between(highest, 0, (step - lastRising) / (steps - lastRising)));
  }
  const [first, last] = [highest / 25, highest / 250_000];
  const top = Math.max(1, lastRising); // the step with the highest rate
  return (step) =>
    step <= top && top > 1
      ? between(first, highest, (step - 1) / (top - 1))
      : between(highest, last, steps === top ? 1 : (step - top) / (steps - top));
}

/** Along half a cosine from one value to another; `share` from 0 to 1. */
function between(from: number, to: number, share: number): number {
  return to + ((from - to) * (1 + Math.cos(Math.PI * Math.min(1, share)))) / 2;
}
