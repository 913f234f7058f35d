import { Embeddings } from "../embeddings/embeddings.ts";
import { invalidOption, refuseUnknown } from "../errors.ts";
import { chooseMixture, type MixtureScore } from "../gaussians/choose-mixture.ts";
import { fitGaussianMixture } from "../gaussians/fit-mixture.ts";
import { pca } from "../projection/pca.ts";
import { Random } from "../random.ts";

export interface ExpressionGroupOptions {
  /** How many groups; else as many as the rows speak for, by BIC. */
  readonly k?: number;
  /** The most groups tried where k is not given (12). */
  readonly most?: number;
  readonly random?: Random;
}

/** Faces in groups of like expressions: a Gaussian mixture over their embeddings. */
export interface ExpressionGroups {
  readonly k: number;
  /** (rows, k): P(group | face), each row summing to 1. */
  readonly responsibilities: Float64Array;
  /** (rows, at most 8): the faces on the components along which they vary most; what the mixture was fitted to. */
  readonly reduced: Embeddings;
  /** Mean squared distance of a face to the mean of its group, on those components. */
  readonly spread: number;
  /** Rows that the mixture was fitted to, where there are so many that some were drawn at random. */
  readonly fitted?: number;
  /** BIC of each number of groups tried, the smaller the better; empty where k was given. */
  readonly scores: readonly MixtureScore[];
}

/** Components that are kept: with more, the charge that BIC makes for each mean outweighs what groups of some ten faces can gain. */
const COMPONENTS = 8;
/** Rows that the mixture is fitted to at most, drawn at random; responsibilities are of all. */
const FITTED = 3000;

/**
 * Groups faces by expression: a mixture of spherical Gaussians (eq. 3 of the paper, its width free) over their first principal components.
 *
 * Variances have a floor of 2 % of the rows' own, so that copies of one face are not taken for a group of their own. Fewer than five
 * faces for each group are not tried.
 *
 * @throws OptionError if k is not from 1 to the rows, or an option is out of range or unknown
 * @throws DataError if there are no rows, or a row holds NaN or an infinite value
 *
 * @example
 * const random = new Random(1);
 * const X = new Embeddings(Float32Array.from({ length: 120 }, (_, i) => (i % 4 < 2 ? 9 : 0) + random.normal()), 2);
 * expressionGroups(X).k; // 2
 */
export function expressionGroups(X: Embeddings, options: ExpressionGroupOptions = {}): ExpressionGroups {
  const where = "expressionGroups";
  refuseUnknown(where, options, ["k", "most", "random"]);
  const { k, most = 12, random = new Random(0) } = options;
  if (k !== undefined && !(Number.isInteger(k) && k >= 1 && k <= X.rows)) {
    throw invalidOption(where, "k", `a whole number from 1 to the ${X.rows} faces`, k);
  }
  if (!(Number.isInteger(most) && most >= 1)) throw invalidOption(where, "most", "a whole number above 0", most);
  const columns = Math.max(1, Math.min(COMPONENTS, X.columns, X.rows));
  const { positions, variance } = pca(X, columns);
  const reduced = new Embeddings(Float32Array.from(positions), columns);
  const fitted =
    X.rows <= FITTED
      ? reduced
      : reduced.take(
          random
            .fork("fitted")
            .permutation(X.rows)
            .subarray(0, Math.max(FITTED, k ?? 0)),
        );
  const floor = variance.reduce((sum, value) => sum + value, 0) / columns;
  const fit = { covariance: "spherical", regularization: 0.02 * floor + 1e-12, restarts: 3, random: random.fork("mixture") } as const;
  const to = Math.max(1, Math.min(most, Math.floor(fitted.rows / 5)));
  const { chosen, scores } =
    k === undefined
      ? chooseMixture(fitted, { ...fit, from: 1, to, by: "bic" })
      : { chosen: fitGaussianMixture(fitted, { ...fit, k }), scores: [] };
  const { weights, covariances } = chosen;
  const spread = weights.reduce((sum, weight, g) => sum + (weight > 0 ? weight * columns * (covariances[g] as number) : 0), 0);
  return {
    k: chosen.k,
    responsibilities: chosen.responsibilities(reduced),
    reduced,
    spread,
    scores,
    ...(fitted !== reduced && { fitted: fitted.rows }),
  };
}
