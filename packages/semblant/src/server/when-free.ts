import { setTimeout as pause } from "node:timers/promises";
import type { Library } from "@semblant/photos";
import { fileOf, sqliteOf } from "@semblant/photos/internals";

/** Milliseconds that one waits for another process's work, and between tries. */
const patience = 10_000;
const between = 50;

/**
 * Writes to a library, as soon as no other process does. SQLite itself would wait in the middle of a statement, and hold up everybody who
 * is served meanwhile.
 *
 * @param work writes at once
 * @throws what the work throws; that the library is busy only after ten seconds
 */
export async function whenFree<T>(library: Library, work: () => T): Promise<T> {
  for (const until = performance.now() + patience; ; ) {
    try {
      return withoutWaiting(library, work);
    } catch (error) {
      if (!isBusy(error) || performance.now() > until) throw error;
    }
    await pause(between);
  }
}

function withoutWaiting<T>(library: Library, work: () => T): T {
  const database = fileOf(library);
  if (database.kind !== "sqlite") return work(); // a server lets many write at once
  const file = sqliteOf(database);
  const before = file.pragma("busy_timeout", { simple: true }) as number;
  file.pragma("busy_timeout = 0");
  try {
    return work();
  } finally {
    file.pragma(`busy_timeout = ${before}`);
  }
}

function isBusy(error: unknown): boolean {
  const { code, cause } = error as { readonly code?: unknown; readonly cause?: unknown };
  return /^SQLITE_(BUSY|LOCKED)/.test(String(code)) || (typeof cause === "object" && cause !== null && isBusy(cause));
}
