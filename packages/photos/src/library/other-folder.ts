import { DataError } from "@semblant/core";
import { count } from "./folder-tables.ts";
import { pathMatcher } from "./glob.ts";
import type { LibraryFile } from "./open-file.ts";
import { isFound, type Walk } from "./walk.ts";

/** What a walk came to, of which it is asked whether it was through the library's folder. */
export interface Walked {
  readonly root: string;
  readonly walk: Walk;
  /** Photos from this number on came while others walked: they stay. */
  readonly before: number;
  /** What the person leaves out now: photos that go by that are no surprise. */
  readonly exclude: readonly string[];
}

/** So many photos may go at once, whatever part of the library they are. */
const few = 20;

const forAnother = "  For another folder name another library: --library postgres://.../DATABASE?schema=NAME\n";

/**
 * A library on a server says nothing of its folder, and its usual name is the same for everybody. So another folder's photos are told by
 * what they are: none of the known paths is there, most of those that are have other sizes, or most of the known photos would be dropped.
 * A photo that has a new path, told by its size, is not dropped.
 *
 * @throws DataError if the folder looks like another
 */
export function refuseOtherFolder(file: LibraryFile, walked: Walked): void {
  const { root, walk } = walked;
  const known = count(file, "photos");
  if (file.kind === "sqlite" || known === 0) return; // a file lies in its folder, or keeps its name
  const folder = `index: expected ${root} to be the folder of the library's ${known} photos`;
  if (file.prepare("SELECT 1 FROM photos p JOIN found f ON f.path = p.path WHERE f.walk = ? LIMIT 1").get(walk.key) === undefined) {
    throw new DataError(`${folder}, but none of them is there.\n  Name the folder from which their paths start.`);
  }
  const { again, alike } = file
    .prepare(
      `SELECT count(*) AS again, count(*) FILTER (WHERE f.bytes = p.bytes) AS alike
       FROM photos p JOIN found f ON f.path = p.path WHERE f.walk = ? AND f.bytes IS NOT NULL`,
    )
    .get(walk.key) as { again: number; alike: number };
  if (2 * alike < again) {
    throw new DataError(
      `${folder}, but of the ${again} there with their names, ${again - alike} are other photos.\n` +
        `${forAnother}  If these were only edited: semblant index --same-folder`,
    );
  }
  const gone = goneBy(file, walked, known);
  if (!isMost(gone, known)) return;
  throw new DataError(`${folder}, but ${gone} of them are not there.\n${forAnother}  If these were deleted: semblant index --same-folder`);
}

const isMost = (gone: number, known: number): boolean => gone > few && 2 * gone > known;

/** How many of the known photos would be dropped. */
function goneBy(file: LibraryFile, { walk, before, exclude }: Walked, known: number): number {
  const gone = `photos t WHERE NOT ${isFound(walk)} AND id < ${before}`;
  const all = count(file, gone);
  if (!isMost(all, known)) return all;
  const isExcluded = pathMatcher(exclude);
  const anew = newBySize(file, walk);
  let left = 0;
  for (const { path, bytes } of file.prepare(`SELECT path, bytes FROM ${gone}`).all() as { path: string; bytes: number }[]) {
    if (isExcluded(path)) continue;
    const moved = anew.get(bytes) ?? 0;
    if (moved > 0) anew.set(bytes, moved - 1);
    else left++;
  }
  return left;
}

/** How many files of each size are at paths that the library does not know. */
function newBySize(file: LibraryFile, { key }: Walk): Map<number, number> {
  const rows = file
    .prepare(
      `SELECT f.bytes, count(*) FROM found f WHERE f.walk = ? AND f.bytes IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM photos p WHERE p.path = f.path) GROUP BY f.bytes`,
    )
    .raw()
    .all(key) as [number, number][];
  return new Map(rows);
}
