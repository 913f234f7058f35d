import { clusterByKMeans } from "../clustering/k-means.ts";
import type { Embeddings } from "../embeddings/embeddings.ts";
import { refuseNonFinite } from "../embeddings/finite.ts";
import { invalidOption, OptionError, refuseUnknown } from "../errors.ts";
import { Random } from "../random.ts";
import type { Components, Covariance } from "./components.ts";
import { expectRows } from "./expect-rows.ts";
import { GaussianMixture, refuseUnknownCovariance } from "./gaussian-mixture.ts";
import { type MixtureStart, startOf } from "./mixture-start.ts";
import { maximize, scatterOf } from "./moments.ts";

export interface MixtureOptions {
  /** How many groups; from 1 to the number of rows. */
  readonly k: number;
  readonly covariance?: Covariance;
  /** Added to every variance, in squared units of the embeddings; keeps groups of few rows from collapsing to a point. */
  readonly regularization?: number;
  /** How many starts; the one that ends with the greatest likelihood wins, the first of equals. */
  readonly restarts?: number;
  /** Where the starts are drawn from. */
  readonly random?: Random;
  /** A given start instead of drawn ones: nothing is random then. */
  readonly initial?: MixtureStart;
  /** The most iterations of one start. */
  readonly iterations?: number;
  /** A start ends when an iteration changes the log-likelihood by less than this, in nats a row. */
  readonly tolerance?: number;
}

/** One iteration: responsibilities under the mixture so far, then the next mixture. */
export interface MixtureStep {
  readonly restart: number;
  readonly iteration: number;
  /** Mean ln p(x) under the mixture before this iteration's move, in nats a row. */
  readonly logLikelihood: number;
  /** By how much that grew; Infinity in a start's first iteration, never below −tolerance. */
  readonly gain: number;
}

/** The names of {@link MixtureOptions}. */
export const MIXTURE_OPTIONS = ["k", "covariance", "regularization", "restarts", "random", "initial", "iterations", "tolerance"] as const;

/** Rounds of Lloyd's iteration before EM takes over: a start need not have come to rest. */
const LLOYD_ITERATIONS = 30;

/**
 * A mixture of k Gaussians of greatest likelihood, found by expectation maximisation; a generator that yields a record an
 * iteration and returns the best start's mixture. {@link fitGaussianMixture} runs it to the end.
 *
 * Each start is k-means from a greedy k-means++ start: its clusters, taken as certain, give the first mixture, as in scikit-learn.
 * From one start the answers are scikit-learn's, whose defaults are these (full covariance, regularization 1e-6, tolerance 1e-3,
 * 100 iterations, one start). Without regularization the log-likelihood never falls. With it EM can step down, where it outweighs
 * a group's own spread: less than `tolerance` counts as no change, and before a longer step down the start ends, which
 * scikit-learn would take. Many rows are computed by kernels of WebAssembly on all cores: the same to rounding, and to the bit whatever
 * the number of threads. Beside X memory is a few times k × columns² numbers and 8 MB, and a copy of X below 64 MB.
 *
 * Groups that no row belongs to (fewer distinct rows than k) have weight 0. Constant columns have the variance `regularization`.
 *
 * @throws OptionError if k is not from 1 to the number of rows, or another option is out of range or unknown
 * @throws ShapeError if `initial` is not of the size that rows, columns and k ask for
 * @throws DataError if a row holds NaN or an infinite value, `initial` holds what is no group or share, or a covariance is singular
 * (which takes a regularization of 0, or one lost beside the data's scale)
 *
 * Dempster, Laird and Rubin 1977.
 *
 * @example
 * const X = new Embeddings(Float32Array.of(0, 1, 10, 11), 1);
 * const steps = [...gaussianMixture(X, { k: 2, initial: [0, 10] })];
 * steps[0].logLikelihood.toFixed(4); // "-1.4189"
 */
export function* gaussianMixture(X: Embeddings, options: MixtureOptions): Generator<MixtureStep, GaussianMixture, void> {
  const { k, covariance = "full", regularization = 1e-6, restarts = 1, random = new Random(0) } = options;
  const { initial, iterations = 100, tolerance = 1e-3 } = options;
  refuseUnusable(X, options, { k, restarts, iterations }, { regularization, tolerance });
  refuseUnknownCovariance(where, covariance);
  const scatter = covariance === "tied" ? scatterOf(X) : undefined;
  let best: GaussianMixture | undefined;
  for (let restart = 0; restart < (initial ? 1 : restarts); restart++) {
    const start = startOf(where, X, initial ?? drawn(X, k, random), { k, covariance, regularization, scatter });
    let { components } = start;
    let before: { components: Components; logLikelihood: number } | undefined;
    let converged = false;
    let done = 0;
    while (done < iterations && !converged) {
      const { logLikelihood, moments } = expectRows(where, start.X, components, start.guesses);
      const gain = before === undefined ? Infinity : logLikelihood - before.logLikelihood;
      if (gain < -tolerance) break;
      done++;
      yield { restart, iteration: done, logLikelihood, gain };
      before = { components, logLikelihood };
      components = maximize(moments, regularization, scatter, components);
      converged = Math.abs(gain) < tolerance;
    }
    const last = before as { components: Components; logLikelihood: number };
    const { logLikelihood } = expectRows(where, start.X, components, start.guesses);
    const ended = logLikelihood >= last.logLikelihood - tolerance ? { components, logLikelihood } : last;
    if (best !== undefined && ended.logLikelihood <= best.logLikelihood) continue;
    converged ||= ended === last;
    best = new GaussianMixture({ ...ended.components, logLikelihood: ended.logLikelihood, converged, iterations: done });
  }
  return best as GaussianMixture;
}

/**
 * The mixture that {@link gaussianMixture} ends with.
 *
 * @throws what {@link gaussianMixture} throws
 *
 * @example
 * const X = new Embeddings(Float32Array.of(-1, 1, 9, 11), 1);
 * const mixture = fitGaussianMixture(X, { k: 2, regularization: 0 });
 * mixture.means.toSorted().map(Math.round); // Float64Array [0, 10]
 * mixture.weights; // Float64Array [0.5, 0.5]
 */
export function fitGaussianMixture(X: Embeddings, options: MixtureOptions): GaussianMixture {
  const steps = gaussianMixture(X, options);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

const where = "gaussianMixture";

function drawn(X: Embeddings, k: number, random: Random): MixtureStart {
  return clusterByKMeans(X, { k, random, restarts: 1, iterations: LLOYD_ITERATIONS });
}

function refuseUnusable(X: Embeddings, options: object, counts: Record<string, number>, amounts: Record<string, number>): void {
  refuseUnknown(where, options, MIXTURE_OPTIONS);
  for (const [name, value] of Object.entries(counts)) {
    if (!Number.isInteger(value) || value < 1) throw invalidOption(where, name, "a whole number above 0", value);
  }
  for (const [name, value] of Object.entries(amounts)) {
    if (!(value >= 0 && value < Infinity)) throw invalidOption(where, name, "a number from 0", value);
  }
  const { k } = counts as { k: number };
  if (k > X.rows) throw new OptionError(`${where}: expected k to be at most the ${X.rows} rows, but got ${k}.`);
  refuseNonFinite(where, X);
}
