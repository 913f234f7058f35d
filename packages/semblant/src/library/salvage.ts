import { existsSync, renameSync, rmSync } from "node:fs";
import { DataError } from "@semblant/core";
import Database from "better-sqlite3";
import { dropApproximate } from "./approximate.ts";
import { type LibraryFile, openFile } from "./open-file.ts";

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
const tables = ["facts", "photos", "faces", "corrections", "targets", "marks", "errors"] as const;

/**
 * Writes a library anew from what of it can be read, row by row, and puts it in the old one's place, which is kept beside it. Photos
 * that lost rows are read again by the next index; corrections that can be read are kept.
 *
 * @throws DataError if not even the corrections' table can be read
 */
export function salvage(path: string): Salvaged {
  const temporary = `${path}.salvaged`;
  for (const ending of ["", "-wal", "-shm"]) rmSync(temporary + ending, { force: true });
  const rows: Record<string, number> = {};
  let whole = true;
  let damaged: Database.Database | undefined;
  let fresh: LibraryFile | undefined;
  try {
    damaged = new Database(path, { readonly: true });
    fresh = openFile(temporary, { readonly: false });
    fresh.pragma("foreign_keys = OFF");
    for (const table of tables) {
      const saved = copyTable(damaged, fresh, table);
      rows[table] = saved.rows;
      whole &&= saved.whole;
    }
    if (Object.values(rows).every((saved) => saved === 0)) throw new DataError("library repair: no row of any table can be read.");
    dropOrphans(fresh);
    fresh.pragma("wal_checkpoint(TRUNCATE)");
  } catch (error) {
    fresh?.close();
    for (const ending of ["", "-wal", "-shm"]) rmSync(temporary + ending, { force: true });
    throw new DataError(
      `library repair: expected to read something of ${path}, but nothing of it can be read.\n  Move it away and run: semblant index (corrections are lost)`,
      { cause: error },
    );
  } finally {
    damaged?.close();
    fresh?.close();
  }
  const kept = freeName(`${path}.damaged`);
  renameSync(path, kept);
  for (const ending of ["-wal", "-shm"]) if (existsSync(path + ending)) renameSync(path + ending, kept + ending);
  renameSync(temporary, path);
  dropApproximate(path);
  return { rows, whole, kept };
}

/** Row by row from both ends, so that a bad page in the middle costs no more than what stands on it. */
function copyTable(from: Database.Database, to: LibraryFile, table: (typeof tables)[number]): { rows: number; whole: boolean } {
  const columns = to.prepare(`SELECT name FROM pragma_table_info('${table}')`).pluck().all() as string[];
  const insert = to.prepare(`INSERT OR IGNORE INTO ${table} (${columns.join(", ")}) VALUES (${columns.map(() => "?").join(", ")})`);
  const order = ["facts", "errors", "marks"].includes(table) ? columns.slice(0, table === "marks" ? 2 : 1).join(", ") : "id";
  const seen = new Set<string>();
  let whole = true;
  for (const direction of ["ASC", "DESC"]) {
    const sorted = order.split(", ").map((column) => `${column} ${direction}`);
    let ended = false;
    to.transaction(() => {
      try {
        const rows = from
          .prepare(`SELECT ${columns.join(", ")} FROM ${table} ORDER BY ${sorted.join(", ")}`)
          .raw()
          .iterate();
        for (const row of rows as IterableIterator<unknown[]>) {
          const key = JSON.stringify(row.slice(0, 2), (_, value) => (typeof value === "bigint" ? String(value) : value));
          if (seen.has(key)) break;
          if (insert.run(...row).changes === 1) seen.add(key);
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

/** What lost what it belongs to; a photo that may have lost faces is read again. */
function dropOrphans(file: LibraryFile): void {
  file.exec(
    `DELETE FROM faces WHERE photo NOT IN (SELECT id FROM photos) OR length(embedding) = 0;
     DELETE FROM targets WHERE correction NOT IN (SELECT id FROM corrections);
     DELETE FROM marks WHERE target NOT IN (SELECT id FROM targets) OR face NOT IN (SELECT id FROM faces);
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
