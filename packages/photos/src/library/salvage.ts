import { existsSync, renameSync, rmSync } from "node:fs";
import { DataError } from "@semblant/core";
import type Database from "better-sqlite3";
import type { SqliteDatabase } from "../database/sqlite.ts";
import { dropApproximate } from "./approximate.ts";
import { markAll } from "./marks.ts";
import { mendRow } from "./mend-row.ts";
import { type LibraryFile, openFile } from "./open-file.ts";
import { isKnown, openWithSchemaOf } from "./right-schema.ts";
import { type Cell, rowSeal, type SealedTable, sealedTables } from "./seals.ts";

/** What {@link salvage} could save. */
export interface Salvaged {
  /** Rows saved of each table. */
  readonly rows: Readonly<Record<string, number>>;
  /** Whether every row that could be counted was saved. */
  readonly whole: boolean;
  /** Where the damaged file is now. */
  readonly kept: string;
}

/** Parents before children. */
const tables = Object.keys(sealedTables) as SealedTable[];

/**
 * Writes a library anew from what of it can be read, row by row, and puts it in the old one's place, which is kept beside it. Photos
 * that lost rows are read again by the next index; corrections that can be read are kept.
 *
 * @throws DataError if not even the corrections' table can be read
 */
export function salvage(path: string): Salvaged {
  const [temporary, copy] = [`${path}.salvaged`, `${path}.salvaging`];
  remove(temporary);
  const rows: Record<string, number> = {};
  let whole = true;
  let damaged: Database.Database | undefined;
  let fresh: SqliteDatabase | undefined;
  try {
    fresh = openFile(temporary, { readonly: false });
    damaged = openWithSchemaOf(fresh, path, copy, tables);
    fresh.pragma("foreign_keys = OFF");
    for (const table of tables) {
      const saved = isKnown(damaged, table) ? copyTable(damaged, fresh, table) : { rows: 0, whole: false };
      rows[table] = saved.rows;
      whole &&= saved.whole;
    }
    if (Object.values(rows).every((saved) => saved === 0)) throw new DataError("library repair: no row of any table can be read.");
    dropOrphans(fresh);
    markAll(fresh);
    fresh.pragma("wal_checkpoint(TRUNCATE)");
  } catch (error) {
    fresh?.close();
    remove(temporary);
    throw new DataError(
      `library repair: expected to read something of ${path}, but nothing of it can be read.\n` +
        "  Move it away and run: semblant index (corrections are lost)",
      { cause: error },
    );
  } finally {
    damaged?.close();
    fresh?.close();
    remove(copy);
  }
  const kept = freeName(`${path}.damaged`);
  renameSync(path, kept);
  for (const ending of ["-wal", "-shm"]) if (existsSync(path + ending)) renameSync(path + ending, kept + ending);
  renameSync(temporary, path);
  dropApproximate(path);
  return { rows, whole, kept };
}

function remove(path: string): void {
  for (const ending of ["", "-wal", "-shm"]) rmSync(path + ending, { force: true });
}

/**
 * Row by row from both ends, so that a bad page in the middle costs no more than what stands on it. A row that is not what its checksum
 * says is mended, or left.
 */
function copyTable(from: Database.Database, to: LibraryFile, table: SealedTable): { rows: number; whole: boolean } {
  const { key, columns } = sealedTables[table];
  const insert = to.prepare(`INSERT OR IGNORE INTO ${table} (${columns.join(", ")}) VALUES (${columns.map(() => "?").join(", ")})`);
  const seal = hasSeals(from, table) ? "seal" : "NULL";
  const asBytes = columns.map((column) => `CASE typeof(${column}) WHEN 'text' THEN CAST(${column} AS BLOB) ELSE ${column} END`);
  const kinds = columns.map((column) => `typeof(${column}) = 'text'`);
  const seen = new Set<string>();
  let whole = true;
  for (const direction of ["ASC", "DESC"]) {
    const order = key.map((column) => `${column} ${direction}`).join(", ");
    let ended = false;
    to.transaction(() => {
      try {
        const rows = from
          .prepare(`SELECT ${[...asBytes, ...kinds, seal].join(", ")} FROM ${table} ORDER BY ${order}`)
          .raw()
          .iterate();
        for (const all of rows as IterableIterator<Cell[]>) {
          const row = wholeRow(all, columns.length);
          if (row === undefined) whole = false;
          if (row === undefined) continue;
          const name = JSON.stringify(row.slice(0, key.length));
          if (seen.has(name)) break;
          if (insert.run(...row).changes === 1) seen.add(name);
        }
        ended = true;
      } catch (error) {
        if (!String((error as { code?: unknown }).code).startsWith("SQLITE_")) throw error;
      }
    })();
    if (ended && direction === "ASC") break;
    whole = false;
  }
  return { rows: seen.size, whole };
}

/** A row as it was written; undefined where that cannot be told. Rows from before there were checksums are believed. */
function wholeRow(all: readonly Cell[], columns: number): readonly Cell[] | undefined {
  const row = all.slice(0, columns);
  const texts = all.slice(columns, 2 * columns).map((is) => is === 1);
  const seal = all[2 * columns];
  const written = row.map((value, i) => (texts[i] === true ? String(value) : value));
  if (seal === null) return written;
  return rowSeal(written) === seal ? written : mendRow(row, texts, Number(seal))?.row;
}

function hasSeals(file: Database.Database, table: SealedTable): boolean {
  try {
    return file.prepare("SELECT 1 FROM pragma_table_info(?) WHERE name = 'seal'").get(table) !== undefined;
  } catch {
    return false;
  }
}

/** What lost what it belongs to; a photo that may have lost faces is read again. */
function dropOrphans(file: LibraryFile): void {
  file.exec(
    `DELETE FROM faces WHERE photo NOT IN (SELECT id FROM photos) OR length(embedding) = 0;
     DELETE FROM targets WHERE correction NOT IN (SELECT id FROM corrections);
     DELETE FROM marks WHERE target NOT IN (SELECT id FROM targets) OR face NOT IN (SELECT id FROM faces);
     DELETE FROM remarks WHERE hash NOT IN (SELECT hash FROM photos);
     DELETE FROM facts WHERE name = 'approximate';
     UPDATE photos SET current = 0 WHERE faces <> (SELECT count(*) FROM faces f WHERE f.photo = photos.id)
       OR NOT EXISTS (SELECT 1 FROM facts WHERE name = 'model');`,
  );
}

function freeName(path: string): string {
  for (let n = 1; ; n++) {
    const name = n === 1 ? path : `${path}-${n}`;
    if (!existsSync(name)) return name;
  }
}
