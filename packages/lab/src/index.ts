export { formatInspection } from "@semblant/datasets";
export type { Step, SubdivisionSettings, SubdivisionStep, WeightType } from "@semblant/training";
export { anotherTry } from "@semblant/training";
export type { PartialSettings } from "@semblant/training/settings";
export { type OpenedFaceFinder, openFaceFinder } from "./data/face-finder.ts";
export { type BusyListener, listenWhileBusy } from "./data/hear-while-busy.ts";
export { type InspectDataOptions, inspectData } from "./data/inspect-data.ts";
export { placesFrom } from "./data/moved-data.ts";
export { cropsOf } from "./models/crops.ts";
export type { Measured } from "./models/measured.ts";
export { experimentNames } from "./paper/experiments.ts";
export { type Architecture, architectures, type Method, methods } from "./paper/published.ts";
export { type Reproduced, type ReproduceOptions, reproduce } from "./paper/reproduce.ts";
export type { StudyOptions } from "./paper/study.ts";
export { type CaptionedFace, type CaptionedFaces, captionedFaces } from "./pictures/captioned-faces.ts";
export { type ConfusionMatrix, confusionMatrix } from "./pictures/confusion-matrix.ts";
export { type ContactSheet, contactSheet, type SheetGroup } from "./pictures/contact-sheet.ts";
export { type Curves, curves } from "./pictures/curves.ts";
export type { PrintOptions } from "./pictures/figure.ts";
export { type IntervalPlot, type IntervalRow, intervalPlot } from "./pictures/interval-plot.ts";
export { loadCharts } from "./pictures/load-charts.ts";
export { type RetrievalStrip, type RetrievalStrips, retrievalStrips } from "./pictures/retrieval-strips.ts";
export { type ScatterMap, scatterMap, type Thumbnails } from "./pictures/scatter-map.ts";
export type { Series, SeriesPoint } from "./pictures/series.ts";
export { checkPictureName, writePicture } from "./pictures/write-picture.ts";
export { projectOffThread, type WatchOptions } from "./projection/project-off-thread.ts";
export { summaryOf, writeReport } from "./report/write-report.ts";
export { type AuditDataOptions, type AuditedData, auditData } from "./runs/audit-data.ts";
export { type ClusterDataOptions, type ClusteredData, clusterData } from "./runs/cluster-data.ts";
export {
  type ComparedLoss,
  type ComparedRun,
  type CompareLossesOptions,
  type CompareProgress,
  compareLosses,
  type LossComparison,
} from "./runs/compare-losses.ts";
export type { LossDifference, SeedEstimate } from "./runs/compare-statistics.ts";
export { type EmbedDataOptions, embedData } from "./runs/embed-data.ts";
export { type EvaluatedModel, type EvaluateModelOptions, evaluateModel } from "./runs/evaluate-model.ts";
export { evaluateNamed } from "./runs/evaluate-named.ts";
export { compareRuns, type EvaluatedRun, type EvaluateRunOptions, evaluateRun } from "./runs/evaluate-run.ts";
export { type EngineFound, type ExaminedEngine, examineEngine } from "./runs/examine-engine.ts";
export { type ExportedRun, type ExportRunOptions, exportRun } from "./runs/export-run.ts";
export { type MapEmbeddingsOptions, mapEmbeddings } from "./runs/map-embeddings.ts";
export { type MappedRun, type MapRunOptions, mapRun } from "./runs/map-run.ts";
export { type SoftenedLabels, type SoftLabelsOptions, softLabels, softLabelsCsv } from "./runs/soft-labels.ts";
export { type SubdivideDataOptions, type SubdividedData, subdivideData } from "./runs/subdivide-data.ts";
export { type TrainedRun, type TrainRunOptions, trainRun } from "./runs/train-run.ts";
export { formatComparedLosses } from "./tables/compare-table.ts";
export { declaredAsJson, formatDeclared } from "./tables/declared-table.ts";
export { formatComparison, formatEvaluation } from "./tables/evaluation-table.ts";
export { columnsExplained, formatLevels } from "./tables/subdivide-table.ts";
