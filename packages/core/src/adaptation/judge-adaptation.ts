import type { Embeddings } from "../embeddings/embeddings.ts";
import { DataError, invalidOption, refuseUnknown } from "../errors.ts";
import { bootstrap, type Difference, type Estimate, pairedBootstrap } from "../evaluation/bootstrap.ts";
import type { GaussianClasses } from "../gaussians/gaussian-classes.ts";
import { expectedCalibrationError } from "../metrics/calibration.ts";
import { mostProbable } from "../metrics/confidence.ts";
import { logLoss } from "../metrics/log-loss.ts";
import { Random } from "../random.ts";
import { type AdaptationWeights, adaptGaussians, type GaussianPrior } from "./adapt-gaussians.ts";
import { calibrated, chooseBy, fittedToAll, heldOutAnswers } from "./held-out.ts";
import { foldsOfPeople, rowsOfPersons } from "./person-folds.ts";

export interface JudgeOptions extends AdaptationWeights {
  /** In how many parts the persons are held out, at most; from 2 (10). */
  readonly folds?: number;
  /** Draws of persons behind each interval; 0 for none (1000). */
  readonly resamples?: number;
  readonly random?: Random;
}

/** How well labelled faces are named. Rates in percent, losses in nats. */
export interface Judgement {
  readonly n: number;
  /** Its interval is of persons drawn again. */
  readonly accuracy: Estimate;
  readonly logLoss: number;
  readonly ece: number;
  /** For each class that has faces. */
  readonly perClass: readonly { readonly name: string; readonly n: number; readonly recall: Estimate }[];
  /** (rows): the class that each face was given. */
  readonly predicted: Int32Array;
}

/** A model before and after it was adapted, on faces of persons that it was not adapted to. */
export interface JudgedAdaptation {
  readonly before: Judgement;
  readonly after: Judgement;
  /** Accuracy after minus before, in percent, of persons drawn again. */
  readonly difference: Difference;
  /** Whether more faces are named rightly than before; or as many, and with better probabilities. */
  readonly better: boolean;
  readonly persons: number;
  /** The weights that were chosen. */
  readonly weights: AdaptationWeights;
  /** Fitted to all faces, and as wide as what was held out asks for. */
  readonly adapted: GaussianClasses;
  /** ln p(x) below which faces are none of these: of a hundred such faces, one is. */
  readonly logDensity: number;
}

/**
 * Adapts a model's Gaussians to labelled faces, and says what that is worth on other persons.
 *
 * The persons are held out in turn: each face is named by Gaussians that were fitted without any face of its person. For how many faces
 * the model's means and priors count is chosen among a few, where no weight is given. A temperature sets how sure the Gaussians are.
 * Both are those under which the labels of the other held-out folds are most probable. What is given back is fitted to all faces, as all
 * held-out answers choose. Yields after each fold.
 *
 * @param X labelled faces, as {@link adaptGaussians} takes them; `people` says who they are of
 * @throws DataError if the faces are of one person, whom nobody can be held out from, or what {@link adaptGaussians} refuses
 * @throws OptionError if an option is unknown or out of range
 *
 * @example
 * const labels = Int32Array.of(0, 1, 0, 1, 0, 1);
 * const model = fitGaussians(new Embeddings(Float32Array.of(-1, 1, 1, 3), 1, { labels: Int32Array.of(0, 1, 0, 1) }));
 * const people = ["ann", "ann", "bob", "bob", "cat", "cat"];
 * const faces = new Embeddings(Float32Array.of(5, 7, 5, 7, 5, 7), 1, { labels, people, classes: ["sad", "happy"] });
 * let judged;
 * const judging = judgeAdaptation({ gaussians: model }, faces, { resamples: 10 });
 * for (let step = judging.next(); !step.done || (judged = step.value, false); step = judging.next());
 * [judged.before.accuracy.value, judged.after.accuracy.value]; // [50, 100]
 */
export function* judgeAdaptation(
  prior: GaussianPrior,
  X: Embeddings,
  options: JudgeOptions = {},
): Generator<{ readonly done: number; readonly of: number }, JudgedAdaptation, undefined> {
  const where = "judgeAdaptation";
  refuseUnknown(where, options, ["folds", "resamples", "random", "mean", "shift", "covariance", "priors", "only"]);
  const { folds: most = 10, resamples = 1000, random = new Random(0), ...weights } = options;
  if (!Number.isInteger(most) || most < 2) throw invalidOption(where, "folds", "a whole number from 2", most);
  const all = adaptGaussians(prior, X, weights);
  const truth = X.labels as Int32Array;
  const people = X.people ?? Array.from(truth, () => "");
  const fold = foldsOfPeople(people, most, random);
  const folds = 1 + fold.reduce((a, b) => Math.max(a, b), 0);
  if (folds < 2) throw new DataError(`${where}: expected faces of 2 persons or more, but got those of one.`);

  const { classes } = all;
  const folded = { prior, X, fold, folds, classes };
  const answers = yield* heldOutAnswers(folded, candidates(weights));
  const names = X.classes ?? Array.from({ length: classes }, (_, c) => String(c));
  const persons = rowsOfPersons(people);
  const judge = (posterior: Float64Array) => judgementOf({ truth, posterior, names, persons }, resamples, random);
  const before = judge(ofModel(prior.gaussians, X, classes));
  const after = judge(calibrated(answers, folded));
  const choice = chooseBy(Int32Array.from(truth.keys()), answers, folded);
  return {
    before,
    after,
    difference: differenceOf(truth, [after, before], persons, { resamples, random }),
    better: isBetter(before, after),
    persons: persons.length,
    weights: choice.of.weights,
    ...fittedToAll(choice, folded),
  };
}

