import { isAbsolute, join } from "node:path";
import type { AnswersOfFaces, AskedOfFaces, Correction, CorrectionRecord, FaceChoice, FaceSet, QuestionOfFaces } from "@semblant/answers";
import { type AppEvent, type JobStart, type LibraryAbout, type PhotoList, type Shelf, shelfError } from "@semblant/api";
import { OptionError } from "@semblant/core";
import { show } from "@semblant/core/internals";
import { listPhotos, placeOfFace, refuseOther, uprightPicture } from "@semblant/photos/internals";
import { aboutLibrary } from "./about-library.ts";
import { AdaptJobs } from "./adapt-job.ts";
import { addPictures, type GivenFile } from "./add-pictures.ts";
import { albumPage, copyOut } from "./album-exports.ts";
import { documentsOf } from "./documents.ts";
import { facesById } from "./faces-by-id.ts";
import { filteredFaces } from "./filtered-faces.ts";
import { listFolders } from "./folder-list.ts";
import { indexJob } from "./index-job.ts";
import { type JobWork, ShelfJobs } from "./jobs.ts";
import { lookAtPicture } from "./looked-picture.ts";
import { type OpenedLibrary, openServed, type ServedLibrary } from "./open-shelf-library.ts";
import { Revisions } from "./revisions.ts";
import { taughtOf } from "./taught-classes.ts";
import { whenFree } from "./when-free.ts";

/** Sets of faces that are kept in memory, by their filters. */
const mostSets = 3;
/** Milliseconds between two revisions while an index goes on: each has every page ask again. */
const whileIndexing = 3000;

/** What the API is served of: a folder's library on disk. One is open at a time, and another can be opened in its place. */
export class LibraryShelf implements Shelf {
  readonly home = "server";
  readonly jobs: ShelfJobs;
  readonly adapted: NonNullable<Shelf["adapted"]>;
  readonly taught: NonNullable<Shelf["taught"]>;
  readonly folders: NonNullable<Shelf["folders"]>;
  readonly #options: Omit<ServedLibrary, "file">;
  readonly #adapting = new AdaptJobs(() => this.#opened);
  readonly #revisions: Revisions;
  readonly #sets = new Map<string, FaceSet>();
  #setsOf = -1;
  #opened: OpenedLibrary;
  #opening = false;
  #toldAt = 0;

