import { accuracy } from "../metrics/accuracy.ts";
import { expectedCalibrationError } from "../metrics/calibration.ts";
import { classScores, macroScores } from "../metrics/class-scores.ts";
import { confusionMatrix } from "../metrics/confusion.ts";
import { contingency } from "../metrics/contingency.ts";
import { meanOfKnown, meansByClass } from "../metrics/mean.ts";
import { amiOf, nmi, nmiOf } from "../metrics/nmi.ts";
import { pairScoresOf } from "../metrics/pairwise-f1.ts";
import { riskCoverage } from "../metrics/risk-coverage.ts";
import type { Outcomes, PosteriorOutcomes } from "./outcomes.ts";

/** Metrics that every evaluation has. Rates in percent; `logLoss` in nats. */
export type MetricName =
  | "accuracy"
  | "macroPrecision"
  | "macroRecall"
  | "macroF1"
  | "paperF1"
  | "nmi"
  | "ami"
  | "pairwiseF1"
  | "seededNmi"
  | "mapAtR"
  | "rPrecision"
  | "mrr"
  | "gaussianAccuracy"
  | "ece"
  | "adaptiveEce"
  | "aurc"
  | "logLoss";

/** Metrics that need something beside the embeddings: votes, a classifier head, neighbours enough. Losses in nats, else percent. */
export type OptionalMetricName =
  | `recallAt${number}`
  | `precisionAt${number}`
  | `accuracyAt${number}`
  | "voteLogLoss"
  | "voteDivergence"
  | "headAccuracy"
  | "headMacroPrecision"
  | "headMacroRecall"
  | "headMacroF1"
  | "headPaperF1"
  | "headEce"
  | "headAdaptiveEce"
  | "headAurc"
  | "headLogLoss"
  | "headVoteLogLoss"
  | "headVoteDivergence";

/**
 * The least and the greatest that a metric can be: percent from 0 to 100 (`ami` from −100, where agreement is less than chance's), losses
 * in nats from 0.
 *
 * @example
 * rangeOfMetric("macroRecall"); // [0, 100]
 * rangeOfMetric("voteLogLoss"); // [0, Infinity]
 */
export function rangeOfMetric(name: string): readonly [number, number] {
  if (/(logLoss|LogLoss|Divergence)$/.test(name)) return [0, Infinity];
  return name === "ami" ? [-100, 100] : [0, 100];
}

/** Every metric of these outcomes, by name: each {@link MetricName}, and those {@link OptionalMetricName} that apply. */
export function metricsOf(outcomes: Outcomes): Record<string, number> {
  const { truth, gaussian, head } = outcomes;
  const partitions = contingency(truth, outcomes.clusters);
  const { macroPrecision, macroRecall, macroF1, paperF1 } = macrosOf(outcomes, outcomes.predicted);
  const { ece, adaptiveEce, aurc, logLoss } = probabilitiesOf(gaussian);
  const always: Record<MetricName, number> = {
    accuracy: 100 * accuracy(truth, outcomes.predicted),
    macroPrecision,
    macroRecall,
    macroF1,
    paperF1,
    nmi: 100 * nmiOf(partitions),
    ami: 100 * amiOf(partitions),
    pairwiseF1: 100 * pairScoresOf(partitions).f1,
    seededNmi: 100 * nmi(truth, outcomes.seededClusters),
    mapAtR: 100 * meanOfKnown(outcomes.ranked.averagePrecision),
    rPrecision: 100 * meanOfKnown(outcomes.ranked.rPrecision),
    mrr: 100 * meanOfKnown(outcomes.ranked.reciprocalRank),
    gaussianAccuracy: 100 * accuracy(truth, gaussian.predicted),
    ece,
    adaptiveEce,
    aurc,
    logLoss,
  };
  const values: Record<string, number> = { ...always };
  for (const [K, hits] of outcomes.hits) values[`recallAt${K}`] = 100 * meanOfKnown(hits);
  for (const [K, shares] of outcomes.shares) values[`precisionAt${K}`] = 100 * meanOfKnown(shares);
  for (const K of outcomes.shares.keys()) values[`accuracyAt${K}`] = values[`precisionAt${K}`] as number; // the paper's name for it
  if (gaussian.voteLogLoss) values.voteLogLoss = meanOfKnown(gaussian.voteLogLoss);
  if (gaussian.voteDivergence) values.voteDivergence = meanOfKnown(gaussian.voteDivergence);
  return head ? { ...values, ...headMetrics(head, outcomes) } : values;
}

