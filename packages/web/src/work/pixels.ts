import { DataError } from "@semblant/core";
import type { Picture } from "@semblant/faces";
import { keptSide } from "@semblant/faces/internals";

/** Pictures of more pixels are refused. */
const mostPixels = 120e6;

/**
 * A picture as upright red, green and blue: as `readPhoto` has it in Node, by the browser's decoder. Transparent pixels lie on white. A
 * bitmap is used up.
 *
 * @throws DataError if the browser cannot read it, or it has too many pixels
 */
export async function pixelsOf(picture: Blob | ImageBitmap, smallest?: number): Promise<Picture> {
  const bitmap = picture instanceof Blob ? await decoded(picture) : picture;
  try {
    if (bitmap.width * bitmap.height > mostPixels) {
      throw new DataError(`photo: ${bitmap.width} × ${bitmap.height} are more pixels than are allowed.`);
    }
    const longer = Math.max(bitmap.width, bitmap.height);
    const scale = Math.min(1, keptSide(bitmap, smallest) / longer);
    return drawn(bitmap, Math.max(1, Math.round(bitmap.width * scale)), Math.max(1, Math.round(bitmap.height * scale)));
  } finally {
    bitmap.close();
  }
}

function drawn(bitmap: ImageBitmap, width: number, height: number): Picture {
  const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true, alpha: false, colorSpace: "srgb" });
  if (context === null) throw new DataError("photo: memory ran out while it was read.");
  context.fillStyle = "#ffffff";
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, 0, 0, width, height);
  const { data: four } = context.getImageData(0, 0, width, height);
  const data = new Uint8Array(width * height * 3);
  for (let from = 0, to = 0; to < data.length; from += 4, to += 3) {
    data[to] = four[from] as number;
    data[to + 1] = four[from + 1] as number;
    data[to + 2] = four[from + 2] as number;
  }
  return { width, height, data };
}

/**
 * A picture's file, unpacked and upright.
 *
 * @throws DataError if the browser cannot read it
 */
export async function decoded(file: Blob): Promise<ImageBitmap> {
  if (file.size === 0) throw new DataError("photo: the file is empty.");
  return createImageBitmap(file, { imageOrientation: "from-image", premultiplyAlpha: "default" }).catch((cause) => {
    throw new DataError("photo: it is no picture that this browser can read.", { cause });
  });
}

/** SHA-256 of a file's bytes, in hexadecimal; undefined where the page may not compute it. */
export async function hashOf(file: Blob): Promise<string | undefined> {
  if (globalThis.crypto?.subtle === undefined) return undefined; // a page that is not from a secure origin
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
