import { DataError } from "@semblant/core";
import type { Claim } from "../database/database.ts";
import { claimFile, placeOfClaim } from "../database/sqlite-claims.ts";
import { inOurWords } from "./failures.ts";

/**
 * Claims a library, so that one alone indexes, forgets and repairs. The claim is the operating system's lock on a file beside the
 * library, so it ends with the process that holds it, however that ends.
 *
 * @throws DataError if another process, or another library of this one, holds it
 */
export function claimIndexing(path: string): Claim {
  const place = placeOfClaim(path, "indexing");
  try {
    return claimFile(place);
  } catch (error) {
    if (!String((error as { code?: unknown }).code).startsWith("SQLITE_BUSY")) throw inOurWords(error, place);
    throw new DataError(
      `library: expected ${path} to be free, but it is in use: another process is indexing it.\n` +
        "  Try again when it is done; search and albums work meanwhile.",
      { cause: error },
    );
  }
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
