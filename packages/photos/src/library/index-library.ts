import { OptionError } from "@semblant/core";
import type { ModelCard } from "@semblant/faces";
import { Patience } from "../queue/patience.ts";
import { inOurWords } from "./failures.ts";
import { type IndexOptions, limitsOf } from "./index-options.ts";
import { type IndexStep, type IndexSummary, indexPhotos, readQueue } from "./index-photos.ts";
import { admitIndexing } from "./indexing-lock.ts";
import type { SettlingModel } from "./library-model.ts";
import { closeAll, type LibraryReaders } from "./library-readers.ts";
import type { LibraryFile } from "./open-file.ts";
import type { PhotoRows } from "./photo-rows.ts";
import type { Indexing } from "./read-listed.ts";
import { refuseOtherSmallest, rememberSmallest } from "./smallest-face.ts";

/** An open library, as an index needs it. */
export interface Indexed {
  readonly file: LibraryFile;
  readonly path: string;
  readonly root: string;
  readonly readers: LibraryReaders;
  /** Asked for after the model is settled. */
  rows(): PhotoRows;
  /** Makes a reader's model the library's, or sees that it is. */
  settle(card: ModelCard, how: SettlingModel): void;
}

/** Indexes an open library, or reads what others list in its queue. */
export async function* indexLibrary(library: Indexed, options: IndexOptions): AsyncGenerator<IndexStep, IndexSummary> {
  const { file, path, readers } = library;
  if (options.asWorker === true && file.kind === "sqlite") throw noQueue(path);
  const lock = admitIndexing(path, file, { alone: options.unlessBusy === true });
  const how = { replace: options.replaceModel ?? false, asWorker: options.asWorker ?? false };
  const open = (count: number) =>
    readers.open(count, { ...limitsOf(options), signal: options.signal }, (card) => library.settle(card, how));
  const indexing: Indexing = {
    file,
    root: library.root,
    rows: library.rows,
    openReaders: open,
    agree: (card) => library.settle(card, { ...how, replace: false }),
    async begin() {
      rememberSmallest(file, readers.smallest);
      if (options.replaceModel === true) await closeAll(await open(1));
    },
    patience: new Patience(file, options.signal),
    workers: options.workers ?? readers.usual,
  };
  try {
    if (options.asWorker === true) admitWorker(file, readers.smallest);
    return yield* options.asWorker === true ? readQueue(indexing, options) : indexPhotos(indexing, options);
  } catch (error) {
    throw inOurWords(error, path);
  } finally {
    lock.release();
  }
}

/** A worker reads as its library does, and finds that it may write before it looks into the queue. */
function admitWorker(file: LibraryFile, smallest: number | undefined): void {
  refuseOtherSmallest(file, smallest);
  file
    .transaction(() => {
      for (const table of ["workers", "jobs", "photos", "faces"]) file.exec(`DELETE FROM ${table} WHERE false`);
    })
    .concurrent();
}

/** What a worker is told whose library is a file. */
export function noQueue(path: string): OptionError {
  return new OptionError(
    `index: expected a library on a server for a worker, but ${path} is a file, which one process fills.\n` +
      "  Name the server: --library postgres://USER@HOST/DATABASE",
  );
}
