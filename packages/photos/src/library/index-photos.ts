import { setTimeout as pause } from "node:timers/promises";
import { isWalked } from "../queue/presence.ts";
import { refuseUnused, rememberExclusions, rememberedExclusions } from "./exclusions.ts";
import { fileWalk } from "./file-walk.ts";
import { findPhotos } from "./find-photos.ts";
import { count, dropGone, knownErrors, nextPhoto, refuseEmptied } from "./folder-tables.ts";
import { type IndexOptions, limitsOf } from "./index-options.ts";
import type { IndexStep, IndexSummary } from "./index-steps.ts";
import type { LibraryFile } from "./open-file.ts";
import { refuseOtherFolder } from "./other-folder.ts";
import { WalkNotes } from "./passed-over.ts";
import { photoRemarks } from "./photo-remarks.ts";
import { type Indexing, readListed } from "./read-listed.ts";
import { serverWalk } from "./server-walk.ts";
import { pruneThumbnails } from "./thumbnail-store.ts";
import { triedWith } from "./tried-with.ts";
import { noteFound } from "./walk.ts";

export type { IndexOptions } from "./index-options.ts";
export type { IndexStep, IndexSummary } from "./index-steps.ts";

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
 * @throws DataError if the folder cannot be read, it is another than the library's, or an exclusion leaves nothing out; the reader's
 *   and SQLite's own
 */
export async function* indexPhotos(indexing: Indexing, options: IndexOptions): AsyncGenerator<IndexStep, IndexSummary> {
  const { file, root, patience } = indexing;
  const { followLinks = false, retry = false, signal } = options;
  const remembered = options.exclude === undefined ? rememberedExclusions(file) : [];
  const exclude = options.exclude ?? remembered;
  const began = performance.now();
  const notes = new WalkNotes();
  const walk = await patience.ask(() => (file.kind === "sqlite" ? fileWalk(file) : serverWalk(file)));
  try {
    const before = await patience.ask(() => nextPhoto(file));
    const noted = await noteFound(file, walk, { found: findPhotos(root, { exclude, followLinks, notes }), patience, signal });
    await patience.ask(() => refuseEmptied(file, root, walk));
    const walked = { root, walk, before, exclude: options.exclude ?? [] };
    if (options.sameFolder !== true) await patience.ask(() => refuseOtherFolder(file, walked));
    if (options.exclude !== undefined) {
      await refuseUnused(root, exclude, notes);
      await patience.ask(() => rememberExclusions(file, exclude));
    }
    await patience.ask(() => indexing.begin());
    const listed = await patience.ask(() => {
      const todo = walk.list(retry ? undefined : triedWith(limitsOf(options)));
      return { todo, total: count(file, `found WHERE walk = ${walk.key}`) - noted.links.length, errors: knownErrors(file, walk) };
    });
    const { counts, rows, left } = yield* readListed(indexing, options, { ...listed, walk });
    const dropped = await patience.ask(() => dropGone(file, rows, { walk, before }));
    if (dropped + counts.read > 0) pruneThumbnails(file, file.name);
    return {
      ...(await patience.ask(() => asItIs(file))),
      ...counts.changes(),
      ...left,
      dropped,
      failed: noted.failed + counts.failed,
      links: noted.links,
      passedOver: notes.passedOver(),
      remembered,
      seconds: (performance.now() - began) / 1000,
    };
  } finally {
    await patience.unlessAway(() => walk.end());
  }
}

/**
 * Reads photos that others list in a server's queue, until none is left that this process can see, or for ever. Where somebody still
 * looks through the folder, the queue is waited for.
 *
 * @returns the summary, at the end: nothing in it is of a walk
 * @throws DataError as an index does, and where none of many photos is in the folder
 */
export async function* readQueue(indexing: Indexing, options: IndexOptions): AsyncGenerator<IndexStep, IndexSummary> {
  const { file, patience } = indexing;
  const began = performance.now();
  const todo = await firstJobs(indexing, options);
  const { counts, left } = yield* readListed(indexing, options, { todo, total: todo, errors: 0, byOthers: true });
  return {
    ...(await patience.ask(() => asItIs(file))),
    ...counts.changes(),
    ...left,
    dropped: 0,
    failed: counts.failed,
    links: [],
    passedOver: new WalkNotes().passedOver(),
    remembered: [],
    seconds: (performance.now() - began) / 1000,
  };
}

/** Milliseconds between two looks at a queue that is still to be filled. */
const betweenLooks = 500;

/** How many photos a queue has, as soon as it has one or nobody is about to fill it. */
async function firstJobs({ file, patience }: Indexing, { wait = false, signal }: IndexOptions): Promise<number> {
  for (;;) {
    const walked = !wait && (await patience.ask(() => isWalked(file))); // asked first: what a walk finds is listed as it ends
    const todo = await patience.ask(() => count(file, "jobs"));
    if (todo > 0 || !walked) return todo;
    await pause(betweenLooks, undefined, { signal });
  }
}

/** What the library knows now. */
function asItIs(file: LibraryFile): Pick<IndexSummary, "photos" | "faces" | "errors" | "remarks"> {
  return {
    photos: count(file, "photos"),
    faces: count(file, "faces"),
    errors: file.prepare("SELECT path, reason FROM errors ORDER BY path").all() as { path: string; reason: string }[],
    remarks: photoRemarks(file),
  };
}
