export { type SummarizedFolder, type SummarizeFolderOptions, summarizeFolder } from "./commands/album.ts";
export { type AuditedFolder, type AuditFolderOptions, auditFolder } from "./commands/audit.ts";
export { type AuditDataOptions, type AuditedData, auditData } from "./commands/audit-data.ts";
export { type BestOf, type BestOfOptions, bestOf } from "./commands/best.ts";
export { type ClassifiedPhotos, type ClassifyPhotosOptions, classifyPhotos } from "./commands/classify.ts";
export { type ClusteredFolder, type ClusterFolderOptions, clusterFolder } from "./commands/cluster.ts";
export { type ClusterDataOptions, type ClusteredData, clusterData } from "./commands/cluster-data.ts";
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
export { type EvaluatedModel, type EvaluateModelOptions, evaluateModel } from "./commands/evaluate-model.ts";
export { type ExportedRun, type ExportRunOptions, exportRun } from "./commands/export.ts";
export { type IndexFolderOptions, indexFolder } from "./commands/index-photos.ts";
export { type MappedRun, type MapRunOptions, mapRun } from "./commands/map.ts";
export { modelCard } from "./commands/model-card.ts";
export { type Reproduced, type ReproduceOptions, reproduce } from "./commands/reproduce.ts";
export { type PhotosAnswer, type SearchPhotosOptions, searchPhotos } from "./commands/search.ts";
export { type SoftenedLabels, type SoftLabelsOptions, softLabels, softLabelsCsv } from "./commands/soft-labels.ts";
export { type SubdivideDataOptions, type SubdividedData, subdivideData } from "./commands/subdivide.ts";
export { type TakenOut, type TakeOut, takeOut } from "./commands/take-out.ts";
export { forgetTaught, type TaughtFolder, type TeachFolderOptions, teachFolder } from "./commands/teach.ts";
export { type TrainedRun, type TrainRunOptions, trainRun } from "./commands/train.ts";
export { writeSheet } from "./commands/write-sheet.ts";
export { writeEmbeddings } from "./formats/write-embeddings.ts";
export type { LibraryHealth } from "./library/check.ts";
export type { Correction, CorrectionRecord } from "./library/corrections.ts";
export type { FaceFilter } from "./library/face-filter.ts";
export type { FaceRecord, FaceSet, PhotoRecord, SetModel } from "./library/face-set.ts";
export { parseFilter } from "./library/filter-words.ts";
export { findLibrary } from "./library/find-library.ts";
export type { Forgotten } from "./library/forget.ts";
export type { IndexOptions, IndexStep, IndexSummary } from "./library/index-photos.ts";
export { Library, type OpenLibraryOptions, openLibrary } from "./library/library.ts";
export type { Mended } from "./library/mend-library.ts";
export type { FoundFace, LibraryReader } from "./library/reading.ts";
export { type Repaired, repairLibrary } from "./library/repair.ts";
export type { LibraryAnswer, LibraryQuery, LibrarySearchOptions } from "./library/search-library.ts";
export { type OpenedFaceFinder, openFaceFinder } from "./photos/face-finder.ts";
export { type NodeReaderOptions, openNodeReader } from "./photos/node-reader.ts";
export { type Photo, type ReadPhotoOptions, readPhoto } from "./photos/read-photo.ts";
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
export { type AlbumAnswer, type AlbumAnswerOptions, type AlbumPicture, album } from "./questions/album.ts";
export { type Audit, type AuditOptions, audit, correctionsCsv, type DoubtfulFace } from "./questions/audit.ts";
export { type BestShots, type BestShotsOptions, type Burst, bestShots, type Shot, type ShotFaceAnswer } from "./questions/best.ts";
export { type ClassifiedFace, type ClassifiedFaces, classifyFaces } from "./questions/classify.ts";
export { type ClusterFacesOptions, clusterFaces, type FaceGroup, type FaceGroups } from "./questions/cluster.ts";
export { type LookedAt, lookOf } from "./questions/looks.ts";
export { type PhotoSet, readPhotoSet } from "./questions/photo-set.ts";
export { knowingTaught, type NamedClass, readTaught, withTaught, writeTaught } from "./questions/taught-classes.ts";
export type { TaughtPlace } from "./questions/taught-file.ts";
export { type Separation, type Taught, type TeachOptions, teach } from "./questions/teach.ts";
export { albumSheet } from "./sheets/album-sheet.ts";
export { auditSheet } from "./sheets/audit-sheet.ts";
export { bestSheet } from "./sheets/best-sheet.ts";
export { classifySheet } from "./sheets/classify-sheet.ts";
export { clusterSheet } from "./sheets/cluster-sheet.ts";
export type { SheetMaking } from "./sheets/sheet.ts";
