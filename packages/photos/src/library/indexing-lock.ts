import { DataError } from "@semblant/core";
import type { Claim } from "../database/database.ts";
import { claimFile, placeOfClaim } from "../database/sqlite-claims.ts";
import { inOurWords } from "./failures.ts";
import type { LibraryFile } from "./open-file.ts";

/**
 * Claims a library, so that one alone indexes, forgets and repairs. The claim is the operating system's lock on a file beside the
 * library, or the server's, so it ends with the process that holds it, however that ends.
 *
 * @param path the library's file, or its server's address
 * @param database where it lies on a server
 * @throws DataError if another process, or another library of this one, holds it
 */
export function claimIndexing(path: string, database?: LibraryFile): Claim {
  if (database?.kind === "postgres") {
    const claim = database.claim("indexing");
    if (claim !== undefined) return claim;
    throw inUse(path);
  }
  const place = placeOfClaim(path, "indexing");
  try {
    return claimFile(place);
  } catch (error) {
    if (!String((error as { code?: unknown }).code).startsWith("SQLITE_BUSY")) throw inOurWords(error, place);
    throw inUse(path, error);
  }
}

/** Does what only one may do at a time, and lets go of the library whatever comes of it. */
export function whileClaimed<T>(path: string, database: LibraryFile, work: () => T): T {
  const lock = claimIndexing(path, database);
  try {
    return work();
  } finally {
    lock.release();
  }
}

/** Whether it is {@link claimIndexing}'s refusal. */
export function isBeingIndexed(error: unknown): boolean {
  return error instanceof DataError && refusals.has(error);
}

const refusals = new WeakSet<DataError>();

function inUse(place: string, cause?: unknown): DataError {
  const refusal = new DataError(
    `library: expected ${place} to be free, but it is in use: another process is indexing it.\n` +
      "  Try again when it is done; search and albums work meanwhile.",
    { cause },
  );
  refusals.add(refusal);
  return refusal;
}
