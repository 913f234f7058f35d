import { chmodSync, closeSync, existsSync, openSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { makeFolder } from "@semblant/files/internals";

/** What holds faces or embeddings is its owner's alone. */
export const privateFile = 0o600;
export const privateFolder = 0o700;

/** Makes a folder that only its owner may enter, those above it as well where they are missing; one that is there stays as it is. */
export function makePrivateFolder(path: string): void {
  try {
    makeFolder(path, privateFolder);
  } catch (error) {
    throw (error as Error).cause ?? error; // what the system said, for the library's own words
  }
}

/** Makes an empty file that only its owner may read, before anything is written to it. */
export function makePrivateFile(path: string): void {
  if (!existsSync(path)) closeSync(openSync(path, "a", privateFile));
}

/** Takes from everybody else what they may do with a file or folder; where it is another's, it stays as it is. */
export function takeFromOthers(path: string): void {
  const mode = statSync(path, { throwIfNoEntry: false })?.mode;
  if (mode === undefined || (mode & 0o077) === 0) return;
  try {
    chmodSync(path, mode & 0o700);
  } catch (error) {
    if (!["EPERM", "EACCES", "EROFS"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  }
}

/** A library and all that lies beside it; its folder too where that is a library's own. */
export function makeLibraryPrivate(path: string, beside: readonly string[]): void {
  const folder = dirname(path);
  if (/[\\/]\.semblant$/.test(folder)) takeFromOthers(folder);
  for (const place of [path, `${path}-wal`, `${path}-shm`, `${path}.lock`, `${path}.token`, ...beside]) takeFromOthers(place);
}