/** What of retrieval is measured class by class, in percent. */
export type ClassRetrieval = { readonly [name in "mapAtR" | "rPrecision" | "mrr"]: number } & {
  readonly [name in `recallAt${number}` | `precisionAt${number}`]?: number;
};

/**
 * Precision, recall and F1 of each class in percent, named `precision 0`, `recall 0`, `f1 0`, `precision 1`...; and `mapAtR 0`,
 * `rPrecision 0`, `mrr 0`, `recallAt1 0`, `precisionAt1 0`..., which are means over the class's queries.
 */
export function classMetricsOf(outcomes: Outcomes): Record<string, number> {
  const { truth, predicted, classes } = outcomes;
  const { precision, recall, f1 } = classScores(confusionMatrix(truth, predicted, classes));
  const values: Record<string, number> = {};
  for (let c = 0; c < classes; c++) {
    values[`precision ${c}`] = 100 * (precision[c] as number);
    values[`recall ${c}`] = 100 * (recall[c] as number);
    values[`f1 ${c}`] = 100 * (f1[c] as number);
  }
  for (const [name, scores] of retrievalScores(outcomes)) {
    for (const [c, mean] of meansByClass(scores, truth, classes).entries()) values[`${name} ${c}`] = 100 * mean;
  }
  return values;
}

/** The retrieval scores of each row, by the names of their means. */
export function retrievalScores({ ranked, hits, shares }: Outcomes): [name: keyof ClassRetrieval, scores: Float64Array][] {
  return [
    ["mapAtR", ranked.averagePrecision],
    ["rPrecision", ranked.rPrecision],
    ["mrr", ranked.reciprocalRank],
    ...[...hits].map(([K, scores]): [`recallAt${number}`, Float64Array] => [`recallAt${K}`, scores]),
    ...[...shares].map(([K, scores]): [`precisionAt${number}`, Float64Array] => [`precisionAt${K}`, scores]),
  ];
}

function headMetrics(head: PosteriorOutcomes, outcomes: Outcomes): Record<string, number> {
  const { truth } = outcomes;
  const { macroPrecision, macroRecall, macroF1, paperF1 } = macrosOf(outcomes, head.predicted);
  const { ece, adaptiveEce, aurc, logLoss } = probabilitiesOf(head);
  const always = {
    headAccuracy: 100 * accuracy(truth, head.predicted),
    headMacroPrecision: macroPrecision,
    headMacroRecall: macroRecall,
    headMacroF1: macroF1,
    headPaperF1: paperF1,
    headEce: ece,
    headAdaptiveEce: adaptiveEce,
    headAurc: aurc,
    headLogLoss: logLoss,
  } satisfies { [name in OptionalMetricName]?: number };
  return {
    ...always,
    ...(head.voteLogLoss && { headVoteLogLoss: meanOfKnown(head.voteLogLoss) }),
    ...(head.voteDivergence && { headVoteDivergence: meanOfKnown(head.voteDivergence) }),
  };
}

function macrosOf({ truth, classes, present }: Outcomes, predicted: Int32Array) {
  const { precision, recall, f1, paperF1 } = macroScores(confusionMatrix(truth, predicted, classes), { among: present });
  return { macroPrecision: 100 * precision, macroRecall: 100 * recall, macroF1: 100 * f1, paperF1: 100 * paperF1 };
}

function probabilitiesOf({ confidence, correct, logLoss }: PosteriorOutcomes) {
  return {
    ece: 100 * expectedCalibrationError(confidence, correct),
    adaptiveEce: 100 * expectedCalibrationError(confidence, correct, { binning: "equal count" }),
    aurc: 100 * riskCoverage(confidence, correct).area,
    logLoss: meanOfKnown(logLoss),
  };
}
