import { existsSync } from "node:fs";
import { EngineError } from "@semblant/core";
import type Sqlite from "better-sqlite3";
import type { Claim, Database, Transaction } from "./database.ts";
import { keepStatements } from "./kept-statements.ts";
import { claimFileIfFree, placeOfClaim } from "./sqlite-claims.ts";

/** A file of SQLite as a {@link Database}: the connection itself, for what only SQLite has. */
export type SqliteDatabase = Sqlite.Database & Database;

/** Makes a connection what the library works with; it stays the same object. */
export function sqliteDatabase(connection: Sqlite.Database): SqliteDatabase {
  const file = keepStatements(connection);
  const transaction = file.transaction.bind(file);
  const added: Pick<Database, "kind" | "transaction" | "rowsByIds" | "claim" | "claimed"> = {
    kind: "sqlite",
    transaction<Parameters extends unknown[], Result>(work: (...given: Parameters) => Result) {
      const made = transaction(work);
      return Object.assign((...given: Parameters): Result => made(...given), {
        immediate: (...given: Parameters): Result => made.immediate(...given),
        concurrent: (...given: Parameters): Result => made.immediate(...given),
      }) satisfies Transaction<Parameters, Result>;
    },
    rowsByIds<Row>(sql: string, ids: readonly number[]): Row[] {
      if (ids.length === 0) return [];
      return file.prepare(sql.replace("IN (?)", "IN (SELECT value FROM json_each(?))")).all(JSON.stringify(ids)) as Row[];
    },
    claim: (name: string): Claim | undefined => claimFileIfFree(placeOfClaim(file.name, name)),
    claimed: (names: readonly string[]): string[] => names.filter((name) => isClaimed(placeOfClaim(file.name, name))),
  };
  return Object.assign(file, added) as SqliteDatabase;
}

function isClaimed(place: string): boolean {
  if (!existsSync(place)) return false;
  const claim = claimFileIfFree(place);
  claim?.release();
  return claim === undefined;
}

/** The connection of a library that is a file. @throws EngineError for a server: who asks must have asked `kind` before */
export function sqliteOf(database: Database): SqliteDatabase {
  if (database.kind === "sqlite") return database as SqliteDatabase;
  throw new EngineError(`library: expected a library that is a file, but got ${database.name}.`);
}
