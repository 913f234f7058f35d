import { realpathSync } from "node:fs";
import type { FaceSet, SetModel } from "@semblant/answers";
import { DataError } from "@semblant/core";
import { refuseUnknown } from "@semblant/core/internals";
import type { ModelCard } from "@semblant/faces";
import { knownClasses } from "../taught/known-classes.ts";
import { checkLibrary, type LibraryHealth } from "./check.ts";
import { addCorrection, type Correction, type CorrectionRecord, listCorrections, withdrawCorrection } from "./corrections.ts";
import { isServer } from "./dialect.ts";
import { exportLibrary } from "./export-library.ts";
import type { FaceFilter } from "./face-filter.ts";
import { facelessPhotos } from "./faceless-photos.ts";
import { inOurWords } from "./failures.ts";
import { noteFileOf } from "./file-of.ts";
import { refuseMissing } from "./find-library.ts";
import { finishIfUnfinished } from "./finish-forgetting.ts";
import { type Forgotten, forgetPath } from "./forget.ts";
import { indexLibrary } from "./index-library.ts";
import { checkIndexOptions, type IndexOptions } from "./index-options.ts";
import type { IndexStep, IndexSummary } from "./index-photos.ts";
import { whileClaimed } from "./indexing-lock.ts";
import { readIfWhole, readModel, type SettlingModel, settleModel } from "./library-model.ts";
import { LibraryReaders } from "./library-readers.ts";
import { mendLibrary } from "./mend-library.ts";
import type { Mended } from "./mended.ts";
import { type Named, settleNamed } from "./named-model.ts";
import type { Neighbors } from "./near.ts";
import type { LibraryFile } from "./open-file.ts";
import type { LibraryParts, OpenLibraryOptions } from "./open-options.ts";
import { openPlace } from "./open-place.ts";
import { type PhotoRemark, photoRemarks } from "./photo-remarks.ts";
import { PhotoRows } from "./photo-rows.ts";
import { readFaceSet } from "./read-face-set.ts";
import { rescuedModel } from "./rescue-card.ts";
import { SearchIndexes } from "./search-indexes.ts";
import type { Searching } from "./search-library.ts";
import { ServerNeighbors } from "./server-neighbors.ts";
import { checkSmallest, rememberedSmallest } from "./smallest-face.ts";
import { whyUnmatched } from "./unmatched.ts";
import { remakeVectors, vectorsAligned } from "./vector-table.ts";

export { fileOf } from "./file-of.ts";
export type { OpenLibraryOptions } from "./open-options.ts";

/**
 * Opens the library of a folder of photos: one SQLite file, or a schema of a PostgreSQL server, made if it is missing. `Library.index`
 * fills it.
 *
 * @throws DataError if the folder or (to be read) the library is missing; if what is there is damaged, no library, of another version or
 * folder, or cannot be written; if the server cannot be asked, or lacks pgvector or a right
 *
 * @example
 * await openLibrary("no/such/folder"); // throws DataError: library: expected a folder of photos, but there is no no/such/folder.
 */
export function openLibrary(folder: string, options: OpenLibraryOptions = {}): Promise<Library> {
  return openedIn(folder, options, true);
}

/** The same of a library that is there: one on a server is not made by being asked. */
export function openMade(folder: string, options: OpenLibraryOptions): Promise<Library> {
  return openedIn(folder, options, false);
}

async function openedIn(folder: string, options: OpenLibraryOptions, make: boolean): Promise<Library> {
  refuseUnknown("openLibrary", options, ["file", "reader", "model", "smallest", "readonly", "patience"]);
  checkSmallest("openLibrary", options.smallest);
  refuseMissing(folder);
  const root = realpathSync(folder);
  const { file, path, vectors } = await openPlace(root, options, make);
  try {
    const known = { rescued: await rescuedModel(file, options.model), named: await settleNamed(file, options) };
    return new Library({ file, path, root, vectors, options, ...known });
  } catch (error) {
    file.close();
    throw inOurWords(error, path);
  }
}

