import { squaredDistance } from "../embeddings/distances.ts";
import type { Embeddings } from "../embeddings/embeddings.ts";
import { ShapeError } from "../errors.ts";
import { mostProbable } from "../metrics/confidence.ts";
import { type AnswerThresholds, surenessOf } from "./answer-thresholds.ts";

/** Classes named by the Gaussians, row by row. */
export interface GaussianAnswers {
  /** (rows): the most probable class, the smaller index of equals; −1 where unsure. */
  readonly predicted: Int32Array;
  /** (rows): its posterior, whether or not it was thought enough; NaN for a row with NaN. */
  readonly confidence: Float64Array;
  /** (rows): ln p(x) under all classes together. */
  readonly logDensity: Float64Array;
}

/**
 * A Gaussian for each class and the prior of each: P(wⱼ | x) by Bayes' rule. Made by {@link fitGaussians}.
 *
 * Everything is computed from log-densities, so that a row far from every class still has a posterior that sums to 1.
 * Moving or rotating rows and means together changes nothing.
 *
 * @example
 * const X = new Embeddings(Float32Array.of(-1, 1, 9, 11), 1, { labels: Int32Array.of(0, 0, 1, 1) });
 * const gaussians = fitGaussians(X, { sigma: 1 });
 * gaussians.posterior(new Embeddings(Float32Array.of(5), 1)); // Float64Array [0.5, 0.5]
 */
export class GaussianClasses {
  readonly columns: number;
  readonly classes: number;
  /** (classes, columns): μⱼ; NaN for a class without rows. */
  readonly means: Float64Array;
  /** (classes): σⱼ. */
  readonly sigmas: Float64Array;
  /** (classes): P(wⱼ), summing to 1. */
  readonly priors: Float64Array;
  /**
   * (columns, columns), zeros above its diagonal: W, where the classes share a covariance that is no sphere. Distances and widths are
   * those of Wx and Wμⱼ, so that the covariance of class j is σⱼ² (WᵀW)⁻¹. Absent, it is the identity.
   */
  readonly whitening: Float64Array | undefined;
  /** (classes, columns): Wμⱼ. */
  readonly #centers: Float64Array;
  /** ln |W| */
  readonly #logVolume: number;

  /** @throws ShapeError if the whitening is not (columns, columns) */
  constructor(parts: {
    columns: number;
    means: Float64Array;
    sigmas: Float64Array;
    priors: Float64Array;
    whitening?: Float64Array | undefined;
  }) {
    const { columns, whitening } = parts;
    this.columns = columns;
    this.classes = parts.priors.length;
    this.means = parts.means;
    this.sigmas = parts.sigmas;
    this.priors = parts.priors;
    this.whitening = whitening;
    if (whitening !== undefined && whitening.length !== columns ** 2) {
      throw new ShapeError(`GaussianClasses: expected a whitening of ${columns} × ${columns}, but got ${whitening.length} numbers.`);
    }
    this.#centers = whitening === undefined ? parts.means : whitened(parts.means, whitening, columns);
    this.#logVolume = whitening === undefined ? 0 : logDiagonal(whitening, columns);
  }

  /**
   * P(wⱼ | x), (rows, classes), each row summing to 1 (eq. 1). A row with NaN or an infinite value gives NaN.
   *
   * @throws ShapeError if X has other columns than the Gaussians
   */
  posterior(X: Embeddings): Float64Array {
    return this.answer(X).posterior;
  }

  /**
   * ln p(x) = ln Σⱼ P(wⱼ) p(x | wⱼ), one per row, in nats: how likely such a row is at all. Low where nothing of the kind was seen.
   *
   * @throws ShapeError if X has other columns than the Gaussians
   */
  logDensity(X: Embeddings): Float64Array {
    return this.answer(X).logDensity;
  }

