import { DataError } from "@semblant/core";
import { sqliteOf } from "../database/sqlite.ts";
import { copiesBeside, removeFiles, sidecarPath } from "../taught/files-beside.ts";
import { isServer } from "./dialect.ts";
import { dropFact, fact, keepFact } from "./facts.ts";
import { claimIndexing } from "./indexing-lock.ts";
import type { LibraryFile } from "./open-file.ts";
import { pruneThumbnails } from "./thumbnail-store.ts";
import { remakeVectors } from "./vector-table.ts";

/** The fact that says: rows were forgotten, and their bytes are not yet gone. It is written with what removes the rows. */
const unfinished = "to be rewritten";

/** Says, in the transaction that removes rows, that their bytes are still to go. */
export function noteUnfinished(file: LibraryFile): void {
  keepFact(file, unfinished, 1);
}

/** Whether rows were forgotten whose bytes may still stand in the file or beside it. */
export function isUnfinished(file: LibraryFile): boolean {
  return fact(file, unfinished) !== undefined;
}

/**
 * Ends what a forgetting left: the index and the copies beside the library go, search's table and the file are written anew, and its log
 * is emptied. On a server only thumbnails are left to do. Whatever ends the process in between, the note stays until nothing is left to do.
 *
 * @throws DataError if another process reads the log; the note stays
 */
export function finishForgetting(
  file: LibraryFile,
  { path, dimensions, vectors }: { readonly path: string; readonly dimensions: number | undefined; readonly vectors: boolean },
): void {
  if (isServer(file)) {
    pruneThumbnails(file, path);
    dropFact(file, unfinished);
    return; // the bytes of rows that are gone are the server's: it writes over them by its own rules
  }
  removeFiles([sidecarPath(path), ...copiesBeside(path)]);
  pruneThumbnails(file, path);
  if (dimensions !== undefined && vectors) remakeVectors(file, dimensions);
  if (!vectors) file.exec(dropVectorTables(file));
  sqliteOf(file).pragma("wal_checkpoint(TRUNCATE)");
  file.exec("VACUUM");
  emptyLog(file);
  dropFact(file, unfinished);
}

/** Ends what a process that is gone left, unless another is at it; the next command will. */
export function finishIfUnfinished(
  file: LibraryFile,
  parts: { readonly path: string; readonly dimensions: number | undefined; readonly vectors: boolean },
): boolean {
  if (!isUnfinished(file)) return false;
  try {
    const lock = claimIndexing(parts.path, file);
    try {
      if (isUnfinished(file)) finishForgetting(file, parts);
      return true;
    } finally {
      lock.release();
    }
  } catch (error) {
    if (error instanceof DataError) return false; // in use, and the note stays
    throw error;
  }
}

/** Where sqlite-vec is missing its table cannot be made anew; the tables below it are plain ones, which lose their rows. */
function dropVectorTables(file: LibraryFile): string {
  const below = file
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'vectors\\_%' ESCAPE '\\'")
    .pluck()
    .all() as string[];
  return below
    .filter((name) => name !== "vectors_info")
    .map((name) => `DELETE FROM "${name}";`)
    .join("\n");
}

function emptyLog(file: LibraryFile): void {
  const [state] = sqliteOf(file).pragma("wal_checkpoint(TRUNCATE)") as { busy: number }[];
  if (state?.busy === 0) return;
  throw new DataError(
    "library forget: expected to empty the library's log, but another process is reading it.\n" +
      "  The rows are gone; their last bytes go when that process has ended, with the next command.",
  );
}
