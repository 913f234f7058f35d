import type { LibraryFile } from "./open-file.ts";
import { type SealedTable, sealedTables } from "./seals.ts";

/** The words of SQL in which a file of SQLite and a server differ. */
export interface Dialect {
  /** Numbers in a parameter, which is a text of JSON. */
  readonly numbers: string;
  /** Of a row of `facts`: another value whenever the fact is another. */
  readonly version: string;
  /** Joins so that the first table is gone through in its order, if that can be said. */
  readonly inOrder: string;
  /** True of a row of a table that is as it was written; a server sees to that itself. */
  whole(table: SealedTable): string;
}

const file: Dialect = {
  numbers: "SELECT value FROM json_each(?)",
  version: "seal",
  inOrder: "CROSS JOIN",
  whole: (table) => `seal IS row_seal(${sealedTables[table].columns.join(", ")})`,
};

const server: Dialect = {
  numbers: "SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST(? AS JSON))",
  version: "md5(value)",
  inOrder: "JOIN",
  whole: () => "1 = 1",
};

export const dialectOf = (database: LibraryFile): Dialect => (isServer(database) ? server : file);

/** Whether a library lies on a server. Its rows carry no checksums: the server has its own. */
export const isServer = (database: LibraryFile): boolean => database.kind === "postgres";
