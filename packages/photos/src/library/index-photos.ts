import { join } from "node:path";
import { mostBytes } from "../pictures/file-bytes.ts";
import type { PhotoReader } from "../reading/readers.ts";
import type { Reading } from "../reading/reading.ts";
import { Ends } from "./ends.ts";
import { refuseUnused, rememberExclusions, rememberedExclusions } from "./exclusions.ts";
import { findPhotos } from "./find-photos.ts";
import { count, dropGone, goneNow, noteFound, noteTodo, refuseEmptied } from "./folder-tables.ts";
import { type IndexOptions, limitsOf } from "./index-options.ts";
import type { LibraryFile } from "./open-file.ts";
import { type PassedOver, WalkNotes } from "./passed-over.ts";
import { type PhotoRemark, photoRemarks } from "./photo-remarks.ts";
import type { Change, FileState, PhotoRows } from "./photo-rows.ts";
import { pruneThumbnails } from "./thumbnail-store.ts";
import { dependsOn, triedWith } from "./tried-with.ts";

export type { IndexOptions } from "./index-options.ts";

/** One file came to its end. */
export interface IndexStep {
  /** Files that need no more work, of all that were found. */
  readonly done: number;
  readonly total: number;
  readonly path: string;
  readonly change: Change | "failed";
  /** Faces in it. */
  readonly faces: number;
  /** Why it could not be read. */
  readonly error?: string;
  /** What is to be known of how it was read. */
  readonly remark?: string;
  /** Files so far that could not be read. */
  readonly errors: number;
  readonly secondsLeft: number;
}

/** What an index came to. */
export interface IndexSummary {
  /** In the library now. */
  readonly photos: number;
  readonly faces: number;
  readonly unchanged: number;
  readonly read: number;
  readonly moved: number;
  readonly copied: number;
  /** Photos that are no longer there. */
  readonly dropped: number;
  /** What cannot be read now, old and new, by path. */
  readonly errors: readonly { readonly path: string; readonly reason: string }[];
  /** How many of them had not failed before. */
  readonly failed: number;
  /** Links that lead out of the folder and were not followed. */
  readonly links: readonly string[];
  /** What is no photo, by its name, or was left out. */
  readonly passedOver: PassedOver;
  /** Exclusions that were not given now, but hold since an earlier index. */
  readonly remembered: readonly string[];
  /** What is to be known of photos, read now or before, by path. */
  readonly remarks: readonly PhotoRemark[];
  readonly seconds: number;
}

/** What indexing works with. */
export interface Indexing {
  readonly file: LibraryFile;
  /** Asked for after the readers, whose model may be the library's first. */
  rows(): PhotoRows;
  readonly root: string;
  /** `count` readers of faces; called only if there is something to read. */
  openReaders(count: number): Promise<readonly PhotoReader[]>;
}

/** A file that is to be read; 1 if a process ended while it was. */
type Todo = FileState & { readonly suspect: 0 | 1 };

