import { centersFromLabels, clusterByKMeans } from "../clustering/k-means.ts";
import type { Embeddings } from "../embeddings/embeddings.ts";
import { type ConfusionMatrix, confusionMatrix } from "../metrics/confusion.ts";
import type { RankedRetrieval } from "../metrics/ranked-retrieval.ts";
import { hitsAtK, sharesAtK } from "../metrics/recall-at-k.ts";
import { type RiskCoverage, riskCoverage } from "../metrics/risk-coverage.ts";
import { Random } from "../random.ts";
import { ownRow } from "../retrieval/compared.ts";
import { classifyByNeighbors } from "../retrieval/knn-classifier.ts";
import { queriesApart } from "../retrieval/leave-out.ts";
import type { Neighbors } from "../retrieval/neighbors.ts";
import type { Estimate } from "./bootstrap.ts";
import { type ClassReport, classReports } from "./class-reports.ts";
import { withIntervals } from "./intervals.ts";
import { type MetricName, metricsOf, type OptionalMetricName } from "./metrics-of.ts";
import { findBoth, posteriorOfTest } from "./neighbors-of.ts";
import { type EvaluateOptions, type EvaluateSettings, resolveOptions } from "./options.ts";
import { type Outcomes, posteriorOutcomes } from "./outcomes.ts";
import { agreedClasses, labeled, refuseOthers } from "./refusals.ts";

/** Every metric with its 95 % interval, by name: rates in percent, losses in nats. */
export type Metrics = { readonly [name in MetricName]: Estimate } & { readonly [name in OptionalMetricName]?: Estimate };

/** All that was measured, made once: tables, comparisons and pictures read it. */
export interface Evaluation {
  readonly metrics: Metrics;
  readonly perClass: readonly ClassReport[];
  readonly classes: readonly string[];
  readonly rows: { readonly train: number; readonly test: number };
  /** Of the neighbours' vote against the truth. */
  readonly confusion: ConfusionMatrix;
  /** (test rows): the class of each, by label and by the neighbours' vote. */
  readonly truth: Int32Array;
  readonly predicted: Int32Array;
  /** (test rows, classes): by the class Gaussians of the training rows. */
  readonly posterior: Float64Array;
  /** Of the Gaussians' posterior. */
  readonly riskCoverage: RiskCoverage;
  /** (test rows): k-means clusters. */
  readonly clusters: Int32Array;
  /** Of each test row: the nearest training rows, of which the first k voted, and the nearest rows among which it looked for its class. */
  readonly neighbors: { readonly train: Neighbors; readonly test: Neighbors };
  /** Test rows of each class that have no row of their class to find, and so no part in the metrics of retrieval; absent without any. */
  readonly unfindable?: readonly Unfindable[];
  /** Test rows of whose recording (or person, by `leaveOut`) other rows were left out of their neighbours; absent where there are none. */
  readonly leftOut?: LeftOut;
  readonly outcomes: Outcomes;
  readonly settings: EvaluateSettings;
}

/** Test rows of a class that is not where they look for it. */
export interface Unfindable {
  readonly name: string;
  readonly rows: number;
}

/** How many test rows have other rows that are not their neighbours by right. */
export interface LeftOut {
  /** Among the test rows, where each looks for its class. */
  readonly test: number;
  /** Among the training rows, which vote. */
  readonly train: number;
}

