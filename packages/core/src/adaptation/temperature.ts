import { GaussianClasses } from "../gaussians/gaussian-classes.ts";
import { logLoss } from "../metrics/log-loss.ts";

/** Answers to calibrate by: those of Gaussians to rows that they were not fitted to. */
export interface HeldOutAnswers {
  /** (rows, classes), each row summing to 1. */
  readonly posterior: Float64Array;
  /** (rows): the true class. */
  readonly truth: Int32Array;
  readonly classes: number;
}

const [coldest, hottest] = [0.05, 20] as const;
const golden = (Math.sqrt(5) - 1) / 2;

/**
 * The temperature under which held-out labels are most probable (Guo et al. 2017): above 1 where the answers are too sure, below 1 where
 * they are not sure enough. From 1/20 to 20.
 *
 * @example
 * const posterior = Float64Array.of(0.99, 0.01, 0.99, 0.01, 0.99, 0.01); // sure, and right two times of three
 * temperatureOf({ posterior, truth: Int32Array.of(0, 0, 1), classes: 2 }) > 3; // true
 */
export function temperatureOf({ posterior, truth, classes }: HeldOutAnswers): number {
  const loss = (log: number) => logLoss(truth, tempered(posterior, classes, Math.exp(log)), classes);
  let [low, high] = [Math.log(coldest), Math.log(hottest)];
  let [left, right] = [high - golden * (high - low), low + golden * (high - low)];
  let [ofLeft, ofRight] = [loss(left), loss(right)];
  for (let step = 0; step < 30; step++) {
    if (ofLeft < ofRight) {
      [high, right, ofRight] = [right, left, ofLeft];
      left = high - golden * (high - low);
      ofLeft = loss(left);
    } else {
      [low, left, ofLeft] = [left, right, ofRight];
      right = low + golden * (high - low);
      ofRight = loss(right);
    }
  }
  return Math.exp((low + high) / 2);
}

/** Each row's log-odds divided by the temperature: (rows, classes), each row summing to 1. */
export function tempered(posterior: Float64Array, classes: number, temperature: number): Float64Array {
  const result = new Float64Array(posterior.length);
  for (let at = 0; at < posterior.length; at += classes) {
    let most = -Infinity;
    for (let c = 0; c < classes; c++) most = Math.max(most, Math.log(posterior[at + c] as number) / temperature);
    let sum = 0;
    for (let c = 0; c < classes; c++) sum += result[at + c] = Math.exp(Math.log(posterior[at + c] as number) / temperature - most);
    for (let c = 0; c < classes; c++) result[at + c] = (result[at + c] as number) / sum;
  }
  return result;
}

/**
 * Gaussians whose log-odds are those of the others, divided by the temperature: wider, and with priors that differ less,
 * where it is above 1.
 */
export function widened(gaussians: GaussianClasses, temperature: number): GaussianClasses {
  const { columns, means, sigmas, priors, whitening } = gaussians;
  const flatter = priors.map((prior) => prior ** (1 / temperature));
  const total = flatter.reduce((sum, prior) => sum + prior, 0);
  return new GaussianClasses({
    columns,
    means,
    whitening,
    sigmas: sigmas.map((sigma) => sigma * Math.sqrt(temperature)),
    priors: flatter.map((prior) => prior / total),
  });
}