/**
 * Brings a library up to date with its folder.
 *
 * Files of the same size and time as before are left alone; others are hashed, and only what no known file holds is read. Then what is
 * gone is dropped, except in folders that cannot be read now. Each photo is one transaction.
 *
 * A photo is given up only if it fails by itself, and is tried again when anything about the cause may have changed (see `triedWith`).
 * One in whose work a process ended, be it its own or this one, is a suspect: suspects are read last, each alone in a fresh process, and
 * one is to blame only if that process ends by itself too.
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
  const counts = { read: 0, touched: 0, moved: 0, copied: 0 };
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
  let done = total - todo;
  let failed = walk.failed;
  let errors = count(file, "errors e WHERE e.path IN (SELECT path FROM found) AND e.path NOT IN (SELECT path FROM todo)");
  const unchanged = done - errors;
  const gone = goneNow(file);
  const nextTodo = file.prepare("SELECT path, bytes, modified, suspect FROM todo WHERE n = ?");
  const setAside = file.prepare("INSERT INTO todo (path, bytes, modified, suspect) VALUES (@path, @bytes, @modified, 1)");
  const readers = todo === 0 ? [] : await indexing.openReaders(Math.min(workers, todo));
  const rows = indexing.rows();
  const idle = [...readers];
  const inWork = new Set<Todo>();
  const ends = new Ends<{ state: Todo; reading: Reading; reader: PhotoReader }>(signal);
  try {
    const first = performance.now();
    for (let next = 1, last = todo, ended = 0, alone = false; next <= last || inWork.size > 0; ) {
      signal?.throwIfAborted();
      for (; next <= last && idle.length > 0; next++) {
        const state = nextTodo.get(next) as Todo;
        if (inWork.size > 0 && (alone || state.suspect === 1)) break;
        alone = state.suspect === 1;
        inWork.add(state);
        ends.await(begin(state, idle.pop() as PhotoReader));
      }
      const { state, reading, reader } = await ends.next();
      const change = settle(state, reading);
      if (change === undefined) {
        ends.await(begin(state, reader, true)); // what it was a copy of has changed meanwhile
        continue;
      }
      inWork.delete(state);
      idle.push(reader);
      if (change === "set aside") {
        setAside.run(state);
        last++;
        continue;
      }
      done++;
      ended++;
      if (change === "gone") continue;
      const reason = "reason" in reading ? reading.reason : undefined;
      if (reason === undefined) counts[change as Change]++;
      else {
        errors++;
        failed++;
      }
      const remark = "faces" in reading ? reading.remark : undefined;
      const secondsLeft = ((performance.now() - first) / 1000 / ended) * (todo - ended);
      const faces = file.prepare("SELECT faces FROM photos WHERE path = ?").pluck().get(state.path) ?? 0;
      yield {
        done,
        total,
        path: state.path,
        change,
        faces: faces as number,
        ...(reason !== undefined && { error: reason }),
        ...(remark !== undefined && { remark }),
        errors,
        secondsLeft,
      };
    }
  } finally {
    ends.release();
    await Promise.all(readers.map((reader) => reader.close()));
    for (const { path, suspect } of inWork) if (suspect === 0) rows.release(path);
  }
  const dropped = dropGone(file, rows);
  if (dropped + counts.read > 0) pruneThumbnails(file, file.name);
  const { touched, ...others } = counts;
  return {
    photos: count(file, "photos"),
    faces: count(file, "faces"),
    unchanged: unchanged + touched,
    ...others,
    dropped,
    errors: file.prepare("SELECT path, reason FROM errors ORDER BY path").all() as { path: string; reason: string }[],
    failed,
    links: walk.links,
    passedOver: notes.passedOver(),
    remembered,
    remarks: photoRemarks(file),
    seconds: (performance.now() - began) / 1000,
  };

  async function begin(state: Todo, reader: PhotoReader, again = false) {
    if (state.suspect === 1 && !again) await reader.renew();
    await reader.card(); // a process that is still to start is not the photo's fault
    rows.begin(state.path);
    const reading: Reading =
      state.bytes > mostBytes
        ? { reason: `expected at most 512 MiB, but it has ${Math.round(state.bytes / 2 ** 20)}`, cause: "bytes" }
        : await reader.read(join(root, state.path), (hash) => again || !rows.knows(hash));
    return { state, reader, reading };
  }

  function settle(state: Todo, reading: Reading): Change | "failed" | "gone" | "set aside" | undefined {
    if ("gone" in reading) {
      file.prepare("DELETE FROM found WHERE path = ?").run(state.path);
      file.prepare("DELETE FROM reading WHERE path = ?").run(state.path);
      return "gone";
    }
    if ("reason" in reading) {
      if (reading.cause.startsWith("ended") && state.suspect === 0) return "set aside";
      rows.fail(state, reading.reason, dependsOn(reading, tried));
      return "failed";
    }
    if (!("faces" in reading)) return rows.adopt(state, reading.hash, gone);
    rows.write(state, reading);
    return "read";
  }
}
