import { Embeddings } from "../embeddings/embeddings.ts";
import { DataError, invalidOption, refuseUnknown, ShapeError } from "../errors.ts";
import { mostProbable } from "../metrics/confidence.ts";
import { refuseForeign } from "../metrics/label-rows.ts";
import { type AnswerThresholds, surenessOf } from "./answer-thresholds.ts";
import { fitGaussians, type GaussianOptions } from "./fit.ts";
import type { GaussianAnswers, GaussianClasses } from "./gaussian-classes.ts";

export interface SubclassOptions extends Pick<GaussianOptions, "sigma"> {
  /** (rows): the sub-class of each row, into `parents`. */
  readonly subclasses: ArrayLike<number>;
  /** (subclasses): the class each sub-class is part of. */
  readonly parents: ArrayLike<number>;
  /**
   * `equal` for every sub-class that has rows (the model as it is trained), `equal classes` for every class, shared among its
   * sub-classes by their rows, `natural` for each sub-class's part of the rows, or one number per sub-class.
   */
  readonly priors?: GaussianOptions["priors"] | "equal classes";
}

/** Classes and sub-classes named by the Gaussians, row by row. */
export interface SubclassAnswers extends GaussianAnswers {
  /** (rows): the most probable sub-class of the predicted class; −1 where the class is. */
  readonly subclass: Int32Array;
}

/**
 * Several Gaussians to a class, one per sub-class: the model that Algorithm 2 of the paper trains, as a classifier.
 * P(class | x) is the sum over its sub-classes of P(sub-class | x), eq. 1. Made by {@link fitSubclassGaussians}.
 *
 * @example
 * const X = new Embeddings(Float32Array.of(-1, 1, 9, 11, 19, 21), 1);
 * const model = fitSubclassGaussians(X, { subclasses: [0, 0, 1, 1, 2, 2], parents: [0, 1, 0], sigma: 1 });
 * model.classify(new Embeddings(Float32Array.of(20), 1)).predicted; // Int32Array [0]
 */
export class SubclassGaussians {
  /** The sub-classes as if they were classes. */
  readonly gaussians: GaussianClasses;
  /** (subclasses): the class of each. */
  readonly parents: Int32Array;
  readonly classes: number;
  readonly subclasses: number;
  readonly columns: number;

  constructor(gaussians: GaussianClasses, parents: ArrayLike<number>, classes: number) {
    if (parents.length !== gaussians.classes) {
      throw new ShapeError(`SubclassGaussians: expected a parent for each of ${gaussians.classes} Gaussians, but got ${parents.length}.`);
    }
    refuseForeignParents("SubclassGaussians", parents, classes);
    this.gaussians = gaussians;
    this.parents = Int32Array.from(parents);
    this.classes = classes;
    this.subclasses = gaussians.classes;
    this.columns = gaussians.columns;
  }

  /**
   * P(class | x), (rows, classes), each row summing to 1; NaN for a row with NaN or an infinite value.
   *
   * @throws ShapeError if X has other columns than the Gaussians
   */
  posterior(X: Embeddings): Float64Array {
    return this.#ofClasses(this.subclassPosterior(X));
  }

  /**
   * P(sub-class | x), (rows, subclasses), each row summing to 1; NaN for a row with NaN or an infinite value.
   *
   * @throws ShapeError if X has other columns than the Gaussians
   */
  subclassPosterior(X: Embeddings): Float64Array {
    return this.gaussians.posterior(X);
  }

  /**
   * (rows): ln p(x) under all sub-classes together, in nats.
   *
   * @throws ShapeError if X has other columns than the Gaussians
   */
  logDensity(X: Embeddings): Float64Array {
    return this.gaussians.logDensity(X);
  }