/**
 * Measures an embedding by the paper's protocol: its training rows teach, its test rows are asked (readings 13 and 14 in
 * paper/readings.md).
 *
 * - *Classification.* The k nearest training rows vote: accuracy, macro precision, recall and F1, the paper's F1. Macro averages are over
 *   the classes that the test rows have: a set of seven is measured as such with a network that knows eight.
 * - *Retrieval.* Each test row looks for its class among the other test rows: Recall@K, Precision@K (Acc@K in the paper), MAP@R,
 *   R-precision and mean reciprocal rank (Musgrave et al. 2020). With `retrieval: "train"` test rows are queries and look in the training
 *   rows, their gallery. Rows of one recording are not each other's neighbours here, nor where training rows vote, unless `leaveOut` says
 *   otherwise.
 * - *Clustering.* The test rows fall into as many clusters as they have classes: NMI, AMI and pairwise F1 by the best of
 *   `restarts` k-means++ starts; NMI once more (`seededNmi`) from a start that knows the labels, as the published code does.
 * - *Posterior.* A Gaussian for each class, fitted to the training rows: accuracy, calibration (15 bins of equal width, and of
 *   equal count), area under risk-coverage, log-loss; with votes on the test rows, their cross-entropy and divergence.
 * - *Head.* The same of a classifier's own posterior, if given.
 *
 * With `leaveOneOut` a set without training rows of its own is measured: each row is asked of all others, as neighbours and as Gaussians.
 * With `itself` that is so for those of the test rows that stand in the training rows, too.
 *
 * Each metric has a 95 % percentile bootstrap interval over the test rows. Neighbours and clusters are found once: what is drawn
 * again is the row with what came out for it. Rates are in percent (with calibration and risk), losses in nats.
 *
 * Same input and seed, same result. At the size of FER+ (25,045 and 3,137 rows of 64) it takes about 20 s on one core, and 35 s with
 * `retrieval: "train"`; most of it are exact distances. It takes less than 200 MiB.
 *
 * @param trainRows embeddings with labels, the gallery
 * @param testRows embeddings with labels, and votes if there are any; same columns and classes
 * @throws DataError if labels or rows are missing, a label is no class, or a row holds NaN or an infinite value
 * @throws ShapeError if the two differ in columns, or the head has not one row of classes a test row
 * @throws OptionError if an option is unknown or out of range
 *
 * @example
 * const classes = ["neutral", "happiness"];
 * const train = new Embeddings(Float32Array.of(0, 1, 2, 8, 9, 10), 1, { labels: Int32Array.of(0, 0, 0, 1, 1, 1), classes });
 * const test = new Embeddings(Float32Array.of(0.5, 1.5, 3, 9.5), 1, { labels: Int32Array.of(0, 0, 1, 1), classes });
 * evaluate(train, test, { k: 3, bootstrap: 0 }).metrics.accuracy.value; // 75
 */
export function evaluate(trainRows: Embeddings, testRows: Embeddings, options: EvaluateOptions = {}): Evaluation {
  const classes = agreedClasses(trainRows, testRows);
  const train = labeled("train", trainRows, classes);
  const test = labeled("test", testRows, classes);
  const settings = resolveOptions(options, train, test);
  const { ks, restarts, leaveOneOut } = settings;
  if (leaveOneOut) refuseOthers(train, test);
  const random = new Random(settings.seed);
  const C = classes.length;
  const truth = test.labels;

  const { voters, train: nearest, test: others, ranked, gallery } = findBoth(train, test, { ...options, ...settings });
  const { predicted } = classifyByNeighbors(voters, train.labels, C);
  const leftOut = leftOutOf(voters, others);
  const labels = { queries: truth, gallery };

  const present = [...new Set(truth)].sort((a, b) => a - b);
  const kinds = present.length;
  const { clusters } = clusterByKMeans(test, { k: kinds, restarts, random: random.fork("k-means") });
  const initial = centersFromLabels(test, truth, random.fork("labels"));
  const { clusters: seededClusters } = clusterByKMeans(test, { k: kinds, initial });

  const posterior = posteriorOfTest(train, test, { ...settings, itself: options.itself });

  const outcomes: Outcomes = {
    classes: C,
    present,
    truth,
    predicted,
    clusters,
    seededClusters,
    hits: new Map(ks.map((K) => [K, hitsAtK(others, labels, K)])),
    shares: new Map(ks.map((K) => [K, sharesAtK(others, labels, K)])),
    ranked: ranked.each,
    gaussian: posteriorOutcomes(posterior, truth, test.votes, C),
    ...(options.head && { head: posteriorOutcomes(options.head, truth, test.votes, C) }),
  };
  return {
    metrics: withIntervals(outcomes, metricsOf, settings) as Metrics,
    perClass: classReports(outcomes, classes, settings),
    classes,
    rows: { train: train.rows, test: test.rows },
    confusion: confusionMatrix(truth, predicted, C),
    truth,
    predicted,
    posterior,
    riskCoverage: riskCoverage(outcomes.gaussian.confidence, outcomes.gaussian.correct),
    clusters,
    neighbors: { train: nearest, test: others },
    ...unfindableOf(ranked, truth, classes),
    ...(leftOut && { leftOut }),
    outcomes,
    settings,
  };
}

function leftOutOf(voters: Neighbors, others: Neighbors): LeftOut | undefined {
  const count = (found: Neighbors) => (found.apart ? queriesApart(found.apart, (query) => ownRow(found, query) >= 0) : 0);
  const [train, test] = [count(voters), count(others)];
  return train + test === 0 ? undefined : { test, train };
}

function unfindableOf({ each }: RankedRetrieval, truth: Int32Array, classes: readonly string[]): { unfindable?: Unfindable[] } {
  const counts = classes.map(() => 0);
  for (const [i, relevant] of each.relevant.entries()) {
    const label = truth[i] as number;
    if (relevant === 0) counts[label] = (counts[label] as number) + 1;
  }
  const unfindable = classes.flatMap((name, c) => (counts[c] === 0 ? [] : [{ name, rows: counts[c] as number }]));
  return unfindable.length === 0 ? {} : { unfindable };
}
