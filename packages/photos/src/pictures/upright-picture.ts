import { fileBytes } from "./file-bytes.ts";
import { openPicture, pictureFormat } from "./open-picture.ts";
import { readPhoto } from "./read-photo.ts";

/** A picture that any browser shows. */
export interface UprightPicture {
  readonly bytes: Uint8Array;
  readonly type: "image/jpeg" | "image/png" | "image/webp";
}

/**
 * A photo, upright, in sRGB and without metadata: JPEG, or WebP where it has transparent parts.
 *
 * @param side most pixels along its longer side
 * @throws DataError if it cannot be read
 */
export async function uprightPicture(path: string, side = Number.POSITIVE_INFINITY): Promise<UprightPicture> {
  const bytes = await fileBytes(path);
  const { default: sharp } = await import("sharp");
  const size = Number.isFinite(side) ? { width: Math.max(1, Math.round(side)), height: Math.max(1, Math.round(side)) } : {};
  if (pictureFormat(bytes) === "heic") {
    const { width, height, data } = await readPhoto(
      bytes,
      Number.isFinite(side) ? { maxSide: Math.max(1, Math.round(side)) } : { maxSide: 16_384 },
    );
    return {
      bytes: await sharp(data, { raw: { width, height, channels: 3 } })
        .jpeg({ quality: 88 })
        .toBuffer(),
      type: "image/jpeg",
    };
  }
  const { image, head } = await openPicture(bytes, { failOn: "none" });
  const upright = image
    .autoOrient()
    .resize({ ...size, fit: "inside", withoutEnlargement: true })
    .toColourspace("srgb");
  return head.hasAlpha
    ? { bytes: await upright.webp({ quality: 88 }).toBuffer(), type: "image/webp" }
    : { bytes: await upright.jpeg({ quality: 88 }).toBuffer(), type: "image/jpeg" };
}
