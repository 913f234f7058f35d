import { hash } from "node:crypto";
import type { ImageStore } from "./image-store.ts";
import { bytesPerImage } from "./memory-images.ts";

const batch = 256;

/**
 * SHA-1 of each image's bytes, in hexadecimal: equal for pixel-identical images and, in practice, only for them.
 * Reads 256 images at a time.
 *
 * @example
 * pixelChecksums(new MemoryImages(Uint8Array.of(7, 7, 8), { width: 1, height: 1, channels: 1 })).length; // 3
 */
export function pixelChecksums(images: ImageStore): string[] {
  const bytes = bytesPerImage(images);
  const pixels = new Uint8Array(batch * bytes);
  const sums: string[] = [];
  for (let start = 0; start < images.count; start += batch) {
    const rows = Int32Array.from({ length: Math.min(batch, images.count - start) }, (_, k) => start + k);
    images.gather(rows, pixels);
    for (let k = 0; k < rows.length; k++) sums.push(hash("sha1", pixels.subarray(k * bytes, (k + 1) * bytes)));
  }
  return sums;
}
