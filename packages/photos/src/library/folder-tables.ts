import { DataError } from "@semblant/core";
import type { Found } from "./find-photos.ts";
import type { LibraryFile } from "./open-file.ts";
import { failedAnew, type PhotoRows } from "./photo-rows.ts";
import { closelyRead, rememberedSmallest } from "./smallest-face.ts";
import type { TriedWith } from "./tried-with.ts";

/** Walks the folder into the table `found`, which is this connection's alone and on the disk, so that memory stays as it is. */
export async function noteFound(
  file: LibraryFile,
  walk: AsyncIterable<Found>,
  signal: AbortSignal | undefined,
): Promise<{ readonly links: readonly string[]; readonly failed: number }> {
  const links: string[] = [];
  let failed = 0;
  file.exec(
    `DROP TABLE IF EXISTS temp.found;
     CREATE TEMP TABLE found (
       path TEXT PRIMARY KEY, bytes INTEGER, modified REAL, reason TEXT, folder INTEGER NOT NULL DEFAULT 0
     ) WITHOUT ROWID`,
  );
  const add = file.prepare("INSERT INTO found VALUES (?, ?, ?, ?, ?) ON CONFLICT (path) DO NOTHING");
  const fail = file.prepare(`INSERT INTO errors (path, bytes, modified, reason) VALUES (?, 0, 0, ?) ${failedAnew}`);
  const failedBefore = file.prepare("SELECT 1 FROM errors WHERE path = ?");
  const note = file.transaction((batch: readonly Found[]) => {
    for (const found of batch) {
      if ("linkOut" in found) {
        links.push(found.path);
        add.run(found.path, null, null, "not followed", 1); // as a folder that cannot be read now: what is known behind it stays
      } else if ("reason" in found) {
        if (failedBefore.get(found.path) === undefined) failed++;
        add.run(found.path, null, null, found.reason, found.folder ? 1 : 0);
        fail.run(found.path, found.reason);
      } else add.run(found.path, found.bytes, found.modified, null, 0);
    }
  });
  let batch: Found[] = [];
  for await (const found of walk) {
    signal?.throwIfAborted();
    batch.push(found);
    if (batch.length < 500) continue;
    note(batch);
    batch = [];
  }
  note(batch);
  return { links: links.sort(), failed };
}

/** A drive that is not mounted looks like a folder from which everything was deleted. */
export function refuseEmptied(file: LibraryFile, root: string): void {
  const known = count(file, "photos");
  if (known === 0 || count(file, "found") > 0) return;
  throw new DataError(
    `index: expected photos in ${root}, of which the library knows ${known}, but found none.\n` +
      "  Is the drive there? If they were deleted: semblant library forget .",
  );
}

/**
 * Lists what has changed or is new in the table `todo`, numbered from 1; of files that failed before, those that changed, and those that
 * were tried with something else. Last come those that were in work when a process ended.
 *
 * @param tried what photos are tried with now; undefined to try all that failed
 */
export function noteTodo(file: LibraryFile, tried: TriedWith | undefined): number {
  const same = "t.path = found.path AND t.bytes = found.bytes AND t.modified = found.modified";
  file.exec(
    `DROP TABLE IF EXISTS temp.todo;
     CREATE TEMP TABLE todo (
       n INTEGER PRIMARY KEY, path TEXT NOT NULL, bytes INTEGER NOT NULL, modified REAL NOT NULL, suspect INTEGER NOT NULL
     )`,
  );
  file
    .prepare(
      `INSERT INTO todo (path, bytes, modified, suspect)
       SELECT path, bytes, modified, EXISTS (SELECT 1 FROM reading r WHERE r.path = found.path) FROM found WHERE reason IS NULL
       AND NOT EXISTS (SELECT 1 FROM photos t WHERE ${same} AND t.current = 1 AND ${closelyRead("@smallest")})
       AND NOT EXISTS (SELECT 1 FROM errors t JOIN tried USING (path) WHERE ${same} AND tried."with" IN (@decoders, @process))
       ORDER BY 4, path`,
    )
    .run({ decoders: tried?.decoders ?? null, process: tried?.process ?? null, smallest: rememberedSmallest(file) ?? null });
  return count(file, "todo");
}

/** Whether there is no longer a file at a path, as far as the walk could see. */
export function goneNow(file: LibraryFile): (path: string) => boolean {
  const found = file.prepare(
    "SELECT 1 FROM found WHERE path = @path OR (folder = 1 AND substr(@path, 1, length(path) + 1) = path || '/') LIMIT 1",
  );
  return (path) => found.get({ path }) === undefined;
}

/** Drops photos and errors of files that are no longer there; returns how many photos. */
export function dropGone(file: LibraryFile, rows: PhotoRows): number {
  const unseen = (table: string) =>
    file
      .prepare(
        `SELECT path FROM ${table} t WHERE NOT EXISTS (SELECT 1 FROM found WHERE found.path = t.path)
         AND NOT EXISTS (SELECT 1 FROM found WHERE folder = 1 AND substr(t.path, 1, length(found.path) + 1) = found.path || '/')`,
      )
      .pluck()
      .all() as string[];
  const photos = unseen("photos");
  for (const path of photos) rows.drop([path]);
  for (const table of ["errors", "reading"])
    for (const path of unseen(table)) file.prepare(`DELETE FROM ${table} WHERE path = ?`).run(path);
  return photos.length;
}

export function count(file: LibraryFile, from: string): number {
  return file.prepare(`SELECT count(*) FROM ${from}`).pluck().get() as number;
}
