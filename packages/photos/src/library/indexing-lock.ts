import { DataError } from "@semblant/core";
import Database from "better-sqlite3";
import { inOurWords } from "./failures.ts";
import { makePrivateFile } from "./private-files.ts";

/** Held by the one who may index, forget and repair. */
export interface IndexingLock {
  release(): void;
}

/**
 * Claims a library for indexing. The claim is the operating system's lock on a file beside the library, so it ends with the process
 * that holds it, however that ends.
 *
 * @throws DataError if another process, or another library of this one, holds it
 */
export function claimIndexing(path: string): IndexingLock {
  const place = `${path}.lock`;
  let file: Database.Database | undefined;
  try {
    makePrivateFile(place);
    file = new Database(place, { timeout: 0 });
    file.pragma("journal_mode = MEMORY");
    file.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    file?.close();
    if (!String((error as { code?: unknown }).code).startsWith("SQLITE_BUSY")) throw inOurWords(error, place);
    throw new DataError(
      `library: expected ${path} to be free, but it is in use: another process is indexing it.\n` +
        "  Try again when it is done; search and albums work meanwhile.",
      { cause: error },
    );
  }
  const held = file;
  return { release: () => void held.close() }; // the empty file stays: one that removed it could remove another's claim
}

/** Does what only one may do at a time, and lets go of the library whatever comes of it. */
export function whileClaimed<T>(path: string, work: () => T): T {
  const lock = claimIndexing(path);
  try {
    return work();
  } finally {
    lock.release();
  }
}

/** Whether it is {@link claimIndexing}'s refusal. */
export function isBeingIndexed(error: unknown): boolean {
  const cause = error instanceof DataError ? (error.cause as { code?: unknown } | undefined) : undefined;
  return String(cause?.code).startsWith("SQLITE_BUSY") && (error as Error).message.includes("is indexing it");
}
