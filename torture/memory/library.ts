import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Random } from "@semblant/core";
import { openLibrary } from "@semblant/photos";
import sharp from "sharp";
import { openReader } from "../../bench/cheap-reader.ts";

/** Makes a folder of drawn photos of two faces each, in folders named by two labels, and its library, by a reader without networks. */
export async function makeLibrary(folder: string, photos: number, random: Random): Promise<void> {
  for (let i = 0; i < photos; i++) {
    const place = join(folder, ["dark", "bright"][i % 2] as string);
    mkdirSync(place, { recursive: true });
    const data = Uint8Array.from({ length: 8 * 6 * 3 }, () => random.integer(256));
    const picture = sharp(data, { raw: { width: 8, height: 6, channels: 3 } }).resize(160, 120, { kernel: "cubic" });
    writeFileSync(join(place, `${i}.jpg`), await picture.jpeg().toBuffer());
  }
  using library = await openLibrary(folder, { reader: openReader });
  for await (const { error } of library.index()) if (error !== undefined) throw new Error(error);
}
