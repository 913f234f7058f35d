export {
  type ComparedLoss,
  type ComparedRun,
  type CompareLossesOptions,
  type CompareProgress,
  compareLosses,
  type LossComparison,
  type LossDifference,
  type SeedEstimate,
} from "./commands/compare.ts";
export { type InspectDataOptions, inspectData } from "./commands/data-inspect.ts";
export { type Diagnosis, type ExamineMachineOptions, examineMachine } from "./commands/doctor.ts";
export { type EmbedDataOptions, embedData } from "./commands/embed.ts";
export { compareRuns, type EvaluatedRun, type EvaluateRunOptions, evaluateRun, summaryOf, writeReport } from "./commands/evaluate.ts";
export { type MappedRun, type MapRunOptions, mapRun } from "./commands/map.ts";
export { type Reproduced, type ReproduceOptions, reproduce } from "./commands/reproduce.ts";
export { type SubdivideDataOptions, type SubdividedData, subdivideData } from "./commands/subdivide.ts";
export { type TrainedRun, type TrainRunOptions, trainRun } from "./commands/train.ts";
export { writeEmbeddings } from "./formats/write-embeddings.ts";
export { type CaptionedFace, type CaptionedFaces, captionedFaces } from "./pictures/captioned-faces.ts";
export { type ConfusionMatrix, confusionMatrix } from "./pictures/confusion-matrix.ts";
export { type ContactSheet, contactSheet, type SheetGroup } from "./pictures/contact-sheet.ts";
export { type Curves, curves } from "./pictures/curves.ts";
export type { PrintOptions } from "./pictures/figure.ts";
export { type IntervalPlot, type IntervalRow, intervalPlot } from "./pictures/interval-plot.ts";
export { type ClassStyle, classStyles } from "./pictures/palette.ts";
export { type RetrievalStrip, type RetrievalStrips, retrievalStrips } from "./pictures/retrieval-strips.ts";
export { type ScatterMap, scatterMap, type Thumbnails } from "./pictures/scatter-map.ts";
export type { Series, SeriesPoint } from "./pictures/series.ts";
export { writePicture } from "./pictures/write-picture.ts";
export { projectOffThread, type WatchOptions } from "./projection/project-off-thread.ts";
