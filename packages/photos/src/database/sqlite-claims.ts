import Sqlite from "better-sqlite3";
import { makePrivateFile } from "../private-files.ts";
import type { Claim } from "./database.ts";

/** The file beside a database whose lock is a claim. */
export const placeOfClaim = (path: string, name: string): string => (name === "indexing" ? `${path}.lock` : `${path}.${name}.lock`);

/**
 * Claims a file by the operating system's lock on it, which ends with the process that holds it, however that ends.
 *
 * @throws what SQLite or the file system says where it cannot be made; SQLITE_BUSY while another process, or another claim of this one,
 * holds it
 */
export function claimFile(place: string): Claim {
  let file: Sqlite.Database | undefined;
  try {
    makePrivateFile(place);
    file = new Sqlite(place, { timeout: 0 });
    file.pragma("journal_mode = MEMORY");
    file.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    file?.close();
    throw error;
  }
  const held = file;
  return { release: () => void held.close() }; // the empty file stays: one that removed it could remove another's claim
}

/** The same; undefined while another holds it. */
export function claimFileIfFree(place: string): Claim | undefined {
  try {
    return claimFile(place);
  } catch (error) {
    if (String((error as { code?: unknown }).code).startsWith("SQLITE_BUSY")) return undefined;
    throw error;
  }
}
