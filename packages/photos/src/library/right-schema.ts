import { copyFileSync, existsSync } from "node:fs";
import Database from "better-sqlite3";
import type { LibraryFile } from "./open-file.ts";

/**
 * Opens a copy of a damaged library in which every table has the words that make it, so that SQLite knows it and its rows can be read.
 * SQLite keeps these words in the file, and passes over a table whose words are damaged.
 *
 * @param copy where the copy is to be
 * @param fresh a library without damage, of the present format
 */
export function openWithSchemaOf(fresh: LibraryFile, path: string, copy: string, tables: readonly string[]): Database.Database {
  for (const ending of ["", "-wal"]) if (existsSync(path + ending)) copyFileSync(path + ending, copy + ending);
  const file = new Database(copy).unsafeMode().exec("PRAGMA writable_schema = ON");
  const unknown = tables.filter((table) => !isKnown(file, table));
  if (unknown.length === 0) return file;
  const words = fresh.prepare("SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?").pluck();
  const mend = file.prepare("UPDATE sqlite_schema SET sql = ? WHERE type = 'table' AND name = ?");
  try {
    for (const table of unknown) mend.run(words.get(table), table);
  } catch {
    return file; // the page of these words is broken too: other tables may still be read
  }
  file.close(); // words are read once, when a file is opened
  return new Database(copy).unsafeMode().exec("PRAGMA writable_schema = ON");
}

/** Whether SQLite knows a table of this name. */
export function isKnown(file: Database.Database, table: string): boolean {
  return (file.pragma(`table_info(${table})`) as unknown[]).length > 0;
}
