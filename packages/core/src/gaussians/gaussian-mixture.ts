import type { Embeddings } from "../embeddings/embeddings.ts";
import { invalidOption, ShapeError } from "../errors.ts";
import type { MixtureTiles } from "../kernels/mixtures.ts";
import { type Components, type Covariance, covarianceLength, distancesOf, freeParameters } from "./components.ts";
import { tilesOf } from "./expect-rows.ts";
import { bayesOf, mostResponsible } from "./responsibilities.ts";

/** What a mixture is made of: all of it can be written down as JSON and read again. */
export interface MixtureParts extends Components {
  /** Mean ln p(x) of the rows it was fitted to, in nats a row. */
  readonly logLikelihood: number;
  /** Whether the last iteration gained less than the tolerance. */
  readonly converged: boolean;
  /** Iterations of the start that won. */
  readonly iterations: number;
}

/**
 * A mixture of Gaussians: p(x) = Σ P(group) N(x; μ, Σ). Made by {@link fitGaussianMixture}; parts written down make it again.
 *
 * A group that no row belongs to has weight 0 and never answers; its mean is where it was last: if it never had a row, the mean of
 * all rows.
 *
 * @throws OptionError if `covariance` is none of the four
 * @throws ShapeError if weights, means or covariances are not of the size that k and columns ask for
 * @throws DataError if a group's covariance is singular
 *
 * @example
 * const mixture = new GaussianMixture({
 *   covariance: "spherical", k: 2, columns: 1, weights: Float64Array.of(0.5, 0.5), means: Float64Array.of(0, 10),
 *   covariances: Float64Array.of(1, 1), logLikelihood: NaN, converged: true, iterations: 0,
 * });
 * mixture.responsibilities(new Embeddings(Float32Array.of(5), 1)); // Float64Array [0.5, 0.5]
 */
export class GaussianMixture implements MixtureParts {
  readonly covariance: Covariance;
  readonly k: number;
  readonly columns: number;
  /** (k): P(group), summing to 1. */
  readonly weights: Float64Array;
  /** (k, columns) */
  readonly means: Float64Array;
  /** full (k, columns, columns), tied (columns, columns), diagonal (k, columns), spherical (k): variances, not deviations. */
  readonly covariances: Float64Array;
  readonly logLikelihood: number;
  readonly converged: boolean;
  readonly iterations: number;
  /** How many numbers were free to fit: weights, means, covariances. */
  readonly parameters: number;
  readonly #bayes: ReturnType<typeof bayesOf>;

  constructor(parts: MixtureParts) {
    const { covariance, k, columns } = parts;
    const where = "GaussianMixture";
    refuseUnknownCovariance(where, covariance);
    for (const [name, length] of [
      ["weights", k],
      ["means", k * columns],
      ["covariances", covarianceLength(covariance, k, columns)],
    ] as const) {
      if (parts[name].length === length) continue;
      throw new ShapeError(`${where}: expected ${name} to be ${length} numbers, but got ${parts[name].length}.`);
    }
    this.covariance = covariance;
    this.k = k;
    this.columns = columns;
    this.weights = Float64Array.from(parts.weights);
    this.means = Float64Array.from(parts.means);
    this.covariances = Float64Array.from(parts.covariances);
    this.logLikelihood = parts.logLikelihood;
    this.converged = parts.converged;
    this.iterations = parts.iterations;
    this.parameters = freeParameters(covariance, k, columns);
    this.#bayes = bayesOf(this, distancesOf(where, this));
  }

  /**
   * P(group | x), (rows, k), each row summing to 1; less than e⁻⁴⁰ of a row's greatest counts as 0. NaN for a row with NaN.
   *
   * @throws ShapeError if X has other columns than the mixture
   */
  responsibilities(X: Embeddings): Float64Array {
    const all = new Float64Array(X.rows * this.k);
    this.#eachRow(X, (i, responsibilities) => all.set(responsibilities, i * this.k));
    return all;
  }

  /**
   * (rows): the most responsible group of each, the smaller number of equals; −1 for a row with NaN.
   *
   * @throws ShapeError if X has other columns than the mixture
   */
  clusters(X: Embeddings): Int32Array {
    const clusters = new Int32Array(X.rows);
    this.#eachRow(X, (i, responsibilities) => {
      clusters[i] = mostResponsible(responsibilities);
    });
    return clusters;
  }

  /**
   * (rows): ln p(x) of each, in nats; NaN for a row with NaN.
   *
   * @throws ShapeError if X has other columns than the mixture
   */
  logDensity(X: Embeddings): Float64Array {
    const densities = new Float64Array(X.rows);
    this.#eachRow(X, (i, _, logDensity) => {
      densities[i] = logDensity;
    });
    return densities;
  }

  /**
   * Bayesian information criterion, −2 Σ ln p(x) + parameters · ln rows: the smaller, the better (Schwarz 1978).
   *
   * @throws ShapeError if X has other columns than the mixture
   */
  bic(X: Embeddings): number {
    return this.#deviance(X) + this.parameters * Math.log(X.rows);
  }

  /**
   * Akaike's information criterion, −2 Σ ln p(x) + 2 · parameters: the smaller, the better.
   *
   * @throws ShapeError if X has other columns than the mixture
   */
  aic(X: Embeddings): number {
    return this.#deviance(X) + 2 * this.parameters;
  }

  #deviance(X: Embeddings): number {
    return -2 * this.logDensity(X).reduce((sum, logDensity) => sum + logDensity, 0);
  }

  #eachRow(X: Embeddings, visit: Visit): void {
    const { columns, k } = this;
    if (X.columns !== columns) throw new ShapeError(`GaussianMixture: X has ${X.columns} columns but the means have ${columns}.`);
    const responsibilities = new Float64Array(k);
    const tiles = tilesOf("GaussianMixture", X, this);
    if (tiles) {
      visitByTiles(X.rows, tiles, responsibilities, visit);
      return;
    }
    const x = new Float64Array(columns);
    for (let i = 0; i < X.rows; i++) {
      for (let d = 0; d < columns; d++) x[d] = X.values[i * columns + d] as number;
      visit(i, responsibilities, this.#bayes(x, responsibilities));
    }
  }
}

type Visit = (i: number, responsibilities: Float64Array, logDensity: number) => void;

function visitByTiles(rows: number, tiles: MixtureTiles, responsibilities: Float64Array, visit: Visit): void {
  const { shares, stride } = tiles;
  const all = Int32Array.from({ length: rows }, (_, i) => i);
  const guesses = new Int32Array(rows);
  for (let from = 0; from < rows; from += tiles.rows) {
    const densities = tiles.expect(all.subarray(from, from + tiles.rows), guesses);
    for (let i = 0; i < densities.length; i++) {
      for (let g = 0; g < responsibilities.length; g++) responsibilities[g] = shares[g * stride + i] as number;
      visit(from + i, responsibilities, densities[i] as number);
    }
  }
}

/** Refuses any name but the four. */
export function refuseUnknownCovariance(where: string, covariance: unknown): void {
  if (["full", "tied", "diagonal", "spherical"].includes(covariance as string)) return;
  throw invalidOption(where, "covariance", `"full", "tied", "diagonal" or "spherical"`, covariance);
}
