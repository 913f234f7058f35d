import { timeSteps } from "@semblant/training/internals";
import type { Settings } from "@semblant/training/settings";

/** Seconds that one quick table or figure may take, reading, measuring and drawing included; a slow machine is told of more beforehand. */
export const QUICK_SECONDS = 180;
/** A step of training beside one on noise: augmentation, the average of the weights, validation, other programs. */
const BESIDE = 2;
/** Below it a training is not worth its start. */
const LEAST_SECONDS = 6;
/** Below this part of what was planned for a training, the machine is called slower. */
const SLOWER = 0.6;

/**
 * Times some steps of each kind of network.
 *
 * @param images training images that each goes through once per epoch
 * @param speedOf images per second of such a training
 * @returns seconds of each training at its full length
 */
export function trainingSeconds(
  trainings: readonly Settings[],
  images: number,
  speedOf: (settings: Settings) => number = imagesPerSecond,
): number[] {
  const speeds = new Map<string, number>();
  return trainings.map((settings) => {
    const kind = JSON.stringify(settings.network);
    const speed = speeds.get(kind) ?? speedOf(settings);
    speeds.set(kind, speed);
    return (settings.epochs * images) / speed;
  });
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

/** Images per second that training is going to make here. */
export function imagesPerSecond(settings: Settings): number {
  return timeSteps(settings, { batch: 8 * settings.perClass, seconds: 1 }).imagesPerSecond / BESIDE;
}

/** What one run takes beside its training, and what all take once, in seconds. */
export interface QuickCosts {
  /** Before the first training: drawing or reading the faces. */
  readonly reading: number;
  /** Of each run: reading again, embedding, measuring. */
  readonly measuring: number;
  /** After the last run: tables, maps, groups, pictures. */
  readonly finishing: number;
}

/** A run that an experiment is made of; `seconds` are those of its training at full length, 0 where it is trained. */
export interface QuickPart {
  readonly key: string;
  readonly seconds: number;
}

/**
 * The seconds that are said beforehand, and kept to: those of everything at full length if they are few, else {@link QUICK_SECONDS}, or
 * what the shortest trainings take with all that is beside them.
 *
 * @example
 * const parts = [{ key: "a", seconds: 400 }, { key: "b", seconds: 100 }];
 * saidSeconds(parts, { reading: 10, measuring: 5, finishing: 5 }); // { whole: 525, said: 180 }
 */
export function saidSeconds(parts: readonly QuickPart[], costs: QuickCosts): { readonly whole: number; readonly said: number } {
  const beside = costs.reading + costs.finishing + parts.length * costs.measuring;
  const whole = beside + parts.reduce((sum, { seconds }) => sum + seconds, 0);
  const least = beside + parts.reduce((sum, { seconds }) => sum + Math.min(LEAST_SECONDS, seconds), 0);
  return { whole, said: Math.min(whole, Math.max(QUICK_SECONDS, least)) };
}

/**
 * A time that was said, dealt out as the work goes on: what is slower than was thought is taken from the trainings that are still to come,
 * and the last runs are left out where nothing is left for them.
 */
export class QuickTime {
  readonly #ends: number;
  readonly #costs: QuickCosts;
  readonly #parts: Map<string, number>;
  readonly #planned: number;
  readonly #now: () => number;
  /** Seconds of a measuring beside those that were thought. */
  #pace = 1;
  #begun = 0;
  #slower = false;

  /** @param began when the clock was started, in milliseconds of `now` */
  constructor(
    parts: readonly QuickPart[],
    { said, costs, began }: { readonly said: number; readonly costs: QuickCosts; readonly began: number },
    now = () => performance.now(),
  ) {
    this.#ends = began + 1000 * said;
    this.#costs = costs;
    this.#parts = new Map(parts.map(({ key, seconds }) => [key, seconds]));
    this.#now = now;
    this.#planned = this.#share(said - costs.reading);
  }

  /** Seconds until the work should be done, but for the finishing. */
  get left(): number {
    return (this.#ends - this.#now()) / 1000 - this.#costs.finishing;
  }

  /** Whether the machine was much slower than it was when it was timed. */
  get slower(): boolean {
    return this.#slower;
  }

  /** Whether a run fits in still. The first always does: without it there is nothing to show. */
  hasTime(key: string): boolean {
    const training = Math.min(LEAST_SECONDS, this.#parts.get(key) ?? 0);
    const fits = this.#begun === 0 || this.left >= training + this.#pace * this.#costs.measuring;
    if (!fits) {
      this.#parts.delete(key);
      this.#slower = true;
    }
    return fits;
  }

  /** Seconds that a training may take, which is about to begin: its part of what is left once the runs are measured. */
  begin(key: string): number {
    const seconds = this.#parts.get(key) ?? 0;
    const share = this.#share(this.left);
    if (seconds > 0 && share < SLOWER * Math.min(1, this.#planned)) this.#slower = true;
    this.#parts.delete(key);
    this.#begun++;
    return Math.max(LEAST_SECONDS, share * seconds);
  }

  /** Is told how long a measuring took. */
  measured(seconds: number): void {
    this.#pace = Math.max(1, seconds / Math.max(0.1, this.#costs.measuring));
  }

  /** How much of their full length the trainings that are to come can have. */
  #share(left: number): number {
    const training = [...this.#parts.values()].reduce((sum, seconds) => sum + seconds, 0);
    return Math.max(0, left - this.#parts.size * this.#pace * this.#costs.measuring) / Math.max(0.1, training);
  }
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
