import { type MendedRow, mendRow } from "./mend-row.ts";
import type { LibraryFile } from "./open-file.ts";
import { type Cell, type SealedTable, sealedTables } from "./seals.ts";

/** A row that is not as it was written. */
export interface DamagedRow {
  readonly table: SealedTable;
  /** What names the row in its table. */
  readonly key: readonly Cell[];
  /** As it was written, where that can be told. */
  readonly mended: MendedRow | undefined;
  /** For a person: `face 12 of a.jpg (embedding)`. */
  readonly name: string;
}

/** The rows of a table whose checksums are not theirs. */
export function damagedRows(file: LibraryFile, table: SealedTable): DamagedRow[] {
  const { key, columns } = sealedTables[table];
  const asBytes = columns.map((column) => `CASE typeof(${column}) WHEN 'text' THEN CAST(${column} AS BLOB) ELSE ${column} END`);
  const kinds = columns.map((column) => `typeof(${column}) = 'text'`);
  const rows = file
    .prepare(
      `SELECT ${[...asBytes, ...kinds, "seal", ...key].join(", ")} FROM ${table} WHERE seal IS NOT ` +
        `row_seal(${columns.join(", ")}) LIMIT 10000`,
    )
    .raw()
    .all() as Cell[][];
  return rows.map((all) => {
    const row = all.slice(0, columns.length);
    const texts = all.slice(columns.length, 2 * columns.length).map((is) => is === 1);
    const seal = all[2 * columns.length] as Cell;
    const mended = typeof seal === "number" ? mendRow(row, texts, seal) : undefined;
    const own = all.slice(2 * columns.length + 1);
    const column = mended === undefined ? "" : ` (${mended.column < 0 ? "its checksum" : columns[mended.column]})`;
    return { table, key: own, mended, name: `${named(file, table, own)}${column}` };
  });
}

function named(file: LibraryFile, table: SealedTable, [first, second]: readonly Cell[]): string {
  const path = (sql: string) => (file.prepare(sql).pluck().get(first) as string | undefined) ?? "a photo that is not there";
  switch (table) {
    case "faces":
      return `face ${first} of ${path("SELECT p.path FROM faces f JOIN photos p ON p.id = f.photo WHERE f.id = ?")}`;
    case "photos":
      return `photo ${path("SELECT path FROM photos WHERE id = ?")}`;
    case "corrections":
      return `correction ${first}`;
    case "targets":
      return `what correction ${path("SELECT correction FROM targets WHERE id = ?")} is about`;
    case "marks":
      return `the mark of face ${second}`;
    case "facts":
      return first === "model" ? "the model's card" : `the fact ${JSON.stringify(first)}`;
    case "tried":
      return `what ${first} was tried with`;
    case "remarks":
      return `how ${path("SELECT path FROM photos WHERE hash = ?")} was read`;
    case "errors":
      return `why ${first} cannot be read`;
    case "documents":
      return `the document ${JSON.stringify(first)}`;
  }
}

/** Writes a row as it was. Its seal comes with it. */
export function writeMended(file: LibraryFile, { table, key: own, mended }: DamagedRow): void {
  const { key, columns } = sealedTables[table];
  const where = key.map((column) => `${column} = ?`).join(" AND ");
  const row = (mended as MendedRow).row;
  file.prepare(`UPDATE ${table} SET ${columns.map((column) => `${column} = ?`).join(", ")} WHERE ${where}`).run(...row, ...own);
}

export function dropRow(file: LibraryFile, { table, key: own }: DamagedRow): void {
  const where = sealedTables[table].key.map((column) => `${column} = ?`).join(" AND ");
  file.prepare(`DELETE FROM ${table} WHERE ${where}`).run(...own);
}
