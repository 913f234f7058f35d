// Embeddings: rows of numbers, with what is known of each

export { Embeddings, type RowFacts } from "./embeddings/embeddings.ts";

// Evaluation: all metrics at once, with intervals and paired tests

export { type BootstrapOptions, bootstrap, type Difference, type Estimate, type Measure, pairedBootstrap } from "./evaluation/bootstrap.ts";
export type { ClassReport } from "./evaluation/class-reports.ts";
export { type Comparison, compare } from "./evaluation/compare.ts";
export { type Evaluation, evaluate, type LeftOut, type Metrics, type Unfindable } from "./evaluation/evaluate.ts";
export { type FoundRow, listNeighbors } from "./evaluation/list-neighbors.ts";
export { type McNemar, mcnemar } from "./evaluation/mcnemar.ts";
export type { ClassRetrieval, MetricName, OptionalMetricName } from "./evaluation/metrics-of.ts";
export type { EvaluateOptions, EvaluateSettings } from "./evaluation/options.ts";
export { type EvaluationSummary, summary } from "./evaluation/summary.ts";

// Metrics

export { accuracy } from "./metrics/accuracy.ts";
export { adjustedRandIndex } from "./metrics/adjusted-rand.ts";
export { type CalibrationBin, type CalibrationOptions, calibrationBins, expectedCalibrationError } from "./metrics/calibration.ts";
export { type ClassScores, classScores, type MacroScores, macroScores } from "./metrics/class-scores.ts";
export { type ConfusionMatrix, confusionMatrix } from "./metrics/confusion.ts";
export { type IdentityLeak, identityLeak } from "./metrics/identity-leak.ts";
export { logLoss, voteDivergence, voteLogLoss } from "./metrics/log-loss.ts";
export { ami, nmi } from "./metrics/nmi.ts";
export { nmiWithin } from "./metrics/nmi-within.ts";
export { type PairScores, pairScores, pairwiseF1 } from "./metrics/pairwise-f1.ts";
export { type RankedQueries, type RankedRetrieval, rankedRetrieval } from "./metrics/ranked-retrieval.ts";
export { accuracyAtK, precisionAtK, recallAtK } from "./metrics/recall-at-k.ts";
export type { RetrievalLabels } from "./metrics/relevant.ts";
export { type RiskCoverage, riskCoverage } from "./metrics/risk-coverage.ts";

// Models adapted to other faces

export { type AdaptationWeights, adaptGaussians, type GaussianPrior } from "./adaptation/adapt-gaussians.ts";
export { type JudgedAdaptation, type Judgement, type JudgeOptions, judgeAdaptation } from "./adaptation/judge-adaptation.ts";

// Neighbours

export type { NotCompared } from "./retrieval/compared.ts";
export { classifyByNeighbors, type NeighborVote } from "./retrieval/knn-classifier.ts";
export type { LeaveOut, RowsApart } from "./retrieval/leave-out.ts";
export { findNeighbors, type Neighbors } from "./retrieval/neighbors.ts";

// Clusters

export { agglomerate, cutDendrogram, type Dendrogram, type Merge } from "./clustering/agglomerate.ts";
export { type Group, groupsOf } from "./clustering/groups.ts";
export { clusterByKMeans, type KMeansClusters, type KMeansOptions, type KMeansStep, kMeans } from "./clustering/k-means.ts";
export { assignWithLinks, type LinkedRows, type Links, linkRows } from "./clustering/links.ts";

// Gaussians and mixtures of them

export {
  chooseMixture,
  type MixtureChoice,
  type MixtureChoiceOptions,
  type MixtureScore,
  mixtureChoices,
} from "./gaussians/choose-mixture.ts";
export type { Covariance } from "./gaussians/components.ts";
export { covarianceWithinClasses } from "./gaussians/covariance-within.ts";
export { densityThreshold } from "./gaussians/density-threshold.ts";
export { fitGaussians, type GaussianOptions } from "./gaussians/fit.ts";
export { fitGaussianMixture, gaussianMixture, type MixtureOptions, type MixtureStep } from "./gaussians/fit-mixture.ts";
export { type GaussianAnswers, GaussianClasses } from "./gaussians/gaussian-classes.ts";
export { GaussianMixture, type MixtureParts } from "./gaussians/gaussian-mixture.ts";
export type { MixtureStart } from "./gaussians/mixture-start.ts";
export { fitSubclassGaussians, type SubclassAnswers, SubclassGaussians, type SubclassOptions } from "./gaussians/subclass-gaussians.ts";
export {
  addTaught,
  type KnownAnswers,
  logDensityOfTaught,
  type TaughtAnswers,
  type TaughtClass,
  teachClass,
} from "./gaussians/taught-class.ts";

// Domain shift: faces unlike those that a model learned from

export type { DomainShift } from "./shift/measure-shift.ts";
export type { ShiftReference } from "./shift/shift-reference.ts";

// Maps: t-SNE and principal components

export { type PrincipalComponents, pca } from "./projection/pca.ts";
export { type PlaceOptions, placeOnMap } from "./projection/place-on-map.ts";
export { trustworthiness } from "./projection/trustworthiness.ts";
export { type Projection, projectByTsne, type TsneStep, tsne } from "./projection/tsne.ts";
export type { TsneOptions, TsneSettings } from "./projection/tsne-options.ts";

// Albums: rows that sum up, near-duplicates, the best of several

export { type AlbumAspects, albumWeights } from "./albums/aspects.ts";
export { type Cover, type CoverOptions, type CoverProblem, chooseCover } from "./albums/choose-cover.ts";
export { type ExpressionGroupOptions, type ExpressionGroups, expressionGroups } from "./albums/expression-groups.ts";
export type { FaceRow } from "./albums/face-row.ts";
export { groupNearDuplicates, type NearDuplicateOptions, type NearDuplicateRow } from "./albums/near-duplicates.ts";
export { type FaceScores, type RankedRow, type RankRowsOptions, rankRows } from "./albums/rank-rows.ts";
export type { FaceOfShot } from "./albums/same-people.ts";
export {
  type ChosenRow,
  type PhotoRow,
  type RowSummary,
  type SummarizeRowsOptions,
  type SummaryRows,
  summarizeRows,
} from "./albums/summarize-rows.ts";

// Labels that are in doubt

export { type DoubtfulLabels, type DoubtfulLabelsOptions, doubtfulLabels } from "./labels/doubtful-labels.ts";

// Errors, randomness, expressions

export { DataError, EngineError, OptionError, ShapeError } from "./errors.ts";
export { type Expression, expressions } from "./expressions.ts";
export { Random } from "./random.ts";
