import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inFileWords } from "@semblant/core/internals";
import { type ImageShape, MemoryImages } from "./memory-images.ts";
import { PackedWriter } from "./packed-file.ts";
import { mostInMemory, openPacked, type Packed } from "./packed-images.ts";

/**
 * Images that are decoded anew and kept nowhere: in memory, or, where they are more than that may hold, in a temporary file that is
 * gone with the process (its name is gone at once).
 *
 * @param memory bytes of images that may be held in memory; 256 MiB unless told
 * @throws DataError if the temporary folder has no room
 */
export async function decodeUncached(
  shape: ImageShape,
  decode: (append: (pixels: Uint8Array) => void) => Promise<unknown>,
  { memory = mostInMemory }: { memory?: number } = {},
): Promise<Packed> {
  const parts: Uint8Array[] = [];
  let held = 0;
  let writer: PackedWriter | undefined;
  const path = join(tmpdir(), `semblant-${process.pid}-${randomUUID()}.pack`);
  const append = (pixels: Uint8Array): void => {
    if (writer !== undefined) {
      writer.append(pixels);
      return;
    }
    parts.push(pixels.slice());
    held += pixels.length;
    if (held <= memory) return;
    writer = new PackedWriter(path, shape);
    for (const part of parts.splice(0)) writer.append(part);
  };
  try {
    const index = await decode(append);
    if (writer === undefined) return { images: new MemoryImages(joined(parts, held), shape), index };
    (writer as PackedWriter).finish(null);
    return { images: openPacked(path, { memory: 0 }).images, index };
  } catch (error) {
    (writer as PackedWriter | undefined)?.abandon();
    throw inFileWords(error, `${path} (decoded images; data.cache=FOLDER keeps them elsewhere)`);
  } finally {
    rmSync(path, { force: true }); // an open file without a name is freed when it is closed
  }
}

/** The parts as one array, each let go as soon as it is copied. */
function joined(parts: Uint8Array[], bytes: number): Uint8Array {
  const whole = new Uint8Array(bytes);
  let at = 0;
  for (let part = parts.shift(); part !== undefined; part = parts.shift()) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
