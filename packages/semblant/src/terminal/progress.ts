import { duration } from "@semblant/core/internals";

/** What the live line of a training shows. */
export interface ShownStep {
  readonly step: number;
  readonly steps: number;
  readonly epoch: number;
  readonly epochs: number;
  readonly loss: number;
  readonly imagesPerSecond: number;
  readonly secondsLeft: number;
}

/**
 * A training's live line.
 *
 * @example
 * trainingLine({ step: 12, steps: 240, epoch: 1, epochs: 20, loss: 0.4321, imagesPerSecond: 91.3, secondsLeft: 130 });
 * // "step 12/240  epoch 1/20  loss 0.432  91 images/s  2 min 10 s left"
 */
export function trainingLine({ step, steps, epoch, epochs, loss, imagesPerSecond, secondsLeft }: ShownStep): string {
  const speed = imagesPerSecond < 10 ? imagesPerSecond.toFixed(1) : String(Math.round(imagesPerSecond));
  return `step ${step}/${steps}  epoch ${epoch}/${epochs}  loss ${loss.toPrecision(3)}  ${speed} images/s  ${duration(secondsLeft)} left`;
}
