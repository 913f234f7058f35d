import { readFile, stat } from "node:fs/promises";
import { inflateSync } from "node:zlib";
import { DataError } from "@semblant/core";
import {
  decodeBmp,
  fileFormat,
  fullPicture,
  jpegNotRead,
  mostExtraBytes,
  packedExtras,
  remarkOnCut,
  tooMuchToHold,
} from "@semblant/core/internals";
import type { Sharp } from "sharp";
import sharp from "sharp";
import { decodeGreyPng } from "./grey-png.ts";
import type { ImageShape } from "./memory-images.ts";
import { pixelsOf, type Region } from "./region.ts";

/** How an image is brought to the shape of the store. */
export interface DecodeOptions extends ImageShape {
  /** Refuse an image of another size than asked for, instead of scaling it. */
  readonly exact?: boolean;
  /** The part of the picture that is wanted, as it stands after turning; all of it where undefined. */
  readonly region?: Region | undefined;
  /** Is told what is to be known of how the image was read: a JPEG that ends early, but for a few rows. */
  readonly remark?: ((text: string) => void) | undefined;
}

/** Above this an image is refused before it is decoded: a file of a few kilobytes can claim any size. */
const mostPixels = 100_000_000;
/** Failures that are no fact about the file and may be gone at the next try: they end the run rather than count as a fault. */
const passing = new Set(["EMFILE", "ENFILE", "ENOMEM", "EIO", "ESTALE"]);
/** Below this many pixels on a side there is no face to see. */
const leastSide = 8;
/** Files above this are no picture of a data set. */
const mostBytes = 2 ** 29;

/**
 * One image file as bytes of the asked shape: turned as its EXIF orientation says, the asked region of it, transparency on black,
 * scaled to fit with black borders where the proportions differ. An image that has the shape already comes out bit for bit.
 *
 * @throws DataError if the file is missing, not an image, damaged, cut short, or of the wrong size, or the region lies outside of it;
 *   the message starts with a small letter and does not name the file, which the caller knows
 */
export async function decodeImage(path: string, options: DecodeOptions): Promise<Uint8Array> {
  const { width, height, channels, region } = options;
  const bytes = await readBytes(path);
  const plain = channels === 1 && region === undefined ? decodeGreyPng(bytes) : undefined;
  if (plain && plain.width === width && plain.height === height) return plain.pixels;

  refuseOther(bytes);
  const { bytes: full, notRead } = fullPicture(bytes);
  if (notRead !== undefined) throw new DataError(`${expected} ${notRead}.`);
  try {
    return await unpackedOrWhy(full, options);
  } catch (error) {
    const remark = error instanceof DataError && endsEarly(error.cause) ? await remarkOfJpeg(full).catch(() => undefined) : undefined;
    if (remark === undefined) throw error;
    options.remark?.(remark);
    return unpacked(full, options, "none");
  }
}

/**
 * The decoder keeps one list of errors for all threads: where another picture is done in that moment, it clears the reason of this one.
 * Then the picture is decoded again, to learn the reason.
 */
async function unpackedOrWhy(bytes: Uint8Array, options: DecodeOptions): Promise<Uint8Array> {
  for (let tries = 1; ; tries++) {
    try {
      return await unpacked(bytes, options, "error");
    } catch (error) {
      const lost = error instanceof DataError && error.cause instanceof Error && /^unknown error/i.test(error.cause.message);
      if (!lost || tries === mostTries) throw error;
    }
  }
}

/** A reason is lost in one try of four where all threads are busy. */
const mostTries = 30;

const endsEarly = (cause: unknown) => cause instanceof Error && /premature end/i.test(cause.message);

/** What is missing of a JPEG that ends early, where it may be read all the same, as photos are. */
async function remarkOfJpeg(bytes: Uint8Array): Promise<string | undefined> {
  const format = fileFormat(bytes);
  if (!("picture" in format) || format.picture !== "jpeg") return undefined;
  return remarkOnCut(bytes, sharp(bytes, { failOn: "none", ignoreIcc: true, limitInputPixels: false }));
}

