import type { Dirent, Stats } from "node:fs";
import { opendir, realpath, stat } from "node:fs/promises";
import { join, sep } from "node:path";
import { DataError } from "@semblant/core";
import { isPictureName } from "@semblant/core/internals";
import { notUtf8 as renameIt } from "../pictures/missing-file.ts";
import { pathMatcher } from "./glob.ts";
import { WalkNotes } from "./passed-over.ts";

/** What a walk comes upon: a photo, a link out of the folder that is not followed, or a place that cannot be read. */
export type Found =
  | { readonly path: string; readonly linkOut: true }
  | { readonly path: string; readonly bytes: number; readonly modified: number }
  | { readonly path: string; readonly reason: string; readonly folder: boolean };

const left = new Set(["@eaDir", "node_modules", "__MACOSX"]);

/**
 * Every photo in a folder and those below it, in no order that matters, paths from the folder with `/` between names. Photos are told by
 * the endings of their names (`pictureEndings`); what a file is, its bytes say when it is read.
 *
 * Names that begin with a dot and folders that programs keep thumbnails in are left out, and so is what `exclude` matches (see
 * {@link pathMatcher}). Links within the folder are followed; those that lead out of it only with `followLinks`, else they are named. A
 * folder that was walked already is not walked again, whatever leads to it, and a link to a photo that is in the folder itself is left
 * out. A folder that cannot be read, a link that leads nowhere, or a name that is not UTF-8, is named with its reason.
 * Everything else is counted in `notes`.
 */
export async function* findPhotos(root: string, options: WalkOptions = {}): AsyncGenerator<Found> {
  const { followLinks = false, notes = new WalkNotes() } = options;
  const exclusions = (options.exclude ?? []).map((pattern) => ({ pattern, matches: pathMatcher([pattern]) }));
  const seen = new Set<string>();
  const top = await realpath(root);
  const folders = [""];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const place = join(root, folder);
    try {
      const { dev, ino } = await stat(place, { bigint: true });
      if (seen.has(`${dev}:${ino}`)) continue;
      seen.add(`${dev}:${ino}`);
      for await (const entry of await opendir(place)) {
        const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
        const by = exclusions.filter(({ matches }) => matches(path)).map(({ pattern }) => pattern);
        if (by.length > 0) notes.excluded(path, entry.isDirectory(), by);
        else if (entry.name.startsWith(".")) notes.hidden(entry.name);
        else if (left.has(entry.name)) notes.program();
        if (by.length > 0 || entry.name.startsWith(".") || left.has(entry.name)) continue;
        const found = await lookAt(entry, join(root, path), { top, followLinks });
        if (found === "folder") folders.push(path);
        else if (found === "other file") notes.file(entry.name);
        else if (found === "link out") yield { path, linkOut: true };
        else if (found !== undefined && "reason" in found) yield { path, reason: found.reason, folder: false };
        else if (found !== undefined) yield { path, bytes: found.size, modified: found.mtimeMs };
      }
    } catch (error) {
      if (folder === "") throw new DataError(`library: expected to read the folder ${root}, but it cannot be read (${code(error)}).`);
      yield {
        path: folder,
        reason: code(error) === "ENOENT" && notUtf8(folder) ? renameIt : `the folder cannot be read (${code(error)})`,
        folder: true,
      };
    }
  }
}

/** How a folder is walked. */
export interface WalkOptions {
  /** Patterns of paths to leave out (none). */
  readonly exclude?: readonly string[];
  /** Whether links that lead out of the folder are followed (false). */
  readonly followLinks?: boolean;
  /** Is told what is passed over. */
  readonly notes?: WalkNotes;
}

type Look = "folder" | "link out" | "other file" | Stats | { readonly reason: string } | undefined;

async function lookAt(
  entry: Dirent,
  place: string,
  { top, followLinks }: { readonly top: string; readonly followLinks: boolean },
): Promise<Look> {
  if (entry.isDirectory()) return "folder";
  const named = isPictureName(entry.name);
  if (!entry.isSymbolicLink() && !named) return "other file";
  try {
    const stats = await stat(place);
    if (!stats.isDirectory() && !named) return "other file";
    if (!stats.isDirectory() && !stats.isFile()) return { reason: "it is a pipe or a device, not a file" };
    const target = entry.isSymbolicLink() ? await realpath(place) : undefined;
    const inside = target === undefined || target === top || target.startsWith(top.endsWith(sep) ? top : top + sep);
    if (!inside && !followLinks) return "link out";
    if (stats.isDirectory()) return "folder";
    return target !== undefined && inside ? undefined : stats;
  } catch (error) {
    if (!named) return "other file";
    const nowhere = ["ENOENT", "ELOOP"].includes(code(error));
    if (nowhere && !entry.isSymbolicLink()) return notUtf8(entry.name) ? { reason: renameIt } : undefined; // gone since it was listed
    return { reason: nowhere ? "the link leads nowhere" : `the file cannot be read (${code(error)})` };
  }
}

/** Bytes that are none stand as U+FFFD, by which the file is not found again. */
function notUtf8(name: string): boolean {
  return name.includes("\ufffd");
}

function code(error: unknown): string {
  return String((error as { code?: unknown }).code ?? (error as Error).message);
}
