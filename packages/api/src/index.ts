// What a home offers

export type { Correction, CorrectionRecord } from "./shelf/corrections.ts";
export type { FaceFilter } from "./shelf/filter.ts";
export type { AppEvent, Job, JobProgress, JobStart, Jobs, Problem } from "./shelf/jobs.ts";
export type { AboutModel, Added, FolderList, LibraryAbout, LookedFace, LookedPicture, PhotoList } from "./shelf/library.ts";
export type { Shelf } from "./shelf/shelf.ts";
export { type Refusal, shelfError } from "./shelf/shelf-error.ts";