async function unpacked(bytes: Uint8Array, options: DecodeOptions, failOn: "error" | "none"): Promise<Uint8Array> {
  const { width, height, channels, exact = false, region } = options;
  const image = open(bytes, failOn);
  const size = await image.metadata().catch(() => {
    throw new DataError(`${expected} something else.`);
  });
  let [w, h] = [size.autoOrient.width, size.autoOrient.height];
  if (w * h > mostPixels) throw wrongSize("at most 100 megapixels", w, h);
  const why = tooMuchToHold(size);
  if (why !== undefined) throw new DataError(`${why}.`);
  if (exact && (w !== width || h !== height)) throw wrongSize(`${width} x ${height} pixels`, w, h);
  if (region !== undefined) {
    const part = pixelsOf(region, w, h);
    image.extract(part);
    [w, h] = [part.width, part.height];
  }
  if (Math.min(w, h) < leastSide) throw wrongSize(`at least ${leastSide} pixels on a side`, w, h);

  if (w !== width || h !== height) image.resize(width, height, { fit: "contain", background: "black" });
  if (size.hasAlpha) image.flatten({ background: "black" });
  image.toColourspace(channels === 1 ? "b-w" : "srgb");
  const { data, info } = await image
    .raw({ depth: "uchar" })
    .toBuffer({ resolveWithObject: true })
    .catch((cause: unknown) => {
      throw new DataError("the image is damaged or cut short.", { cause });
    });
  if (info.channels === channels) return data;
  throw new DataError(`expected ${channels} channels, but got ${info.channels}.`);
}

const expected = "expected an image (PNG, JPEG, WebP, TIFF, GIF, AVIF or BMP), but got";

/** Only what begins as a picture may reach its decoder, and no colour profile that would unpack to any size. */
function refuseOther(bytes: Uint8Array): void {
  const format = fileFormat(bytes);
  if ("other" in format) throw new DataError(`${expected} ${format.other ?? "something else"}.`);
  if ("picture" in format && format.picture === "heic") throw new DataError(`${expected} HEIC.`);
  const kind = jpegNotRead(bytes);
  if (kind !== undefined) throw new DataError(`${expected} ${kind}.`);
  let left = mostExtraBytes;
  for (const packed of packedExtras(bytes)) {
    try {
      left -= inflateSync(packed, { maxOutputLength: left }).length;
    } catch (cause) {
      if ((cause as { code?: string }).code !== "ERR_BUFFER_TOO_LARGE") continue; // damaged: its decoder passes it over
      throw new DataError(`its colour profile or words take more than ${mostExtraBytes / 2 ** 20} MiB.`, { cause });
    }
  }
}

/** Width and height of a picture that may reach its decoder, as it stands after turning. */
export async function sizeOf(bytes: Uint8Array): Promise<{ readonly width: number; readonly height: number }> {
  refuseOther(bytes);
  const { autoOrient } = await open(bytes)
    .metadata()
    .catch(() => {
      throw new DataError(`${expected} something else.`);
    });
  return autoOrient;
}

function open(bytes: Uint8Array, failOn: "error" | "none" = "error"): Sharp {
  const bitmap = decodeBmp(bytes);
  if (bitmap === undefined) return sharp(bytes, { failOn, limitInputPixels: false, autoOrient: true });
  return sharp(bitmap.pixels, { raw: { width: bitmap.width, height: bitmap.height, channels: 3 }, limitInputPixels: false });
}

/**
 * A file's bytes.
 *
 * @throws DataError if it cannot be read, is empty or too large, or is no file: a pipe would be waited for without end
 */
export async function readBytes(path: string): Promise<Uint8Array> {
  const facts = await stat(path).catch(() => undefined); // reading says why it cannot be
  if (facts !== undefined && !facts.isFile() && !facts.isDirectory()) throw new DataError("it is a pipe or a device, not a file.");
  if (facts !== undefined && facts.size > mostBytes) {
    throw new DataError(`expected at most ${mostBytes / 2 ** 20} MiB, but it has ${Math.round(facts.size / 2 ** 20)}.`);
  }
  const bytes = await readFile(path).catch((cause: NodeJS.ErrnoException) => {
    const lost = path.includes("\ufffd") ? "its name is not UTF-8: rename it." : "no such file."; // such bytes are not found again
    if (cause.code === "ENOENT") throw new DataError(lost, { cause });
    if (passing.has(cause.code ?? "")) throw cause;
    if (cause.code === "ENAMETOOLONG") throw new DataError("the file cannot be read: its name is too long.", { cause });
    throw new DataError("the file cannot be read.", { cause });
  });
  if (bytes.length === 0) throw new DataError("the file is empty.");
  return bytes;
}

function wrongSize(expected: string, width: number, height: number): DataError {
  return new DataError(`expected ${expected}, but got ${width} x ${height}.`);
}
