// Faces in memory, and what a model says of them without its network

export type { FaceRecord, FaceSet, NamedFaces, NamedPhoto, PhotoRecord, SetModel } from "./face-sets/face-set.ts";
export { modelOfCard } from "./face-sets/model-of-card.ts";

// What people say of them

export type { Correction, CorrectionRecord } from "./corrections/correction.ts";

// Which of them are meant

export type { FaceFilter } from "./filters/face-filter.ts";

// What is asked of them: each question is one function; askFaces asks any of them by its name

export { type AdaptedFaces, type AdaptFacesOptions, adaptFaces, type LabelledFaces } from "./questions/adapt.ts";
export { type Album, type AlbumOfFacesOptions, type AlbumPicture, albumOfFaces } from "./questions/album.ts";
export { type AnswersOfFaces, type AskedOfFaces, askFaces, type QuestionOfFaces } from "./questions/ask.ts";
export { type Audit, type AuditOfFacesOptions, auditFaces, correctionsCsv, type DoubtfulFace } from "./questions/audit.ts";
export { type BestOfFacesOptions, type BestShots, type Burst, bestOfFaces, type Shot, type ShotFace } from "./questions/best.ts";
export { chooseFaces, type FaceChoice } from "./questions/choose-faces.ts";
export { type ClassifiedFace, type ClassifiedFaces, classifyFaces } from "./questions/classify.ts";
export { type ClusterFacesOptions, clusterFaces, type FaceGroup, type FaceGroups } from "./questions/cluster.ts";
export { columnsOfFaces, type FaceColumns } from "./questions/face-columns.ts";
export type { FewerGroups } from "./questions/fewer-groups.ts";
export { type Likeness, likenessOf } from "./questions/likeness.ts";
export { type LookedAt, lookOf } from "./questions/looks.ts";
export { type QueryFeedback, type RefineQueryOptions, refineQuery } from "./questions/refine-query.ts";
export { type Hit, type HitsOptions, type SearchHits, searchByEmbedding, searchByWords } from "./questions/search.ts";
export { type Learned, type LearnOptions, learnClass, type Separation } from "./questions/teach.ts";

// Classes that were taught

export { type NamedClass, withTaught } from "./taught/taught-classes.ts";
