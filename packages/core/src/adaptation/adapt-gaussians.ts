import type { Embeddings } from "../embeddings/embeddings.ts";
import { refuseNonFinite } from "../embeddings/finite.ts";
import { DataError, invalidOption, refuseUnknown, ShapeError } from "../errors.ts";
import { cholesky, inverseOfLower } from "../gaussians/cholesky.ts";
import { GaussianClasses } from "../gaussians/gaussian-classes.ts";
import { refuseForeign } from "../metrics/label-rows.ts";

/** What a model believes of its classes before it sees the faces that it is adapted to. */
export interface GaussianPrior {
  /** One Gaussian per class of the model. */
  readonly gaussians: GaussianClasses;
  /**
   * (columns, columns): the covariance of faces about the mean of their class, pooled over the classes; by default a
   * sphere as wide as the faces scatter.
   */
  readonly covariance?: Float64Array | undefined;
}

/** For how many faces what the model believes counts. Each is a number above 0. */
export interface AdaptationWeights {
  /** Of a class mean of the model's, moved by the shift: as many faces of that class (10). */
  readonly mean?: number;
  /** Of there being no shift between the model's faces and these: as so many classes that have not moved (1). */
  readonly shift?: number;
  /** Of the model's covariance: as many faces (100). */
  readonly covariance?: number;
  /** Of how common the model takes each class to be: as many faces (8); Infinity leaves that as it is. */
  readonly priors?: number;
  /** Whether a class without faces is none any more (false): it has the prior 0. */
  readonly only?: boolean;
}

/** Chosen on two sets of posed faces by the persons of odd number (experiments/adapt.ts). */
const usual = { mean: 10, shift: 1, covariance: 100, priors: 8, only: false } as const;

/**
 * The model's Gaussians fitted anew to a few labelled faces from elsewhere: one per class, with one covariance for all.
 *
 * Two things differ between places. All faces are moved alike, by δ: another camera, another way to cut faces. And each class is moved
 * in its own way, by εⱼ: another people, posed expressions. So the mean of class j is mⱼ + δ + εⱼ, where mⱼ is the model's. Both moves
 * are normal about 0, with the variance of a face over `shift` and over `mean`. With nⱼ faces of mean x̄ⱼ, their posterior means are
 *
 *   δ = Σⱼ uⱼ (x̄ⱼ − mⱼ) / (shift + Σⱼ uⱼ),   uⱼ = nⱼ · mean / (nⱼ + mean),
 *   μⱼ = (nⱼ x̄ⱼ + mean · (mⱼ + δ)) / (nⱼ + mean).
 *
 * A class without faces moves by δ alone. The covariance is the mean of the inverse Wishart posterior: the model's covariance, counted for
 * `covariance` faces, and the scatter of the faces about μⱼ. A class that the model does not know has no mⱼ: its mean is x̄ⱼ.
 * How common a class is, is the mean of the Dirichlet posterior: the model's priors, counted for `priors` faces, and the
 * faces of each class.
 * So a class that nobody has shown gets rarer the more faces of others there are. A new class begins with the average of the model's.
 *
 * @param X labelled faces (rows, columns); `classes`, where given, are the model's, in its order, and then new ones
 * @param weights for how many faces the model's beliefs count
 * @returns one Gaussian per class, with a whitening. A new class without faces has the prior 0
 * @throws DataError if X has no labels or no rows, fewer classes than the model, or a row with NaN
 * @throws ShapeError if X has other columns than the Gaussians, or the covariance is not (columns, columns)
 * @throws OptionError if a weight is not above 0, or unknown
 *
 * @example
 * const model = fitGaussians(new Embeddings(Float32Array.of(-1, 1, 9, 11), 1, { labels: Int32Array.of(0, 0, 1, 1) }));
 * const faces = new Embeddings(Float32Array.of(3, 13), 1, { labels: Int32Array.of(0, 1) }); // all are moved by 3
 * Array.from(adaptGaussians({ gaussians: model }, faces).means, Math.round); // [2, 12]
 */
export function adaptGaussians(prior: GaussianPrior, X: Embeddings, weights: AdaptationWeights = {}): GaussianClasses {
  const where = "adaptGaussians";
  refuseUnknown(where, weights, Object.keys(usual));
  const { mean, shift, covariance, priors, only } = { ...usual, ...weights };
  for (const [name, value] of Object.entries({ mean, shift, covariance })) {
    if (!(value > 0 && value < Infinity)) throw invalidOption(where, name, "a number above 0", value);
  }
  if (!(priors > 0)) throw invalidOption(where, "priors", "a number above 0", priors);
  const labels = checked(where, prior, X);
  const { columns } = X;
  const known = prior.gaussians.classes;
  const classes = X.classes?.length ?? Math.max(known, 1 + labels.reduce((most, label) => Math.max(most, label), 0));
  const { sizes, means: own } = classMeans(X, labels, classes);
  const before = extended(prior.gaussians.means, classes * columns);
  const delta = shiftOf({ sizes, own, before }, columns, { mean, shift });

  const means = Float64Array.from({ length: classes * columns }, (_, at) => {
    const n = sizes[Math.floor(at / columns)] as number;
    const believed = (before[at] as number) + (delta[at % columns] as number);
    if (Number.isNaN(believed)) return n === 0 ? Number.NaN : (own[at] as number);
    return n === 0 ? believed : (n * (own[at] as number) + mean * believed) / (n + mean);
  });
  const spread = covarianceAbout(X, labels, means, { prior, weight: covariance });
  const L = cholesky(spread, columns);
  if (L === undefined) throw new DataError(`${where}: expected faces that differ, but all of a class are one point.`);
  return new GaussianClasses({
    columns,
    means,
    sigmas: new Float64Array(classes).fill(1),
    priors: priorsOf(prior.gaussians.priors, sizes, { weight: priors, only }),
    whitening: inverseOfLower(L, columns),
  });
}

