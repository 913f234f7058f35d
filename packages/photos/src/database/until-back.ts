import type { Database } from "./database.ts";
import type { PostgresDatabase } from "./postgres.ts";

/**
 * Waits until a server that went away is back, while everything else goes on; a file is always there.
 *
 * @throws DataError if it is back and lets nobody in
 */
export async function untilBack(database: Database, signal?: AbortSignal): Promise<void> {
  if (database.kind === "postgres") await (database as PostgresDatabase).untilBack(signal);
}