let opened: (library: Library) => { readonly readers: LibraryReaders; searching(): Searching };
/** What searching an open library works with. */
export function searchingOf(library: Library): Searching {
  return opened(library).searching();
}

export const readersOf = (library: Library): LibraryReaders => opened(library).readers;

/**
 * A folder's photos, faces and what people said of them. Made by {@link openLibrary}. What is asked of it are functions: `album`, `best`,
 * `search`, `cluster`, `classify`, `audit`, `teach`.
 */
export class Library {
  /** The folder that photos' paths start from, and the library's file, or its server's address without a password. */
  readonly root: string;
  readonly path: string;
  readonly #file: LibraryFile;
  readonly #vectors: boolean;
  readonly #readers: LibraryReaders;
  readonly #indexes: Neighbors;
  readonly #rescued: SetModel | undefined;
  readonly #finished: boolean;
  #named: Named;
  #model: SetModel | undefined;

  constructor({ file, path, root, vectors, options, rescued, named }: LibraryParts) {
    this.root = root;
    this.path = path;
    this.#file = file;
    noteFileOf(this, file);
    this.#vectors = vectors;
    this.#readers = new LibraryReaders({ ...options, smallest: options.smallest ?? rememberedSmallest(file) });
    this.#indexes = isServer(file) ? new ServerNeighbors(file) : new SearchIndexes(file, { path, vectors });
    this.#rescued = rescued;
    this.#named = named;
    this.#model = rescued === undefined ? readIfWhole(file) : rescued;
    const dimensions = this.#model?.dimensions;
    this.#finished = !file.readonly && finishIfUnfinished(file, { path, dimensions, vectors });
    if (dimensions !== undefined && vectors && !file.readonly && !vectorsAligned(file)) remakeVectors(file, dimensions);
  }