function checked(where: string, { gaussians, covariance }: GaussianPrior, X: Embeddings): Int32Array {
  const { labels, columns } = X;
  if (labels === undefined || X.rows === 0) {
    throw new DataError(`${where}: expected labelled faces, but got ${X.rows} ${labels === undefined ? "without labels" : "faces"}.`);
  }
  if (columns !== gaussians.columns) {
    throw new ShapeError(`${where}: X has ${columns} columns but the Gaussians have ${gaussians.columns}.`);
  }
  if (covariance !== undefined && covariance.length !== columns ** 2) {
    throw new ShapeError(`${where}: expected a covariance of ${columns} × ${columns}, but got ${covariance.length} numbers.`);
  }
  if (X.classes !== undefined && X.classes.length < gaussians.classes) {
    throw new DataError(`${where}: expected the ${gaussians.classes} classes of the model and new ones, but got ${X.classes.length}.`);
  }
  refuseForeign(where, "labels", labels, { classes: X.classes?.length ?? Infinity });
  refuseNonFinite(where, X);
  return labels;
}

/** How many faces each class has, and their mean; 0 for a class without faces. */
function classMeans({ values, rows, columns }: Embeddings, labels: Int32Array, classes: number) {
  const sizes = new Float64Array(classes);
  const means = new Float64Array(classes * columns);
  for (let i = 0; i < rows; i++) {
    const c = labels[i] as number;
    sizes[c] = (sizes[c] as number) + 1;
    for (let d = 0; d < columns; d++) means[c * columns + d] = (means[c * columns + d] as number) + (values[i * columns + d] as number);
  }
  return { sizes, means: means.map((sum, at) => sum / (sizes[Math.floor(at / columns)] || 1)) };
}

/** The numbers, and NaN after them up to the length. */
function extended(values: Float64Array, length: number): Float64Array {
  const longer = new Float64Array(length).fill(Number.NaN);
  longer.set(values);
  return longer;
}

/** δ, (columns): what all classes are moved by. */
function shiftOf(
  { sizes, own, before }: { readonly sizes: Float64Array; readonly own: Float64Array; readonly before: Float64Array },
  columns: number,
  weights: { readonly mean: number; readonly shift: number },
): Float64Array {
  const delta = new Float64Array(columns);
  let total = weights.shift;
  for (let c = 0; c < sizes.length; c++) {
    const n = sizes[c] as number;
    if (n === 0 || Number.isNaN(before[c * columns])) continue;
    const u = (n * weights.mean) / (n + weights.mean);
    total += u;
    for (let d = 0; d < columns; d++) {
      delta[d] = (delta[d] as number) + u * ((own[c * columns + d] as number) - (before[c * columns + d] as number));
    }
  }
  return delta.map((sum) => sum / total);
}

/** (columns, columns): the model's covariance and the faces' scatter about the means, each counted for its faces. */
function covarianceAbout(
  { values, rows, columns }: Embeddings,
  labels: Int32Array,
  means: Float64Array,
  { prior, weight }: { readonly prior: GaussianPrior; readonly weight: number },
): Float64Array {
  const scatter = new Float64Array(columns ** 2);
  const apart = new Float64Array(columns);
  for (let i = 0; i < rows; i++) {
    const at = (labels[i] as number) * columns;
    for (let d = 0; d < columns; d++) apart[d] = (values[i * columns + d] as number) - (means[at + d] as number);
    for (let a = 0; a < columns; a++) {
      for (let b = 0; b <= a; b++) {
        scatter[a * columns + b] = (scatter[a * columns + b] as number) + (apart[a] as number) * (apart[b] as number);
      }
    }
  }
  const believed = prior.covariance ?? sphere(scatter, { rows, columns }, prior.gaussians);
  return scatter.map((sum, k) => (weight * (believed[k] as number) + sum) / (weight + rows));
}

/**
 * A sphere as wide as the faces scatter; the Gaussians' own width where they do not scatter at all. That width says how sure the model is,
 * not how far its faces lie apart, and may be several times as great.
 */
function sphere(
  scatter: Float64Array,
  { rows, columns }: { readonly rows: number; readonly columns: number },
  { sigmas }: GaussianClasses,
): Float64Array {
  let trace = 0;
  for (let d = 0; d < columns; d++) trace += scatter[d * (columns + 1)] as number;
  const variance = trace > 0 ? trace / (rows * columns) : (sigmas[0] as number) ** 2;
  return Float64Array.from({ length: columns ** 2 }, (_, k) => (k % (columns + 1) === 0 ? variance : 0));
}

/** (classes): the model's priors, with a new class as likely as their average, counted for so many faces; and the faces. */
function priorsOf(
  before: Float64Array,
  sizes: Float64Array,
  { weight, only }: { readonly weight: number; readonly only: boolean },
): Float64Array {
  const positive = before.filter((prior) => prior > 0);
  const average = positive.reduce((sum, prior) => sum + prior, 0) / positive.length;
  const believed = scaled(
    sizes.map((n, c) => {
      if (n === 0 && (only || c >= before.length)) return 0;
      return c < before.length ? (before[c] as number) : average;
    }),
  );
  return weight === Infinity ? believed : scaled(believed.map((prior, c) => weight * prior + (sizes[c] as number)));
}

/** The same, summing to 1. */
function scaled(weights: Float64Array): Float64Array {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}
