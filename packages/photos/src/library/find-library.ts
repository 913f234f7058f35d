import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { DataError } from "@semblant/core";
import { notUtf8 } from "../pictures/missing-file.ts";

/**
 * The folder that a path is in and that has a library, the nearest; undefined if there is none.
 *
 * @example
 * findLibrary("no/such/folder"); // undefined
 */
export function findLibrary(path: string): string | undefined {
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    if (existsSync(join(folder, ".semblant", "library.sqlite"))) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}

/** @throws DataError if there is no such folder */
export function refuseMissing(folder: string): void {
  if (existsSync(folder)) return;
  const why = folder.includes("\ufffd") ? `: ${notUtf8}` : "";
  throw new DataError(`library: expected a folder of photos, but there is no ${folder}${why}.`);
}