  /**
   * The most probable class of each row, or −1 where unsure: its posterior is below `minimumPosterior` (torn between classes), or
   * its log-density below `minimumLogDensity` (like nothing seen), or the row holds NaN.
   *
   * With equal priors and one width this is the class of the nearest mean.
   *
   * @throws OptionError if minimumPosterior is not from 0 to 1
   * @throws ShapeError if X has other columns than the Gaussians
   *
   * @example
   * const X = new Embeddings(Float32Array.of(-1, 1, 9, 11), 1, { labels: Int32Array.of(0, 0, 1, 1) });
   * const between = new Embeddings(Float32Array.of(2, 5, 8), 1);
   * fitGaussians(X, { sigma: 1 }).classify(between, { minimumPosterior: 0.9 }).predicted; // Int32Array [0, -1, 1]
   */
  classify(X: Embeddings, options: AnswerThresholds = {}): GaussianAnswers {
    const isSure = surenessOf("classify", options);
    const { posterior, logDensity } = this.answer(X);
    const { predicted, confidence } = mostProbable(posterior, this.classes);
    for (let i = 0; i < X.rows; i++) {
      if (!isSure(confidence[i] as number, logDensity[i] as number)) predicted[i] = -1;
    }
    return { predicted, confidence, logDensity };
  }

  /**
   * {@link posterior} and {@link logDensity} of the same rows, at the cost of one.
   *
   * @throws ShapeError if X has other columns than the Gaussians
   */
  answer(X: Embeddings): { posterior: Float64Array; logDensity: Float64Array } {
    const { columns, classes } = this;
    if (X.columns !== columns) throw new ShapeError(`GaussianClasses: X has ${X.columns} columns but the means have ${columns}.`);
    const posterior = new Float64Array(X.rows * classes);
    const logDensity = new Float64Array(X.rows);
    const constants = this.priors.map(
      (prior, c) => Math.log(prior) + this.#logVolume - columns * Math.log((this.sigmas[c] as number) * SQRT_TAU),
    );
    for (let first = 0; first < X.rows; first += BLOCK) {
      const inBlock = Math.min(BLOCK, X.rows - first);
      const given = Float64Array.from(X.values.subarray(first * columns, (first + inBlock) * columns));
      const points = this.whitening === undefined ? given : whitened(given, this.whitening, columns);
      for (let j = 0; j < inBlock; j++) {
        const i = first + j;
        const joint = posterior.subarray(i * classes, (i + 1) * classes);
        let most = -Infinity;
        for (let c = 0; c < classes; c++) {
          if (this.priors[c] === 0) {
            joint[c] = -Infinity;
            continue;
          }
          const z = squaredDistance(points, j, this.#centers, c, columns) / (2 * (this.sigmas[c] as number) ** 2);
          joint[c] = (constants[c] as number) - z; // ln P(wⱼ) p(x | wⱼ), eqs. 2–3
          if ((joint[c] as number) > most) most = joint[c] as number;
        }
        let sum = 0;
        for (let c = 0; c < classes; c++) sum += joint[c] = Math.exp((joint[c] as number) - most);
        for (let c = 0; c < classes; c++) joint[c] = (joint[c] as number) / sum; // eq. 1
        logDensity[i] = most + Math.log(sum);
      }
    }
    return { posterior, logDensity };
  }
}

/** Rows that are turned into float64 at a time: more would take memory and gain nothing. */
const BLOCK = 1024;

/** (rows, columns): W times each row, for W of zeros above its diagonal. */
function whitened(rows: Float64Array, W: Float64Array, columns: number): Float64Array {
  const mapped = new Float64Array(rows.length);
  for (let at = 0; at < rows.length; at += columns) {
    for (let a = 0; a < columns; a++) {
      let sum = 0;
      for (let b = 0; b <= a; b++) sum += (W[a * columns + b] as number) * (rows[at + b] as number);
      mapped[at + a] = sum;
    }
  }
  return mapped;
}

function logDiagonal(W: Float64Array, columns: number): number {
  let sum = 0;
  for (let a = 0; a < columns; a++) sum += Math.log(Math.abs(W[a * columns + a] as number));
  return sum;
}

/** √(2π) */
const SQRT_TAU = Math.sqrt(2 * Math.PI);
