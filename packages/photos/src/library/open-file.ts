import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { DataError, EngineError } from "@semblant/core";
import Sqlite from "better-sqlite3";
import type { Database } from "../database/database.ts";
import { type SqliteDatabase, sqliteDatabase, sqliteOf } from "../database/sqlite.ts";
import { makeLibraryPrivate, makePrivateFile, makePrivateFolder } from "../private-files.ts";
import { filesBeside } from "../taught/files-beside.ts";
import { inOurWords } from "./failures.ts";
import { mayWrite, openToRead } from "./open-to-read.ts";
import { applicationId, readableVersion, steps } from "./schema.ts";
import { type Cell, rowSeal } from "./seals.ts";

/** Where a library's rows lie. */
export type LibraryFile = Database;

/** Milliseconds that one process waits for another's transaction, each of which is one photo. */
const patience = 10_000;

/**
 * Opens the library's file, making it, or bringing an older one up to date, unless it is only to be read: then one with
 * other tables is brought up to date in memory, and one that lacks only indexes is read as it is.
 *
 * It is in WAL mode: one writes while others read, and a process that is killed leaves whole transactions. What is made is its owner's
 * alone, and what is there becomes so.
 *
 * @throws DataError if it is missing and only to be read, is no library, is damaged, was made by a newer version, or cannot be opened
 */
export function openFile(path: string, options: { readonly readonly: boolean }): SqliteDatabase {
  if (options.readonly && !existsSync(path)) {
    throw new DataError(`library: expected a library at ${path}, but there is none.\n  Make one with: semblant index FOLDER`);
  }
  try {
    return options.readonly ? openedToRead(path) : openedToWrite(path);
  } catch (error) {
    throw inOurWords(error, path);
  }
}

function openedToRead(path: string): SqliteDatabase {
  const file = openToRead(path, {
    patience,
    isOlder(opened) {
      refuseForeign(opened, path);
      return (opened.pragma("user_version", { simple: true }) as number) < readableVersion;
    },
    change(older) {
      older.function("row_seal", { varargs: true, deterministic: true }, (...row) => rowSeal(row as Cell[]));
      migrate(older, steps);
    },
  });
  return prepared(sqliteDatabase(file));
}

function openedToWrite(path: string): SqliteDatabase {
  if (existsSync(path) && !mayWrite(path)) throw Object.assign(new Error("may only be read"), { code: "EACCES" });
  makePrivateFolder(dirname(path));
  makePrivateFile(path);
  const file = sqliteDatabase(new Sqlite(path, { timeout: patience }));
  try {
    refuseForeign(file, path);
    makeLibraryPrivate(path, filesBeside(path));
    prepared(file);
    keepTemporaryFilesIn(dirname(path), file);
    file.pragma("journal_mode = WAL");
    file.pragma("synchronous = NORMAL"); // after a power cut the last photos may be missing; never is the file broken
    migrate(file, steps);
    return file;
  } catch (error) {
    file.close();
    throw error;
  }
}

/** What SQLite puts aside holds faces, too: it belongs beside the library, not into a folder and on a disk that others share. */
function keepTemporaryFilesIn(folder: string, file: Sqlite.Database): void {
  file.pragma(`temp_store_directory = '${folder.replaceAll("'", "''")}'`);
}

function prepared<File extends Sqlite.Database>(file: File): File {
  file.function("row_seal", { varargs: true, deterministic: true }, (...row) => rowSeal(row as Cell[]));
  file.pragma("foreign_keys = ON");
  file.pragma("temp_store = FILE");
  file.pragma("secure_delete = ON"); // what is deleted is overwritten, not only unlinked
  return file;
}

/**
 * Brings a file from its version to the last of `all`, each step a transaction of its own.
 *
 * @throws DataError what the step threw, the version before it kept
 */
export function migrate(file: Sqlite.Database, all: readonly string[]): void {
  for (let version = file.pragma("user_version", { simple: true }) as number; version < all.length; version++) {
    file
      .transaction(() => {
        if ((file.pragma("user_version", { simple: true }) as number) !== version) return; // another process was first
        file.exec(all[version] as string);
        file.pragma(`application_id = ${applicationId}`);
        file.pragma(`user_version = ${version + 1}`);
      })
      .immediate();
  }
}

function refuseForeign(file: Sqlite.Database, path: string): void {
  const version = file.pragma("user_version", { simple: true }) as number;
  const id = file.pragma("application_id", { simple: true }) as number;
  const tables = file.prepare("SELECT count(*) FROM sqlite_master").pluck().get() as number;
  if (id !== applicationId && (tables > 0 || version > 0)) {
    throw new DataError(`library: expected ${path} to be a library, but it is another program's SQLite file.`);
  }
  if (version > steps.length) {
    throw new DataError(
      `library: expected ${path} to be of format ${steps.length} or older, but it is of format ${version}, of a newer semblant.\n` +
        "  Update with: npm install semblant@latest",
    );
  }
}

/** Lets a file answer for vectors; false where sqlite-vec has no build for this machine, and search compares one by one instead. */
export async function loadVectors(file: LibraryFile): Promise<boolean> {
  try {
    const { load } = await import("sqlite-vec");
    load(sqliteOf(file));
    return true;
  } catch (error) {
    if (process.env.SEMBLANT_NEEDS_VECTORS) throw new EngineError(`library: sqlite-vec did not load: ${(error as Error).message}`);
    return false;
  }
}
