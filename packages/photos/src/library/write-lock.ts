import { setTimeout as pause } from "node:timers/promises";
import Database from "better-sqlite3";
import { inOurWords } from "./failures.ts";
import { mayWrite } from "./open-to-read.ts";

/** Milliseconds that one waits for another's work, and between tries. */
const patience = 30_000;
const between = 20;

/**
 * Does something to what lies beside a library while nobody else writes to the library or beside it. The lock is the one that SQLite
 * takes to write the library itself: the operating system's, which ends with the process that holds it.
 *
 * @throws DataError if the library may only be read, or another process writes to it for half a minute
 */
export async function whileLocked<T>(path: string, work: () => Promise<T>): Promise<T> {
  if (!mayWrite(path)) throw inOurWords(Object.assign(new Error("may only be read"), { code: "EACCES" }), path);
  const file = new Database(path, { fileMustExist: true, timeout: 0 });
  try {
    await begin(file, path);
    return await work();
  } finally {
    file.close(); // rolls back, and nothing was written
  }
}

async function begin(file: Database.Database, path: string): Promise<void> {
  for (const until = performance.now() + patience; ; ) {
    try {
      file.exec("BEGIN IMMEDIATE");
      return;
    } catch (error) {
      const busy = String((error as { code?: unknown }).code).startsWith("SQLITE_BUSY");
      if (!busy || performance.now() > until) throw inOurWords(error, path);
    }
    await pause(between);
  }
}
