import { accessSync, constants, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { inFileWords } from "@semblant/core/internals";

/**
 * Refuses a place that cannot be written to, before the work whose answer would go there: a folder where the file should be, a file on
 * the way, no permission, a read-only file system, a name that is too long. Nothing is made or changed.
 *
 * @param kind what will be there: a file, or a folder with files
 * @throws DataError if it cannot be written, in the words of `inFileWords`
 */
export function checkWritable(path: string, kind: "file" | "folder" = "file"): void {
  try {
    const there = statSync(path, { throwIfNoEntry: false });
    if (kind === "file" && there?.isDirectory()) throw failure("EISDIR", "open");
    if (kind === "folder" && there !== undefined && !there.isDirectory()) throw failure("ENOTDIR", "mkdir");
    const from = kind === "folder" && there !== undefined ? resolve(path) : dirname(resolve(path));
    const nearest = firstThere(from);
    if (!statSync(nearest).isDirectory()) throw failure("ENOTDIR", kind === "folder" ? "mkdir" : "open");
    accessSync(nearest, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw inFileWords(error, path);
  }
}

/** The folder, or the nearest above it that is there. */
function firstThere(folder: string): string {
  for (let at = folder; ; at = dirname(at)) if (statSync(at, { throwIfNoEntry: false }) !== undefined || at === dirname(at)) return at;
}

/** What the system would say of it. */
function failure(code: string, syscall: string): Error {
  return Object.assign(new Error(code), { code, syscall });
}
