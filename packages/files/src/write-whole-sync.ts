import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { inFileWords } from "@semblant/core/internals";

/**
 * Writes a file so that its name holds either the old content or the new, whatever happens in between: a temporary file
 * beside it, made durable, then renamed over it.
 *
 * @throws DataError if it cannot be written, in the words of `inFileWords`
 */
export function writeWholeSync(path: string, content: string): void {
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
