import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, statSync, writeSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { inFileWords, makeFolders } from "@semblant/core";

/**
 * Writes a file so that its name holds either the old content or the new, whatever happens in between: a temporary file
 * beside it, made durable, then renamed over it.
 *
 * @throws DataError if it cannot be written, in the words of `inFileWords`
 */
export function writeWhole(path: string, content: string): void {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    const file = openSync(temporary, "w");
    try {
      writeAll(file, Buffer.from(content));
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
    makeNameDurable(path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw inFileWords(error, path);
  }
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

/** Writes all bytes: on a disk that is nearly full the system takes a part of them and fails at the next call only. */
export function writeAll(file: number, bytes: Uint8Array, position?: number): void {
  for (let done = 0; done < bytes.length; ) {
    done += writeSync(file, bytes, done, bytes.length - done, position === undefined ? null : position + done);
  }
}

/** A renamed file keeps its name through a power cut only once its folder is on disk as well. */
export function makeNameDurable(path: string): void {
  const folder = openSync(dirname(path), "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
