import { existsSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { crc32 } from "node:zlib";
import { DataError } from "@semblant/core";
import Database from "better-sqlite3";
import { makePrivateFile, makePrivateFolder } from "../private-files.ts";
import { thumbnailsPath } from "../taught/files-beside.ts";
import { placeBeside } from "../taught/place-beside.ts";
import type { LibraryFile } from "./open-file.ts";
import { mayWrite } from "./open-to-read.ts";

/** "SemT" in ASCII. */
const applicationId = 0x53656d54;
/** A store of another format is made anew: it can be cut again. */
const format = 1;

const table = `CREATE TABLE thumbnails (
  hash TEXT NOT NULL, cut TEXT NOT NULL, webp BLOB NOT NULL, crc INTEGER NOT NULL, PRIMARY KEY (hash, cut)
) STRICT;`;

/**
 * Small pictures that were cut before, in a file of their own beside the library, or in the user's cache where the library lies on a
 * server. It can go at any time: what is damaged is dropped, and where nothing can be written there is no store.
 */
export class ThumbnailStore {
  readonly #path: string;
  #file: Database.Database | undefined;

  /** @param library the library's file, or its address */
  constructor(library: string) {
    this.#path = thumbnailsPath(placeBeside(library));
    this.#file = mayWrite(this.#path) ? this.#opened() : undefined;
  }

  /**
   * @param hash of the photo's bytes
   * @param cut what of the photo is shown, and how large
   */
  get(hash: string, cut: string): Uint8Array | undefined {
    const row = this.#trying((file) => file.prepare("SELECT webp, crc FROM thumbnails WHERE hash = ? AND cut = ?").get(hash, cut)) as
      | { webp: Buffer; crc: number }
      | undefined;
    return row !== undefined && crc32(row.webp) === row.crc ? row.webp : undefined;
  }

  put(hash: string, cut: string, webp: Uint8Array): void {
    this.#trying((file) =>
      file.prepare("INSERT OR REPLACE INTO thumbnails (hash, cut, webp, crc) VALUES (?, ?, ?, ?)").run(hash, cut, webp, crc32(webp)),
    );
  }

  close(): void {
    this.#file?.close();
    this.#file = undefined;
  }

  /** What fails here is a thumbnail that is cut again: a store that is damaged or was taken away begins anew. */
  #trying<T>(work: (file: Database.Database) => T): T | undefined {
    if (this.#file === undefined) return undefined;
    try {
      return work(this.#file);
    } catch (error) {
      if (!isDamage(error)) return undefined; // full or busy: it is cut each time
      this.#file.close();
      this.#file = this.#opened();
      return undefined;
    }
  }

  #opened(): Database.Database | undefined {
    for (const again of [false, true]) {
      try {
        if (again) removeStore(this.#path);
        return openStore(this.#path);
      } catch (error) {
        if (!isDamage(error)) return undefined;
      }
    }
    return undefined;
  }
}

/**
 * Takes out what is of no photo of the library any more, so that none of its bytes remain.
 *
 * @param library the library's file, or its address
 * @throws DataError if another process is reading it
 */
export function pruneThumbnails(file: LibraryFile, library: string): void {
  const path = thumbnailsPath(placeBeside(library));
  if (!existsSync(path)) return;
  let store: Database.Database;
  try {
    store = openStore(path);
  } catch (error) {
    if (!isDamage(error)) throw error;
    removeStore(path);
    return;
  }
  try {
    const known = file.prepare("SELECT 1 FROM photos WHERE hash = ? LIMIT 1");
    const hashes = store.prepare("SELECT DISTINCT hash FROM thumbnails").pluck().all() as string[];
    const gone = hashes.filter((hash) => known.get(hash) === undefined);
    if (gone.length === 0) return;
    const drop = store.prepare("DELETE FROM thumbnails WHERE hash = ?");
    store.transaction(() => {
      for (const hash of gone) drop.run(hash);
    })();
    const [state] = store.pragma("wal_checkpoint(TRUNCATE)") as { busy: number }[];
    if (state?.busy === 0) return;
    throw new DataError(`library: expected to empty the log of ${path}, but another process is reading it.\n  Try again when it is done.`);
  } catch (error) {
    if (!isDamage(error)) throw error;
    removeStore(path);
  } finally {
    store.close();
  }
}

function openStore(path: string): Database.Database {
  makePrivateFolder(dirname(path));
  makePrivateFile(path);
  const file = new Database(path, { timeout: 5000 });
  try {
    file.pragma("journal_mode = WAL");
    file.pragma("synchronous = NORMAL");
    file.pragma("secure_delete = ON");
    const own = file.pragma("application_id", { simple: true }) === applicationId;
    const version = file.pragma("user_version", { simple: true });
    if (own && version === format) return file;
    if (file.prepare("SELECT count(*) FROM sqlite_master").pluck().get() !== 0) throw new Foreign();
    file.transaction(() => {
      file.exec(table);
      file.pragma(`application_id = ${applicationId}`);
      file.pragma(`user_version = ${format}`);
    })();
    return file;
  } catch (error) {
    file.close();
    throw error;
  }
}

/** Another format's. */
class Foreign extends Error {
  readonly code = "SQLITE_NOTADB";
}

const isDamage = (error: unknown): boolean =>
  /^SQLITE_(CORRUPT|NOTADB|ERROR|READONLY_DBMOVED|IOERR)/.test(String((error as { code?: unknown }).code));

function removeStore(path: string): void {
  for (const ending of ["", "-wal", "-shm"]) rmSync(path + ending, { force: true });
}
