import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readPhoto } from "@semblant/photos";
import { damaged } from "../damage.ts";
import type { Kind } from "./kind.ts";

const files = [
  "photo.jpg",
  "photo.png",
  "photo.webp",
  "photo.tiff",
  "photo.avif",
  "photo.gif",
  "photo.heic",
  "progressive.jpg",
  "palette.png",
  "tiled.tiff",
  "deep.png",
  "photo.bmp",
  "several.tiff",
  "raw.dng",
];

/** Damaged photos, one kind a format. */
export const photoKinds: readonly Kind[] = files.map((file) => ({
  name: file,
  parts: ["formats"],
  make({ stock, folder, random }) {
    const bytes = damaged(readFileSync(join(stock.formats, file)), random);
    const path = join(folder, file);
    writeFileSync(path, bytes);
    return { args: ["classify", path, "--json", "-q"], call: () => readPhoto(path, { maxSide: 1280 }) };
  },
}));
