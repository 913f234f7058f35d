import { accessSync, constants, existsSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import Database from "better-sqlite3";
import { withLog } from "./read-log.ts";

/** Whether a library's file may be written, or made where it is missing. */
export function mayWrite(path: string): boolean {
  const may = (place: string) => {
    try {
      accessSync(place, constants.W_OK);
      return true;
    } catch {
      return false;
    }
  };
  if (existsSync(path)) return may(path) && may(dirname(path));
  let folder = dirname(path);
  while (!existsSync(folder) && folder !== dirname(folder)) folder = dirname(folder);
  return may(folder);
}

/**
 * Opens a file to read it, whatever its folder allows.
 *
 * Where SQLite cannot make what its log needs even for reading, nobody writes either: the file is read into memory, with its log where
 * it was left with one. So is an older one, to be changed there.
 *
 * @param change what makes an older file one of today, in memory only
 */
export function openToRead(path: string, { patience, isOlder, change }: Opening): Database.Database {
  const file = openAsItIs(path, patience);
  if (!isOlder(file)) return file;
  const inMemory = new Database(withoutLog(file.serialize()));
  file.close();
  change(inMemory);
  const bytes = inMemory.serialize();
  inMemory.close();
  return new Database(bytes, { readonly: true });
}

interface Opening {
  /** Milliseconds to wait for another's transaction. */
  readonly patience: number;
  isOlder(file: Database.Database): boolean;
  change(file: Database.Database): void;
}

function openAsItIs(path: string, timeout: number): Database.Database {
  if (mayWrite(path) || !existsSync(path)) return opened(path, { readonly: true, timeout });
  try {
    return opened(path, { readonly: true, timeout });
  } catch (error) {
    if (!/^SQLITE_(CANTOPEN|READONLY|IOERR)/.test(String((error as { code?: unknown }).code))) throw error;
    const log = `${path}-wal`;
    const bytes = existsSync(log) ? withLog(readFileSync(path), readFileSync(log)) : readFileSync(path);
    return opened(withoutLog(bytes), { readonly: true });
  }
}

/** Marked as a file that has no log, which one in memory cannot have. */
const withoutLog = (bytes: Buffer): Buffer => bytes.fill(1, 18, 20);

function opened(place: string | Buffer, options: Database.Options): Database.Database {
  const file = new Database(place, options);
  try {
    file.pragma("schema_version"); // the first that reads
    return file;
  } catch (error) {
    file.close();
    throw error;
  }
}
