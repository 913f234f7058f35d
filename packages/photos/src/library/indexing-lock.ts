import { DataError } from "@semblant/core";
import type { Claim } from "../database/database.ts";
import { claimFile, placeOfClaim } from "../database/sqlite-claims.ts";
import { isBusy, isHeldAlone } from "../queue/presence.ts";
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
    if (claim !== undefined && !isBusy(database)) return claim;
    claim?.release();
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

/**
 * Lets one index a library: alone in a file, on a server beside others who index and read, but for one who forgets or repairs.
 *
 * @param options `alone`: not beside others who index, either
 * @throws DataError if it may not
 */
export function admitIndexing(path: string, database: LibraryFile, { alone }: { readonly alone: boolean }): Claim {
  if (database.kind === "sqlite") return claimIndexing(path);
  if (alone && isBusy(database)) throw inUse(path);
  refuseWhileHeld(database);
  return { release() {} };
}

/** @throws DataError if one is at a server's library who must be alone */
export function refuseWhileHeld(database: LibraryFile): void {
  if (!isHeldAlone(database)) return;
  throw new DataError(
    `library: expected ${database.name} to be free, but another process forgets photos or repairs it.\n  Start again when it is done.`,
  );
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
