import { mkdirSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { inFileWords, makeFolders } from "@semblant/core/internals";

/**
 * Makes a folder and those above it that are missing.
 *
 * @param mode who may do what with each, less the umask
 * @throws DataError if it cannot be made, in the words of `inFileWords`
 */
export function makeFolder(path: string, mode = 0o777): void {
  try {
    makeFolders(resolve(path), { kindOf, dirname, mkdir: (folder) => mkdirSync(folder, mode) });
  } catch (error) {
    throw inFileWords(error, path);
  }
}

function kindOf(path: string): "folder" | "other" | undefined {
  const there = statSync(path, { throwIfNoEntry: false });
  return there && (there.isDirectory() ? "folder" : "other");
}
