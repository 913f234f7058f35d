import type { Settings } from "@semblant/training";
import type { Engine } from "../engine.ts";

/** Seconds that the trainings of one quick table or figure may take together; measuring and drawing come on top. */
export const QUICK_SECONDS = 180;
/** A step of training beside one on noise: augmentation, the average of the weights, validation, other programs. */
const BESIDE = 2;
/** Below it a training is not worth its start. */
const LEAST_SECONDS = 6;

/** How long trainings are going to take here, and how long each may. */
export interface QuickPlan {
  /** Of all together, at their full length. */
  readonly seconds: number;
  /** Of each training, at its full length. */
  readonly each: readonly number[];
  /** Of each training, as long as it may take. */
  readonly limits: readonly number[];
}

/**
 * Times some steps of each kind of training, and deals the seconds out: to each in proportion, where all do not fit at full length.
 *
 * @param images training images that each goes through once an epoch
 */
export function planQuick(engine: Engine, trainings: readonly Settings[], images: number, budget = QUICK_SECONDS): QuickPlan {
  const speeds = new Map<string, number>();
  const each = trainings.map((settings) => {
    const kind = JSON.stringify(settings.network);
    const speed = speeds.get(kind) ?? imagesPerSecond(engine, settings);
    speeds.set(kind, speed);
    return (settings.epochs * images) / speed;
  });
  const seconds = each.reduce((sum, one) => sum + one, 0);
  const part = Math.min(1, budget / seconds);
  return { seconds, each, limits: each.map((one) => Math.max(LEAST_SECONDS, part * one)) };
}

/** How long a quick subdivision takes at full length, and what it is cut to; `steps` are those of a level, null for all of its epochs. */
export interface QuickSubdivision {
  readonly levels: number;
  readonly steps: number | null;
  readonly seconds: number;
}

/**
 * A quick subdivision that fits into so many seconds: fewer levels, but two, and fewer steps of each.
 *
 * @param whole its levels, the epochs of each, training images, and images in a step of level 1; a step of level l has l times as many
 */
export function planSubdivision(
  whole: { readonly levels: number; readonly epochs: number; readonly images: number; readonly batch: number },
  speed: number,
  budget = QUICK_SECONDS,
): QuickSubdivision {
  const { epochs, images, batch } = whole;
  const seconds = (whole.levels * epochs * images) / speed;
  if (seconds <= budget) return { levels: whole.levels, steps: null, seconds };
  const levels = Math.max(2, Math.min(whole.levels, Math.floor((budget * speed) / images)));
  const steps = Math.max(3, Math.floor((budget * speed) / levels / ((batch * (levels + 1)) / 2)));
  return { levels, steps, seconds };
}

/** Images a second that training is going to make here. */
export function imagesPerSecond(engine: Engine, settings: Settings): number {
  return engine.timeSteps(settings, { batch: 8 * settings.perClass, seconds: 1 }).imagesPerSecond / BESIDE;
}

/**
 * What is going to be done, in a sentence.
 *
 * @example
 * quickSentence("15 trainings", 660); // "15 trainings would take about 11 min here: shortened to about 3 min."
 * quickSentence("1 training", 40); // "1 training, about 40 s here."
 */
export function quickSentence(what: string, seconds: number, budget = QUICK_SECONDS): string {
  const words = (s: number) => (s < 90 ? `${Math.max(1, Math.round(s))} s` : `${Math.round(s / 60)} min`);
  if (seconds <= budget) return `${what}, about ${words(seconds)} here.`;
  return `${what} would take about ${words(seconds)} here: shortened to about ${words(budget)}.`;
}
