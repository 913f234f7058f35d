import { DataError } from "@semblant/core";
import type { Database } from "../database/database.ts";
import { openPostgres, type PostgresDatabase } from "../database/postgres.ts";
import { settlePgvector } from "./pgvector.ts";
import { format, mark, tables } from "./tables.ts";

/**
 * Opens the library that lies in a schema of a server's database, and makes it where there is none.
 *
 * @param options `readonly`: `auto` only reads where nothing may be written; `make`: whether it is made where there is none
 * @throws DataError if the server cannot be asked; if the schema holds something else, a library of another format, or no library where
 * one is only to be read; if pgvector is missing or too old; or if a right is missing. Nothing is changed then.
 */
export function openServer(address: string, { readonly, make, ...waiting }: Opening): PostgresDatabase {
  const database = openPostgres(address, { readonly: readonly === true, ...waiting });
  const { schema } = database;
  try {
    const found = tablesOf(database, schema);
    if (found.length === 0 && (database.readonly || !make)) throw missing(database);
    if (found.length === 0) makeLibrary(database, schema);
    else refuseOther(database, schema, found);
    settlePgvector(database);
    if (readonly === "auto" && !mayWrite(database, schema)) {
      database.close();
      return openPostgres(address, { readonly: true, ...waiting });
    }
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

interface Opening {
  readonly readonly: boolean | "auto";
  readonly make: boolean;
  readonly patience?: number;
}

function missing({ name }: Database): DataError {
  return new DataError(
    `library: expected a library at ${name}, but there is none.\n  Make one with: semblant index FOLDER --library ${name}`,
  );
}

/** What stands in a schema; nothing where it is missing, too. */
function tablesOf(database: Database, schema: string): string[] {
  return database
    .prepare(
      "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace " +
        "WHERE n.nspname = ? AND c.relkind IN ('r', 'p', 'v', 'm', 'f') ORDER BY c.relname",
    )
    .pluck()
    .all(schema) as string[];
}

function refuseOther(database: Database, schema: string, found: readonly string[]): void {
  const marked = database
    .prepare(
      "SELECT has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT') " +
        "FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace " +
        "WHERE n.nspname = ? AND c.relname = 'facts' AND obj_description(c.oid, 'pg_class') = ?",
    )
    .pluck()
    .get(schema, mark) as 0 | 1 | undefined;
  if (marked === undefined) {
    const [first, ...others] = found;
    const more = others.length === 0 ? "" : ` and ${others.length} more`;
    throw new DataError(
      `library: expected a library or nothing in the schema ${schema} of ${database.name}, ` +
        `but it has another program's table ${first}${more}.\n` +
        "  Name another, which is made: postgres://.../DATABASE?schema=NAME",
    );
  }
  if (marked === 0) {
    const [of, to] = [quoted(schema), userOf(database)];
    const grant = `GRANT USAGE ON SCHEMA ${of} TO ${to}; GRANT SELECT ON ALL TABLES IN SCHEMA ${of} TO ${to}`;
    throw missingRight(database, `to read the schema ${schema}`, grant);
  }
  const known = database.prepare("SELECT value FROM facts WHERE name = 'format'").pluck().get();
  if (Number(known) === format) return;
  const newer = Number(known) > format ? ", of a newer semblant.\n  Update with: npm install semblant@latest" : ".";
  throw new DataError(`library: expected ${database.name} to be of format ${format}, but it is of format ${known}${newer}`);
}

/** Makes the tables, all or none; another process may be at it as well. */
function makeLibrary(database: Database, schema: string): void {
  refuseUnmade(database, schema);
  settlePgvector(database);
  database
    .transaction(() => {
      database.prepare("SELECT pg_advisory_xact_lock(hashtext(?))").get(`semblant: ${schema}`);
      if (tablesOf(database, schema).length > 0) return;
      database.exec(`CREATE SCHEMA IF NOT EXISTS ${quoted(schema)}`);
      database.exec(tables);
    })
    .concurrent();
}

/** Says which right is missing before anything is made. */
function refuseUnmade(database: Database, schema: string): void {
  const sql = `SELECT (SELECT has_schema_privilege(oid, 'CREATE') FROM pg_namespace WHERE nspname = ?) AS here,
    has_database_privilege(current_database(), 'CREATE') AS anywhere, current_database() AS database`;
  const {
    here,
    anywhere,
    database: name,
  } = database.prepare(sql).get(schema) as {
    here: 0 | 1 | null;
    anywhere: 0 | 1;
    database: string;
  };
  if (here === 1 || (here === null && anywhere === 1)) return;
  if (here === null) {
    throw missingRight(database, `to make the schema ${schema}`, `GRANT CREATE ON DATABASE ${quoted(name)} TO ${userOf(database)}`);
  }
  throw missingRight(database, `to make tables in the schema ${schema}`, `GRANT ALL ON SCHEMA ${quoted(schema)} TO ${userOf(database)}`);
}

function missingRight(database: Database, what: string, grant: string): DataError {
  return new DataError(
    `library: expected the right ${what} of ${database.name}, but ${userOf(database)} does not have it.\n` +
      `  Who owns the database gives it with: ${grant}`,
  );
}

/** Whether rows may be written: not to a copy that follows another server, nor without the right. */
function mayWrite(database: Database, schema: string): boolean {
  const sql = "SELECT NOT pg_is_in_recovery() AND has_table_privilege(?, 'INSERT, UPDATE, DELETE')";
  return (
    database
      .prepare(sql)
      .pluck()
      .get(`${quoted(schema)}.photos`) === 1
  );
}

const userOf = (database: Database) => quoted(String(database.prepare("SELECT current_user").pluck().get()));

/** A name as SQL writes it. */
const quoted = (name: string): string => (/^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`);
