import { remark } from "@semblant/core/internals";
import type { Database } from "../database/database.ts";
import type { PostgresDatabase } from "../database/postgres.ts";
import { isServerGone } from "../database/server-failures.ts";

/** Asks a library something, which happens as a whole or not at all. */
export type Ask = <T>(work: () => T | Promise<T>) => Promise<T>;

/**
 * What asks a library, and asks again as long as its server is away. The waiting does not hold up the program: Ctrl-C ends it.
 *
 * @throws the signal's reason, and what was thrown for another cause
 */
export function patient(database: Database, signal: AbortSignal | undefined): Ask {
  return async (work) => {
    for (;;) {
      signal?.throwIfAborted();
      try {
        return await work();
      } catch (error) {
        if (!isServerGone(error) || !waits(database)) throw error;
      }
      remark(`index: ${database.name} does not answer. It is asked again until it does; Ctrl-C ends that.`);
      await database.untilBack(signal);
    }
  };
}

/** One that lies on a server can be waited for. */
function waits(database: Database): database is Database & Pick<PostgresDatabase, "untilBack"> {
  return "untilBack" in database;
}

/** Does something that may be left undone where the server is away: what it would take back goes with the line. */
export function unlessAway<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (!isServerGone(error)) throw error;
    return undefined;
  }
}