/** What is tried: how far class means may leave the model's, and whether classes are as common as among the faces; given weights stay. */
function candidates(given: AdaptationWeights): AdaptationWeights[] {
  const means = given.mean === undefined ? [3, 10, 30] : [given.mean];
  const priors = given.priors === undefined ? [8, Infinity] : [given.priors];
  return means.flatMap((mean) => priors.map((one) => ({ ...given, mean, priors: one })));
}

const isBetter = (before: Judgement, after: Judgement): boolean => {
  const gained = after.accuracy.value - before.accuracy.value;
  return gained > 0 || (gained === 0 && after.logLoss < before.logLoss);
};

/** (rows, classes): what the model says without being adapted; it knows nothing of new classes. */
function ofModel(gaussians: GaussianClasses, X: Embeddings, classes: number): Float64Array {
  const posterior = gaussians.posterior(X);
  const known = gaussians.classes;
  return Float64Array.from({ length: X.rows * classes }, (_, at) => {
    const c = at % classes;
    return c < known ? (posterior[Math.floor(at / classes) * known + c] as number) : 0;
  });
}

interface Answers {
  readonly truth: Int32Array;
  readonly posterior: Float64Array;
  readonly names: readonly string[];
  readonly persons: readonly (readonly number[])[];
}

function judgementOf({ truth, posterior, names, persons }: Answers, resamples: number, random: Random): Judgement {
  const classes = names.length;
  const { predicted, confidence } = mostProbable(posterior, classes);
  const right = Float64Array.from(truth, (c, i) => Number(c === predicted[i]));
  const measured = bootstrap(persons.length, (drawn) => rates(truth, right, rowsOfDrawn(persons, drawn)), {
    resamples,
    random,
    range: () => [0, 100],
  });
  const sizes = names.map((_, c) => truth.reduce((n, label) => n + Number(label === c), 0));
  return {
    n: truth.length,
    accuracy: measured.accuracy as Estimate,
    logLoss: logLoss(truth, posterior, classes),
    ece: 100 * expectedCalibrationError(confidence, right),
    perClass: names.flatMap((name, c) =>
      (sizes[c] as number) > 0 ? [{ name, n: sizes[c] as number, recall: measured[`recall ${c}`] as Estimate }] : [],
    ),
    predicted,
  };
}

const rowsOfDrawn = (persons: Answers["persons"], drawn: Int32Array): number[] =>
  Array.from(drawn).flatMap((person) => persons[person] as readonly number[]);

/** Percent right: of all, and of each class among the truth. */
function rates(truth: Int32Array, right: Float64Array, rows: readonly number[]): Record<string, number> {
  const counts = new Map<number, { n: number; hits: number }>(Array.from(new Set(truth), (c) => [c, { n: 0, hits: 0 }]));
  let hits = 0;
  for (const i of rows) {
    const of = counts.get(truth[i] as number) as { n: number; hits: number };
    of.n++;
    of.hits += right[i] as number;
    hits += right[i] as number;
  }
  const recalls = Array.from(counts, ([c, of]) => [`recall ${c}`, of.n === 0 ? Number.NaN : (100 * of.hits) / of.n] as const);
  return { accuracy: (100 * hits) / rows.length, ...Object.fromEntries(recalls) };
}

function differenceOf(
  truth: Int32Array,
  [first, second]: readonly [Judgement, Judgement],
  persons: Answers["persons"],
  options: { readonly resamples: number; readonly random: Random },
): Difference {
  const measure = ({ predicted }: Judgement) => {
    const right = Float64Array.from(truth, (c, i) => Number(c === predicted[i]));
    return (drawn: Int32Array) => {
      const rows = rowsOfDrawn(persons, drawn);
      return { accuracy: (100 * rows.reduce((sum, i) => sum + (right[i] as number), 0)) / rows.length };
    };
  };
  return pairedBootstrap(persons.length, measure(first), measure(second), options).accuracy as Difference;
}