  private constructor(opened: OpenedLibrary, options: ServedLibrary) {
    const { file: _file, ...others } = options;
    this.#options = others;
    this.#opened = opened;
    this.#revisions = new Revisions(() => this.#opened.stamp());
    opened.onBack(() => this.#back());
    this.jobs = new ShelfJobs(
      (start) => this.#work(start),
      (job) => {
        if (job.state !== "running") this.#written(); // first what the job changed, then that it ended
        this.#revisions.tell({ type: "job", job });
      },
    );
    this.adapted = {
      keep: async (job) => {
        const ended = this.jobs.of(job);
        if (ended?.kind !== "adapt") throw shelfError("missing", `adapt: expected the id of a job "adapt", but ${job} is none.`);
        await this.#adapting.keep(ended.result);
        this.#revisions.written();
      },
      drop: async () => {
        await this.#adapting.drop();
        this.#revisions.written();
      },
    };
    this.taught = taughtOf(
      () => this.#opened,
      () => this.#revisions.written(),
    );
    this.folders = { list: listFolders, open: (path) => this.#open(path) };
  }

  /**
   * @param folder of photos; its library is made where it is missing
   * @throws DataError as `openLibrary` does
   */
  static async open(folder: string, options: ServedLibrary = {}): Promise<LibraryShelf> {
    return new LibraryShelf(await openServed(folder, options), options);
  }

  /** The library's file, and whether it may only be read. */
  get place(): { readonly file: string; readonly readonly: boolean } {
    const { path: file, readonly } = this.#opened.library;
    return { file, readonly };
  }

  async about(): Promise<LibraryAbout> {
    return { ...aboutLibrary(this.#opened.library), revision: this.#revisions.now().revision };
  }

  async faces(filter: FaceChoice = {}): Promise<FaceSet> {
    const { revision } = this.#revisions.now();
    if (this.#setsOf !== revision) this.#sets.clear();
    this.#setsOf = revision;
    const key = JSON.stringify(filter);
    const known = this.#sets.get(key);
    if (known !== undefined) return known;
    const began = performance.now();
    const set = facesById(filteredFaces(this.#opened.library, filter));
    this.#revisions.took(performance.now() - began);
    if (this.#sets.size >= mostSets) this.#sets.delete(this.#sets.keys().next().value as string);
    this.#sets.set(key, set);
    return set;
  }

  placeOf = async (face: number) => placeOfFace(this.#opened.library, face);

  async photos(): Promise<PhotoList> {
    return listPhotos(this.#opened.library);
  }

  async ask<Q extends QuestionOfFaces>(asked: AskedOfFaces<Q>, filter: FaceChoice = {}, signal?: AbortSignal): Promise<AnswersOfFaces[Q]> {
    return this.#opened.thread.ask(asked, { filter, stamp: this.#revisions.now().stamp }, signal);
  }

  async picture(photo: number, side: number | "full"): Promise<Blob> {
    const { library, decoding } = this.#opened;
    const path = this.#pathOf(photo);
    return decoding.run(async () => {
      const { bytes, type } = await missingOrNot(async () => {
        await refuseOther(library, photo);
        return uprightPicture(join(library.root, path), side === "full" ? undefined : side);
      });
      return new Blob([bytes as Uint8Array<ArrayBuffer>], { type });
    });
  }

  async thumbnail(of: { readonly photo: number } | { readonly face: number }): Promise<Blob> {
    const webp = await missingOrNot(() => this.#opened.thumbnails.of(of));
    if (webp !== undefined) return new Blob([webp as Uint8Array<ArrayBuffer>], { type: "image/webp" });
    const [what, id] = "face" in of ? ["face", of.face] : ["photo", of.photo];
    throw shelfError("missing", `photos: expected the id of a ${what}, but ${id} is none.`);
  }

  look(file: Blob) {
    const { library, looking } = this.#opened;
    return looking.run(() => lookAtPicture(library, file));
  }

  async corrections(): Promise<readonly CorrectionRecord[]> {
    return this.#opened.library.corrections();
  }

  async correct(correction: Correction): Promise<number> {
    const { library } = this.#opened;
    const id = await whenFree(library, () => library.correct(correction));
    this.#revisions.written();
    return id;
  }

  async withdraw(id: number): Promise<void> {
    const { library } = this.#opened;
    if (!library.corrections().some((one) => one.id === id)) {
      throw shelfError("missing", `correct: expected the id of a correction, but ${id} is none.`);
    }
    await whenFree(library, () => library.withdraw(id));
    this.#revisions.written();
  }

  async documents(): Promise<readonly string[]> {
    return documentsOf(this.#opened.library).names();
  }

  async document(name: string): Promise<unknown> {
    return documentsOf(this.#opened.library).read(name);
  }

  async keep(name: string, value: unknown): Promise<void> {
    const { library } = this.#opened;
    await whenFree(library, () => documentsOf(library).keep(name, value));
    this.#revisions.tell({ type: "document", name });
  }

  async drop(name: string): Promise<void> {
    const { library } = this.#opened;
    await whenFree(library, () => documentsOf(library).drop(name));
    this.#revisions.tell({ type: "document", name });
  }

  add = (files: AsyncIterable<GivenFile>) => addPictures(this.#opened.library, files);
  albumPage = async (album: AnswersOfFaces["album"]) => albumPage(await this.faces(), album);
  copyOut = async (photos: readonly number[], to: string) => {
    const paths = photos.map((photo) => this.#pathOf(photo));
    return copyOut(this.#opened.library.root, paths, to);
  };

  watch(listener: (event: AppEvent) => void): () => void {
    return this.#revisions.watch(listener);
  }

  /** Stops what runs and closes the library. What was read is kept. */
  async close(): Promise<void> {
    this.#revisions.close();
    await this.jobs.close();
    await this.#adapting.close();
    await this.#opened.close();
  }

  #work(start: JobStart): JobWork {
    if (this.#opening) throw shelfError("busy", "jobs: expected no other folder to be opened, but one is.\n  Wait for its end.");
    return start.kind === "index" ? indexJob(this.#opened.library, start, () => this.#indexed()) : this.#adapting.work(start);
  }

  #indexed(): void {
    if (performance.now() - this.#toldAt < whileIndexing && this.jobs.someRun) return;
    this.#toldAt = performance.now();
    this.#revisions.written();
  }

  /** As a job ends; where the library cannot be read, whoever asks is told. */
  #written(): void {
    try {
      this.#revisions.written();
    } catch {} // it was moved, or its server is away
  }

  /** What was asked while the server was away is asked again. */
  #back(): void {
    try {
      this.#revisions.rise();
    } catch {} // it went away again
  }

  async #open(path: string): Promise<LibraryAbout> {
    if (!isAbsolute(path)) throw new OptionError(`folders: expected the whole path of a folder, but got ${show(path)}.`);
    if (this.#opening) throw shelfError("busy", "folders: expected no other folder to be opened, but one is.\n  Wait for its end.");
    if (this.jobs.someRun) throw shelfError("busy", "folders: expected no job to run, but one does.\n  Stop it, or wait for its end.");
    this.#opening = true;
    try {
      return await this.#exchange(path);
    } finally {
      this.#opening = false;
    }
  }

  async #exchange(path: string): Promise<LibraryAbout> {
    const before = this.#opened;
    this.#opened = await openServed(path, this.#options);
    this.#opened.onBack(() => this.#back());
    this.#sets.clear();
    this.#revisions.rise();
    await before.close();
    return this.about();
  }

  #pathOf(photo: number): string {
    const path = this.#opened.pathOf(photo);
    if (path !== undefined) return path;
    throw shelfError("missing", `photos: expected the id of a photo, but ${photo} is none.`);
  }
}

/** A photo whose file is gone is missing, like one that never was. */
async function missingOrNot<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const gone = (error as NodeJS.ErrnoException).code === "ENOENT" || /there is no such file/.test((error as Error).message);
    throw gone ? shelfError("missing", "photos: expected the photo's file, but there is no such file any more.") : error;
  }
}
