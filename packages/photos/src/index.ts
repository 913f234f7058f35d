// What photos are asked: each question is one function, of a folder, an open library or faces

export { type Adapted, type AdaptOptions, adapt } from "./asking/adapt.ts";
export { type AlbumOptions, album } from "./asking/album.ts";
export { type AuditOptions, audit } from "./asking/audit.ts";
export { type BestOptions, best } from "./asking/best.ts";
export { type ClassifyOptions, classify } from "./asking/classify.ts";
export { type ClusterOptions, cluster } from "./asking/cluster.ts";
export { forgetAdapted, type KeepAdaptedOptions } from "./asking/keep-adapted.ts";
export type { PhotosOptions } from "./asking/photo-folder.ts";
export type { Answered, Photos } from "./asking/photos.ts";
export { type SearchAnswer, type SearchOptions, search } from "./asking/search.ts";
export { forgetTaught, type Lesson, type Taught, type TeachOptions, teach } from "./asking/teach.ts";

// What the answers say

export {
  type AdaptedFaces,
  type Album,
  type AlbumPicture,
  type Audit,
  type BestShots,
  type Burst,
  type ClassifiedFace,
  type ClassifiedFaces,
  correctionsCsv,
  type DoubtfulFace,
  type FaceGroup,
  type FaceGroups,
  type FewerGroups,
  type Hit,
  type LookedAt,
  lookOf,
  type Separation,
  type Shot,
  type ShotFace,
} from "@semblant/answers";
export type { RowGroup, RowGroups } from "@semblant/answers/internals";

// The library of photos on disk

export type { LibraryHealth } from "./library/check.ts";
export type { Correction, CorrectionRecord } from "./library/corrections.ts";
export type { FaceFilter } from "./library/face-filter.ts";
export { findLibrary } from "./library/find-library.ts";
export type { Forgotten } from "./library/forget.ts";
export type { IndexOptions, IndexStep, IndexSummary } from "./library/index-photos.ts";
export { Library, openLibrary } from "./library/library.ts";
export type { Mended } from "./library/mended.ts";
export type { OpenLibraryOptions } from "./library/open-options.ts";
export { type Repaired, repairLibrary } from "./library/repair.ts";
export type { Query } from "./library/search-library.ts";

// Photos, faces and models

export type { FaceRecord, FaceSet, PhotoRecord, SetModel } from "@semblant/answers";
export { modelCard, type ReadModelCard } from "./models/model-card.ts";
export { type NodeReaderOptions, openNodeReader } from "./models/node-reader.ts";
export type { Photo } from "./pictures/photo.ts";
export { type ReadPhotoOptions, readPhoto } from "./pictures/read-photo.ts";
export { type PhotoSet, readPhotoSet } from "./reading/photo-set.ts";
export type { FoundFace, LibraryReader } from "./reading/reading.ts";
export { version } from "./version.ts";
