import { ShapeError } from "@semblant/core";
import type { ImageStore } from "./image-store.ts";

/** Width, height and channels of every image of a store. */
export interface ImageShape {
  readonly width: number;
  readonly height: number;
  /** 1 (grey) or 3 (red, green, blue). */
  readonly channels: number;
}

/**
 * An {@link ImageStore} over one array in memory: images one after the other, height × width × channels bytes each.
 * The array is kept, not copied.
 *
 * @throws ShapeError if the bytes do not divide into images, or a row is asked for that is not there
 *
 * @example
 * const images = new MemoryImages(Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8), { width: 2, height: 2, channels: 1 });
 * images.count; // 2
 */
export class MemoryImages implements ImageStore {
  readonly count: number;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly #pixels: Uint8Array;
  readonly #bytes: number;

  constructor(pixels: Uint8Array, { width, height, channels }: ImageShape) {
    this.#bytes = width * height * channels;
    if (!(this.#bytes > 0) || pixels.length % this.#bytes !== 0) {
      throw new ShapeError(`MemoryImages: ${pixels.length} bytes do not divide into images of ${width} x ${height} x ${channels}.`);
    }
    this.#pixels = pixels;
    this.count = pixels.length / this.#bytes;
    this.width = width;
    this.height = height;
    this.channels = channels;
  }

  gather(rows: ArrayLike<number>, into: Uint8Array): void {
    checkGather("MemoryImages", this, rows, into);
    for (let k = 0; k < rows.length; k++) {
      const start = (rows[k] as number) * this.#bytes;
      into.set(this.#pixels.subarray(start, start + this.#bytes), k * this.#bytes);
    }
  }
}

/** Bytes of one image of the store. */
export function bytesPerImage({ width, height, channels }: ImageShape): number {
  return width * height * channels;
}

/** Every store's check before it copies: rows that exist, and room for them. */
export function checkGather(where: string, store: ImageStore, rows: ArrayLike<number>, into: Uint8Array): void {
  const needed = rows.length * bytesPerImage(store);
  if (into.length < needed) {
    throw new ShapeError(`${where}: ${rows.length} images need ${needed} bytes, but the array given has ${into.length}.`);
  }
  for (let k = 0; k < rows.length; k++) {
    const row = rows[k] as number;
    if (Number.isInteger(row) && row >= 0 && row < store.count) continue;
    throw new ShapeError(`${where}: expected rows from 0 to ${store.count - 1}, but got ${row}.`);
  }
}
