import { DataError } from "@semblant/core";
import { invalidOption, refuseUnknown } from "@semblant/core/internals";
import { type Extent, keptSide } from "@semblant/faces/internals";
import { remarkOnCut } from "./cut-jpeg.ts";
import { fileBytes } from "./file-bytes.ts";
import { readHeic } from "./heic.ts";
import type { Kept } from "./kept.ts";
import { whyGone } from "./missing-file.ts";
import { inPhotoWords, mostPixels, type OpenedPicture, openPicture, pictureFormat } from "./open-picture.ts";
import type { Photo } from "./photo.ts";
import { takenAt } from "./taken-at.ts";

export interface ReadPhotoOptions {
  /** Pixels of the longer side; larger photos are made smaller (2,560, or more where faces are looked for more closely). */
  readonly maxSide?: number;
  /** Pixels of the smallest face that is looked for: the photo keeps the pixels that this takes (see `closenessOf`). */
  readonly smallest?: number;
  /** Photos of more pixels are refused before they are unpacked (120 million). */
  readonly maxPixels?: number;
}

/**
 * A photo as upright red, green and blue, whatever its format: JPEG, PNG, WebP, TIFF, AVIF, GIF (the first frame), BMP, HEIC.
 *
 * What it is, its first bytes say, whatever its name: nothing else is given to a decoder. Photos of more than 512 MiB
 * of pixels are refused. Of several pictures in a TIFF or DNG it is the full one. A JPEG that ends early is read where
 * at most a quarter of its rows is missing. In both cases `remark` says so. Transparent pixels lie on white; CMYK,
 * 16-bit and wide-gamut colours become 8-bit sRGB.
 *
 * @param photo a path or the file's bytes
 * @throws DataError with a short reason: no picture, cut short, too large, empty
 * @throws OptionError if an option is out of range or unknown
 *
 * @example
 * await readPhoto("none.jpg"); // throws DataError: photo: there is no such file.
 */
export async function readPhoto(photo: string | Uint8Array, options: ReadPhotoOptions = {}): Promise<Photo> {
  const where = "readPhoto";
  refuseUnknown(where, options, ["maxSide", "maxPixels", "smallest"]);
  const { maxPixels = mostPixels, smallest } = options;
  if (options.maxSide !== undefined && !(options.maxSide >= 1)) {
    throw invalidOption(where, "maxSide", "a number of 1 or more", options.maxSide);
  }
  if (smallest !== undefined && !(smallest > 0)) throw invalidOption(where, "smallest", "a number above 0", smallest);
  if (!(maxPixels >= 1)) throw invalidOption(where, "maxPixels", "a number of 1 or more", maxPixels);
  const bytes = typeof photo === "string" ? await bytesOf(photo) : photo;
  const maxSide = (extent: Extent) => options.maxSide ?? keptSide(extent, smallest);
  if (pictureFormat(bytes) === "heic") return readHeic(bytes, { maxSide, maxPixels });
  return decode(bytes, { maxSide, maxPixels });
}

async function decode(bytes: Uint8Array, limits: Kept): Promise<Photo> {
  const opened = await openPicture(bytes, limits);
  try {
    return await unpack(bytes, opened, limits).catch(async (error: Error) => {
      const remark = /premature end/i.test(error.message) && pictureFormat(bytes) === "jpeg" ? await remarkOnCut(bytes) : undefined;
      if (remark === undefined) throw error;
      return unpack(bytes, { ...(await openPicture(bytes, { ...limits, failOn: "none" })), remark }, limits);
    });
  } catch (error) {
    throw inPhotoWords(error);
  }
}

async function unpack(bytes: Uint8Array, { image, head, remark }: OpenedPicture, { maxSide }: Kept): Promise<Photo> {
  const { width, height, format, orientation = 1, exif } = head;
  const side = maxSide({ width, height });
  const isTiff = pictureFormat(bytes) === "tiff"; // a preview in it knows no day
  const { data, info } = await image
    .rotate()
    .resize({ width: side, height: side, fit: "inside", withoutEnlargement: true })
    .flatten({ background: "#ffffff" })
    .toColourspace("srgb")
    .removeAlpha()
    .raw({ depth: "uchar" })
    .toBuffer({ resolveWithObject: true });
  const turned = orientation >= 5;
  const taken = await takenAt(isTiff ? bytes : (exif ?? bytes));
  return {
    width: info.width,
    height: info.height,
    data: info.channels === 3 ? data : grey(data),
    format: isTiff ? "tiff" : format,
    originalWidth: turned ? height : width,
    originalHeight: turned ? width : height,
    ...(taken !== undefined && { taken }),
    ...(remark !== undefined && { remark }),
  };
}

/** Three channels of one. */
function grey(data: Uint8Array): Uint8Array {
  return Uint8Array.from({ length: 3 * data.length }, (_, i) => data[Math.floor(i / 3)] as number);
}

async function bytesOf(path: string): Promise<Uint8Array> {
  try {
    return await fileBytes(path);
  } catch (cause) {
    if (cause instanceof DataError) throw cause;
    const { code } = cause as NodeJS.ErrnoException;
    const why = code === "ENOENT" ? whyGone(path) : code === "EACCES" ? "it may not be read" : code === "EISDIR" ? "it is a folder" : code;
    throw new DataError(`photo: ${why}.`, { cause });
  }
}
