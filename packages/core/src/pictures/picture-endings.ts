import type { PictureFormat } from "./file-format.ts";

/**
 * The endings of names by which files in a folder are taken for pictures: the one list of all commands. What a file is, its first bytes
 * say; see `fileFormat`.
 */
export const pictureEndings: Readonly<Record<PictureFormat, readonly string[]>> = {
  jpeg: [".jpg", ".jpeg", ".jpe", ".jfif", ".jif", ".pjpeg", ".pjp", ".mpo"],
  png: [".png", ".apng"],
  webp: [".webp"],
  tiff: [".tif", ".tiff", ".dng"],
  avif: [".avif"],
  gif: [".gif"],
  bmp: [".bmp", ".dib"],
  heic: [".heic", ".heif", ".hif"],
};

const all = new Set(Object.values(pictureEndings).flat());

/**
 * Whether a name or path ends as a picture's does, in capitals or not.
 *
 * @example
 * ["a/IMG_1.HIF", "me.jfif", "notes.txt", "jpg"].map(isPictureName); // [true, true, false, false]
 */
export function isPictureName(path: string): boolean {
  return all.has(endingOf(path));
}

/**
 * The ending of a name or path in small letters, with its dot; "" where there is none.
 *
 * @example
 * ["a.b/IMG_1.HIF", "a.b/notes", ".hidden"].map(endingOf); // [".hif", "", ""]
 */
export function endingOf(path: string): string {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const dot = name.lastIndexOf(".");
  return dot <= 0 ? "" : name.slice(dot).toLowerCase();
}

/**
 * Formats and their endings in words, for whoever wants to know what is read.
 *
 * @example
 * picturesInWords().split("; ")[1]; // "PNG (.png, .apng)"
 */
export function picturesInWords(): string {
  return Object.entries(pictureEndings)
    .map(([format, endings]) => `${names[format as PictureFormat]} (${endings.join(", ")})`)
    .join("; ");
}

const names: Readonly<Record<PictureFormat, string>> = {
  jpeg: "JPEG",
  png: "PNG",
  webp: "WebP",
  tiff: "TIFF",
  avif: "AVIF",
  gif: "GIF",
  bmp: "BMP",
  heic: "HEIC",
};
