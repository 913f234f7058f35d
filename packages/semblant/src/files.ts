import { randomBytes } from "node:crypto";
import { accessSync, constants, mkdirSync, statSync } from "node:fs";
import { open, readFile, rename, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { DataError, inFileWords, makeFolders } from "@semblant/core";

/** The calls that writing a file makes, so that a test can let each of them fail. */
export interface FileCalls {
  readonly mkdir: (path: string) => void | Promise<void>;
  readonly open: typeof open;
  readonly rename: typeof rename;
  readonly rm: typeof rm;
}

/**
 * Makes a folder and those above it that are missing.
 *
 * @param mode who may do what with each, less the umask
 * @throws DataError if it cannot be made, in the words of `inFileWords`
 */
export function makeFolder(path: string, mode = 0o777): void {
  try {
    makeFolders(resolve(path), { kindOf, dirname, mkdir: (folder) => mkdirSync(folder, mode) });
  } catch (error) {
    throw inFileWords(error, path);
  }
}

function kindOf(path: string): "folder" | "other" | undefined {
  const there = statSync(path, { throwIfNoEntry: false });
  return there && (there.isDirectory() ? "folder" : "other");
}

/**
 * Writes a file whole or not at all: to a temporary name beside it, to the disk, then into place.
 * Missing folders are made; an interrupted write leaves the old file as it was.
 *
 * @param options `mode`: who may do what with the file, less the umask (0o666)
 * @throws DataError if it cannot be written, in the words of `inFileWords`
 */
export async function writeWhole(
  path: string,
  content: string | Uint8Array,
  { mode, calls = { mkdir: makeFolder, open, rename, rm } }: { readonly mode?: number; readonly calls?: FileCalls } = {},
): Promise<void> {
  const temporary = join(dirname(path), `.semblant-${randomBytes(6).toString("hex")}.tmp`);
  try {
    await calls.mkdir(dirname(path));
    const file = await calls.open(temporary, "wx", mode);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await calls.rename(temporary, path);
  } catch (error) {
    await calls.rm(temporary, { force: true }).catch(() => {}); // the first failure is the one to tell
    throw inFileWords(error, path);
  }
}

/**
 * Writes a table that a person may edit, whole or not at all, but never over another one: what was edited would be lost. Where the same
 * is there already, nothing is written.
 *
 * @throws DataError if other words are there, or it cannot be written, in the words of `inFileWords`
 */
export async function writeUnlessEdited(path: string, content: string): Promise<void> {
  const there = statSync(path, { throwIfNoEntry: false })?.isFile() ? await readFile(path, "utf8") : "";
  if (there === content) return;
  if (there === "") return writeWhole(path, content);
  throw new DataError(
    `${path}: expected no other table there, but there is one that a person may have edited; it was left as it is.\n  Name another file, or move that one away.`,
  );
}

/**
 * Refuses a place that cannot be written to, before the work whose answer would go there: a folder where the file should be, a file on
 * the way, no permission, a read-only file system, a name that is too long. Nothing is made or changed.
 *
 * @param kind what will be there: a file, or a folder with files
 * @throws DataError if it cannot be written, in the words of `inFileWords`
 */
export function checkWritable(path: string, kind: "file" | "folder" = "file"): void {
  try {
    const there = statSync(path, { throwIfNoEntry: false });
    if (kind === "file" && there?.isDirectory()) throw failure("EISDIR", "open");
    if (kind === "folder" && there !== undefined && !there.isDirectory()) throw failure("ENOTDIR", "mkdir");
    const from = kind === "folder" && there !== undefined ? resolve(path) : dirname(resolve(path));
    const nearest = firstThere(from);
    if (!statSync(nearest).isDirectory()) throw failure("ENOTDIR", kind === "folder" ? "mkdir" : "open");
    accessSync(nearest, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw inFileWords(error, path);
  }
}

/** The folder, or the nearest above it that is there. */
function firstThere(folder: string): string {
  for (let at = folder; ; at = dirname(at)) if (statSync(at, { throwIfNoEntry: false }) !== undefined || at === dirname(at)) return at;
}

/** What the system would say of it. */
function failure(code: string, syscall: string): Error {
  return Object.assign(new Error(code), { code, syscall });
}
