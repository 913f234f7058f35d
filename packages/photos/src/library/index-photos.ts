import { type JobRows, readJobs } from "../queue/read-jobs.ts";
import type { PhotoReader } from "../reading/readers.ts";
import { refuseUnused, rememberExclusions, rememberedExclusions } from "./exclusions.ts";
import { findPhotos } from "./find-photos.ts";
import { count, dropGone, goneNow, noteFound, noteTodo, refuseEmptied } from "./folder-tables.ts";
import { type IndexOptions, limitsOf } from "./index-options.ts";
import { type IndexStep, type IndexSummary, StepCounts } from "./index-steps.ts";
import type { LibraryFile } from "./open-file.ts";
import { WalkNotes } from "./passed-over.ts";
import { photoRemarks } from "./photo-remarks.ts";
import type { PhotoRows } from "./photo-rows.ts";
import { pruneThumbnails } from "./thumbnail-store.ts";
import { todoJobs } from "./todo-jobs.ts";
import { dependsOn, triedWith } from "./tried-with.ts";

export type { IndexOptions } from "./index-options.ts";
export type { IndexStep, IndexSummary } from "./index-steps.ts";

/** What indexing works with. */
export interface Indexing {
  readonly file: LibraryFile;
  /** Asked for after the readers, whose model may be the library's first. */
  rows(): PhotoRows;
  readonly root: string;
  /** `count` readers of faces; called only if there is something to read. */
  openReaders(count: number): Promise<readonly PhotoReader[]>;
}

/**
 * Brings a library up to date with its folder.
 *
 * Files of the same size and time as before are left alone; others are hashed, and only what no known file holds is read. Then what is
 * gone is dropped, except in folders that cannot be read now. Each photo is one transaction.
 *
 * A photo is given up only if it fails by itself (see `readJobs`), and is tried again when anything about the cause may have changed (see
 * `triedWith`).
 *
 * @returns the summary, at the end
 * @throws OptionError if an option is unknown or out of range
 * @throws DataError if the folder cannot be read, none of its photos are there any more, or an exclusion leaves nothing out; the reader's
 *   and SQLite's own
 */
export async function* indexPhotos(indexing: Indexing, options: IndexOptions, workers: number): AsyncGenerator<IndexStep, IndexSummary> {
  const { file, root } = indexing;
  const { followLinks = false, retry = false, signal } = options;
  const remembered = options.exclude === undefined ? rememberedExclusions(file) : [];
  const exclude = options.exclude ?? remembered;
  const began = performance.now();
  const notes = new WalkNotes();
  const walk = await noteFound(file, findPhotos(root, { exclude, followLinks, notes }), signal);
  refuseEmptied(file, root);
  if (options.exclude !== undefined) {
    await refuseUnused(root, exclude, notes);
    rememberExclusions(file, exclude);
  }
  const total = count(file, "found") - walk.links.length;
  const tried = triedWith(limitsOf(options));
  const todo = noteTodo(file, retry ? undefined : tried);
  const errors = count(file, "errors e WHERE e.path IN (SELECT path FROM found) AND e.path NOT IN (SELECT path FROM todo)");
  const gone = goneNow(file);
  const readers = todo === 0 ? [] : await indexing.openReaders(Math.min(workers, todo));
  const rows = indexing.rows();
  const counts = new StepCounts(file, { total, todo, errors });
  const kept: JobRows = {
    knows: (hash) => rows.knows(hash),
    write: (state, reading) => rows.write(state, reading),
    adopt: (state, hash) => rows.adopt(state, hash, gone),
    fail: (state, unread) => rows.fail(state, unread.reason, dependsOn(unread, tried)),
  };
  for await (const end of readJobs({ jobs: todoJobs(file, rows), rows: kept, root, readers, signal })) {
    const step = counts.step(end);
    if (step !== undefined) yield step;
  }
  const dropped = dropGone(file, rows);
  if (dropped + counts.read > 0) pruneThumbnails(file, file.name);
  return {
    photos: count(file, "photos"),
    faces: count(file, "faces"),
    ...counts.changes(),
    dropped,
    errors: file.prepare("SELECT path, reason FROM errors ORDER BY path").all() as { path: string; reason: string }[],
    failed: walk.failed + counts.failed,
    links: walk.links,
    passedOver: notes.passedOver(),
    remembered,
    remarks: photoRemarks(file),
    seconds: (performance.now() - began) / 1000,
  };
}
