import { randomBytes } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { inFileWords } from "@semblant/core/internals";
import { makeFolder } from "./make-folder.ts";

/** The calls that writing a file makes, so that a test can let each of them fail. */
export interface FileCalls {
  readonly mkdir: (path: string) => void | Promise<void>;
  readonly open: typeof open;
  readonly rename: typeof rename;
  readonly rm: typeof rm;
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
