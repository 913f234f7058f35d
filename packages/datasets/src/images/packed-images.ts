import { closeSync, openSync } from "node:fs";
import { crc32 } from "node:zlib";
import { DataError } from "@semblant/core";
import type { ImageStore } from "./image-store.ts";
import { bytesPerImage, checkGather, MemoryImages } from "./memory-images.ts";
import { type PackedHead, readPackedHead, readWhole } from "./packed-file.ts";

/** An opened packed file: its images, and whatever its writer kept beside them. */
export interface Packed {
  readonly images: ImageStore;
  readonly index: unknown;
}

const chunkBytes = 1 << 22;
/** Bytes of images that are held in memory: three times FER+; larger sets stay on disk and cost memory for their rows only. */
export const mostInMemory = 2 ** 28;

/**
 * Opens a packed file. Up to `memory` bytes of images are read at once and checked against their checksum; more than
 * that stay on disk and are read row by row when gathered (use {@link verifyPacked} to check those).
 *
 * @param memory bytes of images that may be held in memory; 256 MiB unless told
 * @throws DataError if the file is missing, cut short, altered or of another version
 */
export function openPacked(path: string, { memory = mostInMemory }: { memory?: number } = {}): Packed {
  const file = openFile(path);
  let kept = false;
  try {
    const head = readPackedHead(file, path);
    const bytes = head.count * bytesPerImage(head);
    if (bytes > memory) {
      kept = true;
      return { images: new PackedImages(file, head, path), index: head.index };
    }
    const pixels = new Uint8Array(bytes);
    readWhole(file, pixels, head.offset);
    if (crc32(pixels) !== head.pixelChecksum) throw damaged(path);
    return { images: new MemoryImages(pixels, head), index: head.index };
  } finally {
    if (!kept) closeSync(file);
  }
}

/**
 * Reads the whole file, 4 MiB at a time, and compares the checksum of the images.
 *
 * @throws DataError if a single bit of it has changed
 */
export function verifyPacked(path: string): void {
  const file = openFile(path);
  try {
    const head = readPackedHead(file, path);
    const end = head.offset + head.count * bytesPerImage(head);
    const chunk = new Uint8Array(chunkBytes);
    let checksum = 0;
    for (let at = head.offset; at < end; at += chunkBytes) {
      const part = chunk.subarray(0, Math.min(chunkBytes, end - at));
      readWhole(file, part, at);
      checksum = crc32(part, checksum);
    }
    if (checksum !== head.pixelChecksum) throw damaged(path);
  } finally {
    closeSync(file);
  }
}

/** Images that stay in a packed file; rows that follow each other are read in one go. */
class PackedImages implements ImageStore {
  readonly count: number;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly #file: number;
  readonly #offset: number;
  readonly #path: string;

  constructor(file: number, head: PackedHead, path: string) {
    this.#file = file;
    this.#offset = head.offset;
    this.#path = path;
    this.count = head.count;
    this.width = head.width;
    this.height = head.height;
    this.channels = head.channels;
    openFiles.register(this, file);
  }

  gather(rows: ArrayLike<number>, into: Uint8Array): void {
    checkGather("PackedImages", this, rows, into);
    const bytes = bytesPerImage(this);
    for (let k = 0; k < rows.length; ) {
      const first = rows[k] as number;
      let run = 1;
      while (k + run < rows.length && rows[k + run] === first + run) run++;
      const part = into.subarray(k * bytes, (k + run) * bytes);
      if (readWhole(this.#file, part, this.#offset + first * bytes) < part.length) {
        throw new DataError(`PackedImages: ${this.#path} ended while row ${first} was read.`);
      }
      k += run;
    }
  }
}

/** A store has no end of its own: its file is closed when nothing holds the store any more. */
const openFiles = new FinalizationRegistry<number>((file) => closeSync(file));

function openFile(path: string): number {
  try {
    return openSync(path, "r");
  } catch (cause) {
    throw new DataError(`packed images at ${path}: no such file, or it cannot be read.`, { cause });
  }
}

function damaged(path: string): DataError {
  return new DataError(
    `packed images at ${path}: the images do not match their checksum.\n  Delete the file; it is made again when needed.`,
  );
}
