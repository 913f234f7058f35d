import { squaredDistance } from "../embeddings/distances.ts";
import type { Embeddings } from "../embeddings/embeddings.ts";
import { refuseNonFinite } from "../embeddings/finite.ts";
import { DataError, invalidOption, OptionError, refuseUnknown } from "../errors.ts";
import { refuseForeign } from "../metrics/label-rows.ts";
import { GaussianClasses } from "./gaussian-classes.ts";

export interface GaussianOptions {
  /**
   * Width of the Gaussians in the embedding's own units: a number above 0 for all, `estimate` for one width estimated over all
   * classes, `per class` for one estimated in each.
   */
  readonly sigma?: number | "estimate" | "per class";
  /** `equal` for every class that has rows, `natural` for its part of the rows, or one number per class. */
  readonly priors?: "equal" | "natural" | readonly number[];
}

/**
 * One isotropic Gaussian for each class: the model of the paper's eqs. 1–3, fitted to labelled embeddings.
 *
 * μⱼ is the mean of the class. An estimated σ² is the mean squared distance to the means divided by the columns (maximum
 * likelihood). With `per class`, a class whose rows are one point takes the width estimated over all. A class without rows
 * drops out: its mean is NaN, its prior 0, and it is never predicted. Given priors are scaled to sum to 1 over the classes
 * that have rows.
 *
 * @param X embeddings with labels; classes are counted by `X.classes`, or else up to the greatest label
 * @throws OptionError if sigma is not above 0, or priors are not one number from 0 a class
 * @throws DataError if X has no labels or no rows, a row holds NaN or an infinite value, or sigma is to be estimated and every
 * class is one point
 *
 * @example
 * const X = new Embeddings(Float32Array.of(-1, 1, 9, 11), 1, { labels: Int32Array.of(0, 0, 1, 1) });
 * const gaussians = fitGaussians(X, { sigma: "estimate" });
 * gaussians.means; // Float64Array [0, 10]
 * gaussians.sigmas; // Float64Array [1, 1]
 */
export function fitGaussians(X: Embeddings, options: GaussianOptions = {}): GaussianClasses {
  const where = "fitGaussians";
  refuseUnknown(where, options, ["sigma", "priors"]);
  const { sigma = "estimate", priors = "equal" } = options;
  const { labels, columns } = X;
  if (labels === undefined || X.rows === 0) {
    throw new DataError(
      `${where}: expected embeddings with labels, but got ${X.rows} rows ${labels ? "" : "without labels"}`.trimEnd().concat("."),
    );
  }
  const classes = X.classes?.length ?? 1 + labels.reduce((most, label) => Math.max(most, label), 0);
  refuseForeign(where, "labels", labels, { classes });
  refuseNonFinite(where, X);

  const sizes = new Float64Array(classes);
  for (const label of labels) sizes[label] = (sizes[label] as number) + 1;
  const means = meansOf(X, labels, sizes);
  const sigmas = typeof sigma === "number" ? given(where, sigma, classes) : estimated(where, sigma, X, { labels, sizes, means });
  return new GaussianClasses({ columns, means, sigmas, priors: priorsOf(where, priors, sizes) });
}

/** (classes, columns); NaN for a class without rows. */
function meansOf(X: Embeddings, labels: Int32Array, sizes: Float64Array): Float64Array {
  const { columns } = X;
  const means = new Float64Array(sizes.length * columns);
  for (let i = 0; i < X.rows; i++) {
    const at = (labels[i] as number) * columns;
    for (let d = 0; d < columns; d++) means[at + d] = (means[at + d] as number) + (X.values[i * columns + d] as number);
  }
  return means.map((sum, j) => sum / (sizes[Math.floor(j / columns)] as number));
}

function given(where: string, sigma: number, classes: number): Float64Array {
  if (!(sigma > 0) || sigma === Infinity) {
    throw invalidOption(where, "sigma", `a number above 0, "estimate" or "per class"`, sigma);
  }
  return new Float64Array(classes).fill(sigma);
}

/** (classes): maximum-likelihood widths. */
function estimated(
  where: string,
  how: "estimate" | "per class",
  X: Embeddings,
  { labels, sizes, means }: { readonly labels: Int32Array; readonly sizes: Float64Array; readonly means: Float64Array },
): Float64Array {
  if (how !== "estimate" && how !== "per class") {
    throw invalidOption(where, "sigma", `a number above 0, "estimate" or "per class"`, how);
  }
  const points = Float64Array.from(X.values);
  const spread = new Float64Array(sizes.length);
  for (let i = 0; i < X.rows; i++) {
    const label = labels[i] as number;
    spread[label] = (spread[label] as number) + squaredDistance(points, i, means, label, X.columns);
  }
  const shared = Math.sqrt(spread.reduce((sum, s) => sum + s, 0) / (X.rows * X.columns));
  if (shared === 0) {
    throw new DataError(
      `${where}: sigma cannot be estimated, because every class is a single point.\n` +
        "  To go on without an estimate, give a width: { sigma: 1 }",
    );
  }
  if (how === "estimate") return new Float64Array(sizes.length).fill(shared);
  return spread.map((s, c) => Math.sqrt(s / ((sizes[c] as number) * X.columns)) || shared);
}

/** (classes): 0 for a class without rows, summing to 1. */
function priorsOf(where: string, priors: "equal" | "natural" | readonly number[], sizes: Float64Array): Float64Array {
  const expected = `"equal", "natural" or ${sizes.length} numbers from 0, one per class`;
  if (typeof priors === "string" && priors !== "equal" && priors !== "natural") throw invalidOption(where, "priors", expected, priors);
  if (typeof priors !== "string" && (priors.length !== sizes.length || !priors.every((p) => p >= 0 && p < Infinity))) {
    throw invalidOption(where, "priors", expected, priors);
  }
  const weights = sizes.map((size, c) => {
    if (size === 0) return 0;
    if (priors === "equal") return 1;
    return priors === "natural" ? size : (priors[c] as number);
  });
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (!(total > 0)) throw new OptionError(`${where}: expected priors to be above 0 for some class that has rows.`);
  return weights.map((weight) => weight / total);
}
