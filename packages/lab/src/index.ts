// What is done with runs and with models that were exported of them

export { type AdaptDataOptions, type AdaptedToData, adaptData } from "./runs/adapt-data.ts";
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
export { type DrawMapOptions, drawMap } from "./runs/draw-map.ts";
export { type EmbedDataOptions, embedData } from "./runs/embed-data.ts";
export type { EvaluatedModel } from "./runs/evaluate-model.ts";
export type { EvaluatedRun } from "./runs/evaluate-run.ts";
export { compareSpaces, type EvaluatedSpace, type EvaluateSpaceOptions, evaluateSpace } from "./runs/evaluate-space.ts";
export { type ExportedRun, type ExportRunOptions, exportRun } from "./runs/export-run.ts";
export type { MappedRows } from "./runs/map-rows.ts";
export type { MappedSpace } from "./runs/map-space.ts";
export { type SoftenedLabels, type SoftLabelsOptions, softLabels, softLabelsCsv } from "./runs/soft-labels.ts";
export { type SubdivideDataOptions, type SubdividedData, subdivideData } from "./runs/subdivide-data.ts";
export { type TrainedRun, type TrainRunOptions, trainRun } from "./runs/train-run.ts";

// Data sets, as they are before anything is trained

export { type InspectDataOptions, inspectData } from "./data/inspect-data.ts";

// The paper's tables and figures, and reports

export { type Reproduced, type ReproduceOptions, reproduce } from "./paper/reproduce.ts";
export { writeReport } from "./report/write-report.ts";

// Pictures

export { type CaptionedFace, type CaptionedFaces, captionedFaces } from "./pictures/captioned-faces.ts";
export { type ConfusionPlot, confusionPlot } from "./pictures/confusion-plot.ts";
export { type ContactSheet, contactSheet, type SheetGroup } from "./pictures/contact-sheet.ts";
export { type Curves, curves } from "./pictures/curves.ts";
export type { PrintOptions } from "./pictures/figure.ts";
export { type IntervalPlot, type IntervalRow, intervalPlot } from "./pictures/interval-plot.ts";
export { type RetrievalStrip, type RetrievalStrips, retrievalStrips } from "./pictures/retrieval-strips.ts";
export { type ScatterMap, scatterMap, type Thumbnails } from "./pictures/scatter-map.ts";
export type { Series, SeriesPoint } from "./pictures/series.ts";
export { writePicture } from "./pictures/write-picture.ts";
export { projectOffThread, type WatchOptions } from "./projection/project-off-thread.ts";
