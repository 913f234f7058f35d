import type { RunSteps } from "./shapes.ts";

/** A point of a curve, with an interval where there is one. */
export interface CurvePoint {
  readonly x: number;
  readonly y: number;
  readonly low?: number;
  readonly high?: number;
}

/** The steps of before with those that came after; all anew where they are whole. */
export function joinSteps(before: RunSteps | undefined, { whole, ...now }: RunSteps & { readonly whole: boolean }): RunSteps {
  if (whole || before === undefined) return now;
  const join = <T>(name: (steps: RunSteps) => readonly T[]) => [...name(before), ...name(now)];
  return {
    generation: now.generation,
    metric: now.metric ?? before.metric,
    step: join((steps) => steps.step),
    epoch: join((steps) => steps.epoch),
    loss: join((steps) => steps.loss),
    learningRate: join((steps) => steps.learningRate),
    imagesPerSecond: join((steps) => steps.imagesPerSecond),
    validation: {
      step: join((steps) => steps.validation.step),
      value: join((steps) => steps.validation.value),
      faces: join((steps) => steps.validation.faces),
    },
  };
}

/** Points of a curve of steps at most. */
const most = 120;

/**
 * The loss in groups of neighbouring steps: the mean of each, and between which values nine of ten steps lie. Steps differ in their
 * batches, so that single ones say little.
 */
export function lossCurve({ step, loss }: Pick<RunSteps, "step" | "loss">): CurvePoint[] {
  const size = Math.max(1, Math.ceil(step.length / most), step.length >= 24 ? 4 : 1);
  const points: CurvePoint[] = [];
  for (let from = 0; from < step.length; from += size) {
    const values = loss.slice(from, from + size).filter((value) => value !== null);
    if (values.length === 0) continue;
    const sorted = values.toSorted((a, b) => a - b);
    const x = step[Math.min(step.length - 1, from + size - 1)] as number;
    const y = values.reduce((sum, value) => sum + value, 0) / values.length;
    points.push(values.length < 3 ? { x, y } : { x, y, low: quantile(sorted, 0.05), high: quantile(sorted, 0.95) });
  }
  return points;
}

/** The validation with the 95 % interval of a share, where it is known of how many faces. */
export function validationCurve({ validation: { step, value, faces } }: Pick<RunSteps, "validation">): CurvePoint[] {
  return step.map((x, i) => {
    const y = value[i] as number;
    const n = faces[i];
    return n === null || n === undefined || n === 0 ? { x, y } : { x, y, ...wilson(y, n) };
  });
}

/**
 * The 95 % interval of a share of n, in percent.
 *
 * Source: Wilson 1927, "Probable inference, the law of succession, and statistical inference".
 */
export function wilson(percent: number, n: number): { readonly low: number; readonly high: number } {
  const z = 1.959964;
  const p = percent / 100;
  const middle = (p + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half = (z / (1 + (z * z) / n)) * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  return { low: 100 * Math.max(0, middle - half), high: 100 * Math.min(1, middle + half) };
}

function quantile(sorted: readonly number[], part: number): number {
  const place = part * (sorted.length - 1);
  const below = sorted[Math.floor(place)] as number;
  return below + ((sorted[Math.ceil(place)] as number) - below) * (place - Math.floor(place));
}
