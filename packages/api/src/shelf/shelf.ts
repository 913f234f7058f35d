import type {
  AnswersOfFaces,
  AskedOfFaces,
  Correction,
  CorrectionRecord,
  FaceChoice,
  FaceSet,
  Learned,
  QuestionOfFaces,
} from "@semblant/answers";
import type { Box } from "@semblant/faces";
import type { AppEvent, Jobs } from "./jobs.ts";
import type { Added, FolderList, LibraryAbout, LookedPicture, PhotoList, StorageAbout } from "./library.ts";

/**
 * What a home offers to the API: a library on disk behind a server, or one in the browser's storage. Ids are numbers. Each method throws
 * the error that the command would print. What is not there, busy or full is told by `shelfError` or by the failure's own code.
 */
export interface Shelf {
  readonly home: "server" | "browser";

  /** Also while nothing was indexed. */
  about(): Promise<LibraryAbout>;

  /**
   * The faces in memory, kept per revision, in the order of their ids.
   *
   * @throws DataError while nothing was indexed
   */
  faces(filter?: FaceChoice): Promise<FaceSet>;

  /** Where a face is, without loading the others; undefined where there is none of this id. A home without it loads them. */
  readonly placeOf?: (face: number) => Promise<{ readonly photo: number; readonly box: Box } | undefined>;

  photos(): Promise<PhotoList>;

  /**
   * Asks off the thread that serves: `askFaces` in a worker, of the faces that the filter lets through.
   *
   * @param signal ends it where nobody waits for the answer any more
   * @throws the signal's reason where it is ended
   */
  ask<Q extends QuestionOfFaces>(asked: AskedOfFaces<Q>, filter?: FaceChoice, signal?: AbortSignal): Promise<AnswersOfFaces[Q]>;

  /**
   * A photo, upright, as JPEG, PNG or WebP without metadata.
   *
   * @param side most pixels along its longer side; a smaller photo stays as large as it is
   * @throws DataError if there is none of this id (missing), or its file is gone (missing) or cannot be read
   */
  picture(photo: number, side: number | "full"): Promise<Blob>;

  /** WebP, made once and kept: a face 160 pixels square, a photo 320 pixels high. */
  thumbnail(of: { readonly photo: number } | { readonly face: number }): Promise<Blob>;

  /** The faces of a picture that is not in the library, by the library's model, or by the one that ships while there is none. */
  look(file: Blob): Promise<LookedPicture>;

  corrections(): Promise<readonly CorrectionRecord[]>;
  /** @returns its id, to withdraw it by */
  correct(correction: Correction): Promise<number>;
  /** @throws DataError if there is none of this id (missing) */
  withdraw(id: number): Promise<void>;

  /** Names of small JSON values that are kept with the library: saved searches, places on the map, votes, names of groups. */
  documents(): Promise<readonly string[]>;
  /** @returns undefined where none is kept by this name */
  document(name: string): Promise<unknown>;
  /** Keeps a value as JSON, written whole or not at all. */
  keep(name: string, value: unknown): Promise<void>;
  /** @throws DataError if there is none of this name (missing) */
  drop(name: string): Promise<void>;

  readonly jobs: Jobs;

  /**
   * Tells of what happens from now on, also what other windows and programs do.
   *
   * @returns ends it
   */
  watch(listener: (event: AppEvent) => void): () => void;

  /** Copies pictures into the library's folder, never over another. Names may hold folders (`2024/a.jpg`), which are kept. */
  readonly add?: (files: AsyncIterable<{ readonly name: string; readonly bytes: Blob }>) => Promise<Added>;

  /** What came of a job "adapt": kept as what the library answers by, or the model as it was trained again. */
  readonly adapted?: {
    /** @throws DataError if there is no such job (missing), or it did not end with a better model */
    keep(job: number): Promise<void>;
    /** @throws DataError if the library is not adapted (missing) */
    drop(): Promise<void>;
  };

  /** Classes that were taught by a few faces. */
  readonly taught?: {
    list(): Promise<readonly string[]>;
    /** Says how well it separates, and keeps it where it does, or `anyway`. */
    teach(lesson: { readonly name: string; readonly faces: readonly number[]; readonly anyway?: boolean }): Promise<Learned>;
    /** @throws DataError if no such class was taught (missing) */
    forget(name: string): Promise<void>;
  };

  /** Other folders that can be opened in place of this one. */
  readonly folders?: {
    /** @param path where to look; the person's own folder where absent */
    list(path?: string): Promise<FolderList>;
    /** Opens another; every page is told by an event. */
    open(path: string): Promise<LibraryAbout>;
  };

  /** Where the library's photos are copies that this home keeps for the person: how much room they take, and how they go. */
  readonly storage?: {
    about(): Promise<StorageAbout>;
    /** Takes a photo and all that is known of it away. @throws DataError if there is none of this id (missing) */
    forget(photo: number): Promise<void>;
    /** Takes everything away. */
    erase(): Promise<void>;
  };

  /** A page of an album that stands alone: HTML with its pictures inside. */
  readonly albumPage?: (album: AnswersOfFaces["album"]) => Promise<Blob>;

  /** Copies photos as they are to a new folder, numbered in this order. */
  readonly copyOut?: (photos: readonly number[], to: string) => Promise<{ readonly folder: string; readonly written: number }>;
}
