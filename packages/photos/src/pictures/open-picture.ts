import { inflateSync } from "node:zlib";
import { DataError } from "@semblant/core";
import {
  type BitmapImage,
  decodeBmp,
  fileFormat,
  fullPicture,
  jpegNotRead,
  mostExtraBytes,
  type PictureFormat,
  packedExtras,
  tooMuchToHold,
} from "@semblant/core/internals";
import type { Metadata, Sharp } from "sharp";

/** Photos of more pixels are refused before they are unpacked. */
export const mostPixels = 120e6;

/** A picture whose head was read, and none of its pixels. */
export interface OpenedPicture {
  readonly image: Sharp;
  readonly head: Metadata;
  /** What a person should know of it: that it is a preview, or one of several pages. */
  readonly remark?: string;
}

/**
 * Opens a photo for its decoder: only after its first bytes and its head have said that it is one of the formats that are read and not too
 * large. Every photo of the user's goes through here; nothing else may reach a decoder. Of a file with several pictures it is the full one
 * (see `fullPicture`), of several frames the first.
 *
 * @param options.maxPixels photos of more pixels are refused (120 million)
 * @param options.failOn how damaged the file may be, as sharp has it ("truncated")
 * @throws DataError with a short reason
 */
export async function openPicture(
  bytes: Uint8Array,
  options: { readonly maxPixels?: number; readonly failOn?: "none" | "truncated" } = {},
): Promise<OpenedPicture> {
  const { maxPixels = mostPixels, failOn = "truncated" } = options;
  const format = pictureFormat(bytes);
  refuseExtras(bytes);
  if (format === "bmp") return openBitmap(bytes, maxPixels);
  const { bytes: full, remark, notRead } = fullPicture(bytes);
  if (notRead !== undefined) throw new DataError(`photo: not a picture that is read: it is ${notRead}.`);
  const { default: sharp } = await import("sharp");
  try {
    const image = sharp(full, { limitInputPixels: maxPixels, failOn, pages: 1 });
    const head = await image.metadata();
    if (head.width * head.height > maxPixels) throw tooLarge(head.width, head.height);
    const why = tooMuchToHold(head);
    if (why !== undefined) throw new DataError(`photo: ${why}.`);
    return { image, head, ...(remark !== undefined && { remark }) };
  } catch (error) {
    throw inPhotoWords(error);
  }
}

/** sharp has no decoder of bitmaps. */
async function openBitmap(bytes: Uint8Array, maxPixels: number): Promise<OpenedPicture> {
  try {
    const { width, height, pixels } = decodeBmp(bytes, maxPixels) as BitmapImage;
    const { default: sharp } = await import("sharp");
    const image = sharp(pixels, { raw: { width, height, channels: 3 }, limitInputPixels: maxPixels });
    return { image, head: { ...(await image.metadata()), format: "bmp" as Metadata["format"] } };
  } catch (error) {
    const { message } = error as Error;
    const kind = /but got (\d+ bits with compression \d+)/.exec(message)?.[1];
    if (kind !== undefined) throw new DataError(`photo: not a picture that is read: it is a BMP of ${kind}.`, { cause: error });
    const [, width, height] = /but got (\d+) x (\d+)/.exec(message) ?? [];
    if (width !== undefined) throw tooLarge(Number(width), Number(height));
    throw new DataError("photo: it is cut short or damaged.", { cause: error });
  }
}

/**
 * The format of a photo that is read.
 *
 * @throws DataError if it is empty or another kind of file
 *
 * @example
 * pictureFormat(Uint8Array.from("<svg/>", (letter) => letter.charCodeAt(0)));
 * // throws DataError: photo: not a picture that is read: it is SVG.
 */
export function pictureFormat(bytes: Uint8Array): PictureFormat {
  if (bytes.length === 0) throw new DataError("photo: the file is empty.");
  const format = fileFormat(bytes);
  const kind = "picture" in format && format.picture === "jpeg" ? jpegNotRead(bytes) : undefined;
  if (kind !== undefined) throw new DataError(`photo: not a picture that is read: it is ${kind}.`);
  if ("picture" in format) return format.picture;
  if (format.other === undefined) throw new DataError("photo: it is no picture that can be read.");
  throw new DataError(`photo: not a picture that is read: it is ${format.other}.`);
}

/** A few kilobytes of a PNG's colour profile may unpack to any size. */
function refuseExtras(bytes: Uint8Array): void {
  let left = mostExtraBytes;
  for (const packed of packedExtras(bytes)) {
    try {
      left -= inflateSync(packed, { maxOutputLength: left }).length;
    } catch (cause) {
      if ((cause as { code?: string }).code !== "ERR_BUFFER_TOO_LARGE") continue; // damaged: its decoder passes it over
      throw new DataError(`photo: its colour profile or words take more than ${mostExtraBytes / 2 ** 20} MiB.`, { cause });
    }
  }
}

/** A decoder's failure in our words. */
export function inPhotoWords(error: unknown): DataError {
  if (error instanceof DataError) return error;
  return new DataError(`photo: ${reasonOf(error instanceof Error ? error.message : String(error))}`, { cause: error });
}

/** A reason that says nothing of the photo. */
export const memoryRanOut = "memory ran out while it was read.";

/** What a decoder says, as one who looks at a list of photos would have it. */
function reasonOf(message: string): string {
  if (/exceeds pixel limit/i.test(message)) return "it has more pixels than are allowed.";
  if (/unsupported image format|bad seek|not a known/i.test(message)) return "it is no picture that can be read.";
  if (/^VipsJpeg: Unsupported|unsupported (compression|photometric|tiff)|not configured/i.test(message)) {
    return `it is of a kind that is not read (${message.split("\n")[0]}).`;
  }
  if (/security limit/i.test(message)) return "it is made of more parts than any photo.";
  if (/out of memory|cannot allocate|memory allocation|bad_alloc/i.test(message)) return memoryRanOut;
  if (/premature|truncated|libpng read error|end of (file|stream)|cut off|corrupt|VipsJpeg|invalid/i.test(message))
    return "it is cut short or damaged.";
  if (/^unknown error$/i.test(message.trim())) return "it is cut short or damaged."; // the decoder gave up without a reason
  return `it cannot be read (${message.split("\n")[0]}).`;
}

export function tooLarge(width: number, height: number): DataError {
  return new DataError(`photo: ${width} × ${height} are more pixels than are allowed.`);
}
