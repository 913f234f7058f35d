import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { DataError } from "@semblant/core";

/** Larger files are no photos. */
export const mostBytes = 512 * 2 ** 20;

/**
 * The bytes of a photo's file. A pipe, a socket or a device is none: it could be waited for, or read, for ever. What it is, is asked of
 * the file that was opened, so that nothing can take its place in between.
 *
 * @throws DataError if it is no plain file, or of more than 512 MiB
 * @throws the system's own error where it cannot be read
 */
export async function fileBytes(path: string): Promise<Uint8Array> {
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stats = await file.stat();
    if (stats.isDirectory()) throw Object.assign(new Error("it is a folder"), { code: "EISDIR" });
    if (!stats.isFile()) throw new DataError("photo: it is a pipe or a device, not a file.");
    if (stats.size > mostBytes) throw new DataError(`photo: its file has ${(stats.size / 2 ** 20).toFixed(0)} MiB, more than any photo.`);
    return await file.readFile();
  } finally {
    await file.close();
  }
}
