// What a home offers

export type { Correction, CorrectionRecord } from "./corrections.ts";
export type { FaceFilter } from "./filter.ts";
export type { AppEvent, Job, JobProgress, JobStart, Jobs, Problem } from "./jobs.ts";
export type { AboutModel, Added, FolderList, LibraryAbout, LookedFace, LookedPicture, PhotoList } from "./library.ts";
export type { Shelf } from "./shelf.ts";
export { type Refusal, shelfError } from "./shelf-error.ts";
