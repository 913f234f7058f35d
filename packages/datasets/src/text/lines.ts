import { open } from "node:fs/promises";
import { DataError } from "@semblant/core";
import { inFileWords } from "@semblant/core/internals";

const chunkBytes = 1 << 22;

/**
 * Calls `take` with the place of each line of a file in a buffer that is used again: line breaks and empty lines left out. The file may
 * be of any size (AffectNet's training.csv has some 400 MB); 4 MiB of it are held.
 *
 * @throws DataError if a line is longer than 4 MiB
 */
export async function forEachLine(where: string, path: string, take: (bytes: Buffer, start: number, end: number) => void): Promise<void> {
  const failed = (error: unknown) => {
    throw inFileWords(error, path);
  };
  const file = await open(path).catch(failed);
  try {
    const bytes = Buffer.alloc(chunkBytes);
    let held = 0;
    for (;;) {
      const { bytesRead } = await file.read(bytes, held, bytes.length - held).catch(failed);
      const filled = held + bytesRead;
      let start = 0;
      for (;;) {
        let end = bytes.indexOf(10, start);
        if (end < 0 || end >= filled) {
          if (bytesRead > 0 || start >= filled) break;
          end = filled;
        }
        const bare = end > start && bytes[end - 1] === 13 ? end - 1 : end;
        if (bare > start) take(bytes, start, bare);
        start = end + 1;
      }
      if (bytesRead === 0) return;
      bytes.copyWithin(0, start, filled);
      held = filled - start;
      if (held === bytes.length) throw new DataError(`${where}: expected lines of at most ${chunkBytes} bytes, but one is longer.`);
    }
  } finally {
    await file.close();
  }
}
