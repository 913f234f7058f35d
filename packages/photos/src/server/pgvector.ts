import { DataError } from "@semblant/core";
import type { Database } from "../database/database.ts";
import { serverCode } from "../database/server-failures.ts";

/** The first version whose index goes on until a filter has let enough through. */
const least = "0.8";

/**
 * Sees to it that the database has pgvector, whose type is `vector`.
 *
 * @throws DataError if it is not installed, may not be added, or is too old
 */
export function settlePgvector(database: Database): void {
  const there = () => database.prepare("SELECT extversion FROM pg_extension WHERE extname = 'vector'").pluck().get() as string | undefined;
  const version = there();
  if (version === undefined && !hasType(database)) addPgvector(database);
  const [major = 0, minor = 0] = (version ?? there() ?? least).split(".").map(Number);
  if (major > 0 || minor >= 8) return;
  throw new DataError(
    `library: expected pgvector ${least} or newer in ${database.name}, but it has ${version}.\n` +
      "  Install a newer one on the server, then: ALTER EXTENSION vector UPDATE",
  );
}

const hasType = (database: Database): boolean => database.prepare("SELECT to_regtype('vector') IS NOT NULL").pluck().get() === 1;

function addPgvector(database: Database): void {
  const installed = database.prepare("SELECT 1 FROM pg_available_extensions WHERE name = 'vector'").get();
  if (installed === undefined) {
    throw new DataError(
      `library: expected pgvector on the server of ${database.name}, but it is not installed there.\n` +
        "  Debian 13 and newer: apt-get install postgresql-17-pgvector. Others: https://github.com/pgvector/pgvector",
    );
  }
  const refused = () =>
    new DataError(
      `library: expected pgvector in ${database.name}, but it was not added to that database.\n` +
        "  Who owns the database adds it with: CREATE EXTENSION vector",
    );
  if (database.readonly) throw refused();
  try {
    database.exec("CREATE EXTENSION IF NOT EXISTS vector SCHEMA public");
  } catch (error) {
    if (serverCode(error) === "42501") throw refused();
    if (!hasType(database)) throw error; // else another process added it at the same moment
  }
}
