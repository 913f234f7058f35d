import { DataError } from "@semblant/core";
import type { LibraryFile } from "./open-file.ts";
import type { PhotoRows } from "./photo-rows.ts";
import { isFound, type Walk } from "./walk.ts";

/**
 * A drive that is not mounted looks like a folder from which everything was deleted.
 *
 * @throws DataError if nothing is there, and the library knows photos
 */
export function refuseEmptied(file: LibraryFile, root: string, { key }: Walk): void {
  const known = count(file, "photos");
  if (known === 0) return;
  if (file.prepare("SELECT 1 FROM found WHERE walk = ? LIMIT 1").get(key) !== undefined) return;
  throw new DataError(
    `index: expected photos in ${root}, of which the library knows ${known}, but found none.\n` +
      "  Is the drive there? If they were deleted: semblant library forget .",
  );
}

/** How many of the files that a walk found could not be read before, and are not tried again. */
export function knownErrors(file: LibraryFile, { key, listed }: Walk): number {
  return count(
    file,
    `errors e WHERE e.path IN (SELECT path FROM found WHERE walk = ${key}) AND e.path NOT IN (SELECT path FROM ${listed})`,
  );
}

/** The number that no photo has yet: those that come from here on are others' finds. */
export const nextPhoto = (file: LibraryFile): number => Number(file.prepare("SELECT max(id) FROM photos").pluck().get() ?? 0) + 1;

/**
 * Drops photos and errors of files that are no longer there; returns how many photos.
 *
 * @param before photos from this number on came while others walked: they stay
 */
export function dropGone(file: LibraryFile, rows: PhotoRows, { walk, before }: { readonly walk: Walk; readonly before: number }): number {
  if (!walk.stands()) return 0; // others took it for ended, and forgot what it found: the next index drops them
  const unseen = (table: string, more = "") => file.prepare(`SELECT path FROM ${table} t WHERE NOT ${isFound(walk)}${more}`).pluck();
  const photos = unseen("photos", " AND id < ?").all(before) as string[];
  for (const path of photos) rows.drop([path]);
  for (const table of ["errors", "reading"])
    for (const path of unseen(table).all() as string[]) file.prepare(`DELETE FROM ${table} WHERE path = ?`).run(path);
  return photos.length;
}

export function count(file: LibraryFile, from: string): number {
  return file.prepare(`SELECT count(*) FROM ${from}`).pluck().get() as number;
}
