// What a home offers

export type { Correction, CorrectionRecord, FaceChoice, FaceFilter } from "@semblant/answers";
export type { AppEvent, Job, JobProgress, JobStart, Jobs, Problem } from "./shelf/jobs.ts";
export type { AboutModel, Added, FolderList, LibraryAbout, LookedFace, LookedPicture, PhotoList, StorageAbout } from "./shelf/library.ts";
export type { Shelf } from "./shelf/shelf.ts";
export { type ShelfRefusal, shelfError } from "./shelf/shelf-error.ts";

// The API: the same for a server, a worker in a page, and tests

export { createApi, type ExtraRoutes } from "./create-api.ts";
export type { ApiAnswers, ApiQuestions } from "./schemas/shapes.ts";
