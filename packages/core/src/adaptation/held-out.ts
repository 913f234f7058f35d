import { Embeddings } from "../embeddings/embeddings.ts";
import { densityThreshold } from "../gaussians/density-threshold.ts";
import type { GaussianClasses } from "../gaussians/gaussian-classes.ts";
import { logLoss } from "../metrics/log-loss.ts";
import { type AdaptationWeights, adaptGaussians, type GaussianPrior } from "./adapt-gaussians.ts";
import { temperatureOf, tempered, widened } from "./temperature.ts";

/** Faces in folds of whole persons, and what they are adapted from. */
export interface Folded {
  readonly prior: GaussianPrior;
  readonly X: Embeddings;
  /** (rows): the fold of each. */
  readonly fold: Int32Array;
  readonly folds: number;
  readonly classes: number;
}

/** What Gaussians said that were fitted with these weights, of faces that they were not fitted to. */
export interface HeldOut {
  readonly weights: AdaptationWeights;
  /** (rows, classes), each row summing to 1; not calibrated. */
  readonly posterior: Float64Array;
}

/** The weights under which labels are most probable, and how wide the Gaussians have to be for it. */
export interface Choice {
  readonly of: HeldOut;
  readonly temperature: number;
}

/** Names each fold by Gaussians fitted to the others, with each of the weights. Yields after each fold. */
export function* heldOutAnswers(
  folded: Folded,
  candidates: readonly AdaptationWeights[],
): Generator<{ readonly done: number; readonly of: number }, readonly HeldOut[], undefined> {
  const { prior, X, folds, classes } = folded;
  const answers = candidates.map((weights) => ({ weights, posterior: new Float64Array(X.rows * classes) }));
  for (let f = 0; f < folds; f++) {
    const [rest, out] = parts(folded, f);
    const judged = taken(X, out, classes);
    const fitted = taken(X, rest, classes);
    for (const { weights, posterior } of answers) {
      const answer = adaptGaussians(prior, fitted, weights).posterior(judged);
      out.forEach((i, k) => {
        posterior.set(answer.subarray(k * classes, (k + 1) * classes), i * classes);
      });
    }
    yield { done: f + 1, of: folds };
  }
  return answers;
}

/** Chooses by some of the rows. */
export function chooseBy(rows: Int32Array, answers: readonly HeldOut[], { X, classes }: Folded): Choice {
  const labels = X.labels as Int32Array;
  const truth = rows.map((i) => labels[i] as number);
  const tried = answers.map((of) => {
    const posterior = rowsOf(of.posterior, rows, classes);
    const temperature = temperatureOf({ posterior, truth, classes });
    return { of, temperature, loss: logLoss(truth, tempered(posterior, classes, temperature), classes) };
  });
  return tried.reduce((best, one) => (one.loss < best.loss ? one : best));
}

/** (rows, classes): each fold's answers as the other folds choose them, so that no face speaks for itself. */
export function calibrated(answers: readonly HeldOut[], folded: Folded): Float64Array {
  const { X, folds, classes } = folded;
  const posterior = new Float64Array(X.rows * classes);
  for (let f = 0; f < folds; f++) {
    const [rest, out] = parts(folded, f);
    const { of, temperature } = chooseBy(rest, answers, folded);
    const own = tempered(rowsOf(of.posterior, out, classes), classes, temperature);
    out.forEach((i, k) => {
      posterior.set(own.subarray(k * classes, (k + 1) * classes), i * classes);
    });
  }
  return posterior;
}

/** The Gaussians of a choice, fitted to all faces, and the log-density below which one held-out face of a hundred lies. */
export function fittedToAll({ of: { weights }, temperature }: Choice, folded: Folded): { adapted: GaussianClasses; logDensity: number } {
  const { prior, X, folds, classes } = folded;
  const fit = (faces: Embeddings) => widened(adaptGaussians(prior, faces, weights), temperature);
  const densities = Array.from({ length: folds }, (_, f) => {
    const [rest, out] = parts(folded, f);
    return Array.from(fit(taken(X, rest, classes)).logDensity(taken(X, out, classes)));
  });
  return { adapted: fit(X), logDensity: densityThreshold(densities.flat(), { accept: 0.99 }) };
}

/** The rows of the other folds, and of one. */
function parts({ fold }: Folded, f: number): [Int32Array, Int32Array] {
  const rows = [...fold.keys()];
  return [Int32Array.from(rows.filter((i) => fold[i] !== f)), Int32Array.from(rows.filter((i) => fold[i] === f))];
}

function rowsOf(values: Float64Array, rows: Int32Array, columns: number): Float64Array {
  const some = new Float64Array(rows.length * columns);
  rows.forEach((i, k) => {
    some.set(values.subarray(i * columns, (i + 1) * columns), k * columns);
  });
  return some;
}

/** Some rows with their labels, of so many classes. */
function taken(X: Embeddings, rows: Int32Array, classes: number): Embeddings {
  const values = new Float32Array(rows.length * X.columns);
  rows.forEach((i, k) => {
    values.set(X.row(i), k * X.columns);
  });
  const labels = rows.map((i) => X.labels?.[i] as number);
  return new Embeddings(values, X.columns, { labels, classes: Array.from({ length: classes }, (_, c) => String(c)) });
}