  /**
   * Brings the library up to date with its folder, a step a file; see {@link IndexOptions}. Stopped or killed, it loses what is in work.
   *
   * @returns the generator's value at its end: an {@link IndexSummary}
   * @throws OptionError if an option is unknown or out of range
   * @throws DataError while another process indexes, if the folder cannot be read, the disk is full, or the reader's model is another
   */
  index(options: IndexOptions = {}): AsyncGenerator<IndexStep, IndexSummary> {
    checkIndexOptions(options);
    return indexLibrary(
      {
        file: this.#file,
        path: this.path,
        root: this.root,
        readers: this.#readers,
        rows: () => new PhotoRows(this.#file, this.#vectors && this.#model !== undefined),
        settle: (card, how) => this.#settle(card, how),
      },
      options,
    );
  }

  /**
   * The faces that a filter lets through, with their photos and embeddings, in memory, without what corrections hide or call no face.
   *
   * @throws DataError if nothing was indexed yet
   */
  faceSet(filter: FaceFilter = {}): FaceSet {
    const set = this.#reading(() => readFaceSet({ file: this.#file, model: this.model, root: this.root }, filter));
    return { ...set, library: this.path };
  }

  /** Paths of the photos in which no face was found, of all or of a filter's folder: what no answer about faces is about. */
  withoutFaces(filter: FaceFilter = {}): string[] {
    return this.#reading(() => facelessPhotos(this.#file, filter));
  }

  /** The model that the embeddings are of, without its network. */
  get model(): SetModel {
    const { refused, model } = this.#named;
    if (refused !== undefined) throw refused;
    if (model !== undefined) return model;
    this.#model = readModel(this.#file, this.#model, this.#rescued);
    if (this.#model !== undefined) return this.#model;
    const begin = `semblant index ${this.root}${isServer(this.#file) ? ` --library ${this.path}` : ""}`;
    throw new DataError(`library: expected faces in ${this.path}, but nothing was indexed yet.\n  Begin with: ${begin}`);
  }

  /**
   * Keeps what a person says of a face or photo; see {@link Correction}. Corrections outlive re-indexing, moves and another model.
   *
   * @returns its id, for {@link withdraw}
   * @throws OptionError if it is of no known kind, or a label is almost the name of a class
   * @throws DataError if it is about nothing in the library, or contradicts another
   */
  correct(correction: Correction): number {
    return this.#reading(() => addCorrection(this.#file, correction, this.model.classes));
  }

  /** Takes a correction back. */
  withdraw(id: number): void {
    this.#reading(() => withdrawCorrection(this.#file, id));
  }

  /** Every correction that stands, the oldest first. */
  corrections(): CorrectionRecord[] {
    return this.#reading(() => listCorrections(this.#file));
  }

  /** How much it knows. */
  counts(): { readonly photos: number; readonly faces: number } {
    const count = (table: string) => this.#file.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number;
    return this.#reading(() => ({ photos: count("photos"), faces: count("faces") }));
  }

  /** What is to be known of how photos were read, by path. */
  remarks(): PhotoRemark[] {
    return this.#reading(() => photoRemarks(this.#file));
  }

  /** Why a filter lets no face through, in words; undefined where it lets one through, or the library has no face. */
  unmatched(filter: FaceFilter): string | undefined {
    return this.#reading(() => whyUnmatched(this.#file, filter, this.model.classes));
  }

  /** How the library is: counts, what is wrong with it, what could not be read, what is missing. Changes nothing. */
  check(): LibraryHealth {
    const parts = { root: this.root, path: this.path, model: this.#rescued ?? readIfWhole(this.#file), vectors: this.#vectors };
    return this.#reading(() => checkLibrary(this.#file, parts));
  }

  /**
   * Mends what is damaged in rows, and makes search's table and the file's own order anew. What cannot be mended is dropped, and read
   * again from its photo by the next index. A file that SQLite itself cannot read needs `repairLibrary`.
   */
  repair(): Mended {
    return whileClaimed(this.path, this.#file, () =>
      this.#reading(() => {
        this.#indexes.forget();
        return mendLibrary(this.#file, { path: this.path, card: this.#rescued?.card, vectors: this.#vectors });
      }),
    );
  }

  /** Writes the faces that a filter lets through as JSON, CSV, NPY, TSV or Parquet, by the file's ending; returns the files. */
  async exportTo(path: string, filter: FaceFilter = {}): Promise<string[]> {
    return exportLibrary(path, this.faceSet(filter), this.corrections());
  }

  /**
   * Removes every trace of a photo or folder from the library; the photos themselves stay, and the next index would find them again.
   *
   * @param path from the library's folder, or absolute; `.` is everything
   * @throws DataError if the library knows nothing of it, or another process indexes or reads
   */
  forget(path: string): Forgotten {
    return whileClaimed(this.path, this.#file, () => {
      this.#indexes.forget();
      return this.#reading(() => {
        const model = readModel(this.#file, this.#model, this.#rescued);
        return forgetPath(this.#file, path, { root: this.root, path: this.path, model, vectors: this.#vectors, finished: this.#finished });
      });
    });
  }

  /** Whether it may only be read: nothing that is asked of it is written then. */
  get readonly(): boolean {
    return this.#file.readonly;
  }

  static {
    opened = (library) => ({ readers: library.#readers, searching: () => library.#searching() });
  }

  #searching(): Searching {
    return {
      file: this.#file,
      root: this.root,
      path: this.path,
      model: this.model,
      classes: () => knownClasses({ root: this.root, library: this.path, database: this.#file }, this.model),
      openReader: () => this.#readers.of(this.model),
      readPhoto: (place: string) => this.#readers.readPhoto(place, this.model),
      near: (vector, looking) => this.#indexes.near(vector, { ...looking, model: this.model }),
      openCodes: () => this.#indexes.codes(this.model),
    };
  }

  /** Closes the file and the reader; the library must not be used afterwards. */
  close(): void {
    this.#readers.close();
    this.#file.close();
  }

  [Symbol.dispose] = (): void => this.close();

  #reading<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw inOurWords(error, this.path);
    }
  }

  #settle(card: ModelCard, how: SettlingModel): void {
    const settling = { ...how, vectors: this.#vectors, rescued: this.#rescued, named: this.#named.given };
    this.#model = settleModel(this.#file, card, settling);
    this.#named = { given: this.#named.given };
  }
}