  /**
   * The most probable class of each row, the smaller index of equals, and the sub-class that speaks most for it; or −1 where unsure:
   * its posterior is below `minimumPosterior` (torn between classes), or its log-density below `minimumLogDensity` (none of these;
   * {@link densityThreshold} finds one), or the row holds NaN.
   *
   * @throws OptionError if minimumPosterior is not from 0 to 1, minimumLogDensity is NaN, or an option is unknown
   * @throws ShapeError if X has other columns than the Gaussians
   *
   * @example
   * const X = new Embeddings(Float32Array.of(-1, 1, 9, 11, 19, 21), 1);
   * const model = fitSubclassGaussians(X, { subclasses: [0, 0, 1, 1, 2, 2], parents: [0, 1, 0], sigma: 1 });
   * const { predicted, subclass } = model.classify(new Embeddings(Float32Array.of(10, 18, 99), 1), { minimumLogDensity: -9 });
   * predicted; // Int32Array [1, 0, -1]
   * subclass; // Int32Array [1, 2, -1]
   */
  classify(X: Embeddings, options: AnswerThresholds = {}): SubclassAnswers {
    const isSure = surenessOf("classify", options);
    const { posterior: bySubclass, logDensity } = this.gaussians.answer(X);
    const { predicted, confidence } = mostProbable(this.#ofClasses(bySubclass), this.classes);
    const subclass = new Int32Array(X.rows).fill(-1);
    for (let i = 0; i < X.rows; i++) {
      if (!isSure(confidence[i] as number, logDensity[i] as number)) predicted[i] = -1;
      else subclass[i] = this.#speaker(bySubclass, i, predicted[i] as number);
    }
    return { predicted, subclass, confidence, logDensity };
  }

  /**
   * (rows): the most probable sub-class of the class that each row is said to be of; −1 where it is said to be of none, or its
   * class has no sub-class.
   *
   * @param classes (rows): a class, or −1
   * @throws ShapeError if X has other columns than the Gaussians, or other rows than classes
   *
   * @example
   * const X = new Embeddings(Float32Array.of(-1, 1, 9, 11, 19, 21), 1);
   * const model = fitSubclassGaussians(X, { subclasses: [0, 0, 1, 1, 2, 2], parents: [0, 1, 0], sigma: 1 });
   * model.subclassWithin(new Embeddings(Float32Array.of(10, 11, 12), 1), [1, 0, -1]); // Int32Array [1, 2, -1]
   */
  subclassWithin(X: Embeddings, classes: ArrayLike<number>): Int32Array {
    return this.answerWithin(X, classes).subclass;
  }

  /**
   * {@link subclassWithin} and {@link logDensity} of the same rows, at the cost of one.
   *
   * @throws ShapeError if X has other columns than the Gaussians, or other rows than classes
   */
  answerWithin(X: Embeddings, classes: ArrayLike<number>): { subclass: Int32Array; logDensity: Float64Array } {
    if (classes.length !== X.rows) throw new ShapeError(`subclassWithin: X has ${X.rows} rows but classes has ${classes.length}.`);
    const { posterior: bySubclass, logDensity } = this.gaussians.answer(X);
    return { subclass: Int32Array.from(classes, (c, i) => this.#speaker(bySubclass, i, c)), logDensity };
  }

  #ofClasses(bySubclass: Float64Array): Float64Array {
    const { classes, subclasses, parents } = this;
    const rows = bySubclass.length / subclasses;
    const posterior = new Float64Array(rows * classes);
    for (let i = 0; i < rows; i++) {
      for (let s = 0; s < subclasses; s++) {
        const at = i * classes + (parents[s] as number);
        posterior[at] = (posterior[at] as number) + (bySubclass[i * subclasses + s] as number);
      }
      if (Number.isNaN(bySubclass[i * subclasses])) posterior.fill(Number.NaN, i * classes, (i + 1) * classes);
    }
    return posterior;
  }

  /** The most probable sub-class of row i among those of a class. */
  #speaker(bySubclass: Float64Array, i: number, c: number): number {
    let most = -1;
    for (let s = 0; s < this.subclasses; s++) {
      if (this.parents[s] !== c) continue;
      if (most < 0 || (bySubclass[i * this.subclasses + s] as number) > (bySubclass[i * this.subclasses + most] as number)) most = s;
    }
    return most;
  }
}

/**
 * One isotropic Gaussian for each sub-class, fitted to embeddings whose sub-classes are known (as {@link fitGaussians} does it for
 * classes), and the classes that they are part of.
 *
 * Classes are counted by `X.classes`, or else up to the greatest parent. A sub-class without rows drops out.
 *
 * @throws OptionError if sigma is not above 0, or priors are not one number from 0 a sub-class
 * @throws ShapeError if X and subclasses differ in rows
 * @throws DataError if X has no rows, a row's sub-class is not in `parents`, a parent is no class, a row holds NaN or an infinite
 * value, or sigma is to be estimated and every sub-class is one point
 *
 * @example
 * const X = new Embeddings(Float32Array.of(-1, 1, 9, 11, 19, 21), 1);
 * const model = fitSubclassGaussians(X, { subclasses: [0, 0, 1, 1, 2, 2], parents: [0, 1, 0], sigma: 1 });
 * model.posterior(new Embeddings(Float32Array.of(5), 1)); // Float64Array [0.5, 0.5]
 */
export function fitSubclassGaussians(X: Embeddings, options: SubclassOptions): SubclassGaussians {
  const where = "fitSubclassGaussians";
  refuseUnknown(where, options, ["subclasses", "parents", "sigma", "priors"]);
  const { subclasses, parents, sigma, priors = "equal" } = options;
  if (X.rows === 0) throw new DataError(`${where}: expected at least 1 row, but got 0.`);
  if (subclasses.length !== X.rows) {
    throw new ShapeError(`${where}: X has ${X.rows} rows but subclasses has ${subclasses.length}.`);
  }
  const classes =
    X.classes?.length ??
    1 +
      Array.from(parents)
        .filter(Number.isInteger)
        .reduce((most, parent) => Math.max(most, parent), 0);
  refuseForeignParents(where, parents, classes);
  refuseForeign(where, "subclasses", subclasses, { classes: parents.length });
  refuseOtherPriors(where, priors, parents.length);
  const named = new Embeddings(X.values, X.columns, {
    labels: Int32Array.from(subclasses),
    classes: Array.from(parents, (_, s) => String(s)),
  });
  const shares = priors === "equal classes" ? equalClasses(subclasses, parents, classes) : priors;
  const gaussians = fitGaussians(named, { ...(sigma !== undefined && { sigma }), priors: shares });
  return new SubclassGaussians(gaussians, parents, classes);
}

/** (subclasses): the sub-class's part of its class's rows. */
function equalClasses(subclasses: ArrayLike<number>, parents: ArrayLike<number>, classes: number): number[] {
  const sizes = new Float64Array(parents.length);
  const classSizes = new Float64Array(classes);
  for (let i = 0; i < subclasses.length; i++) {
    const s = subclasses[i] as number;
    sizes[s] = (sizes[s] as number) + 1;
    classSizes[parents[s] as number] = (classSizes[parents[s] as number] as number) + 1;
  }
  return Array.from(sizes, (size, s) => (size === 0 ? 0 : size / (classSizes[parents[s] as number] as number)));
}

function refuseForeignParents(where: string, parents: ArrayLike<number>, classes: number): void {
  for (let s = 0; s < parents.length; s++) {
    const parent = parents[s] as number;
    if (Number.isInteger(parent) && parent >= 0 && parent < classes) continue;
    throw new DataError(`${where}: expected parents from 0 to ${classes - 1}, but sub-class ${s} has ${parent}.`);
  }
}

function refuseOtherPriors(where: string, priors: unknown, subclasses: number): void {
  if (typeof priors === "string" && ["equal", "equal classes", "natural"].includes(priors)) return;
  if (Array.isArray(priors) && priors.length === subclasses && priors.every((prior) => prior >= 0 && prior < Infinity)) return;
  const expected = `"equal", "equal classes", "natural" or ${subclasses} numbers from 0, one per sub-class`;
  throw invalidOption(where, "priors", expected, priors);
}
