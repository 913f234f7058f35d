import { randomUUID } from "node:crypto";
import { closeSync, fstatSync, fsyncSync, openSync, readSync, renameSync, rmSync, writeSync } from "node:fs";
import { hostname } from "node:os";
import { dirname } from "node:path";
import { crc32 } from "node:zlib";
import { DataError } from "@semblant/core";
import { makeFolder } from "@semblant/files/internals";
import { bytesPerImage, type ImageShape } from "./memory-images.ts";

// Layout, little-endian: a head of 64 bytes, the images one after the other, the index (JSON, UTF-8).
// head:  0 "SMBLPACK"   8 version   12 width   16 height   20 channels   24 count   28 crc32 of the images
//       32 length of the index   36 crc32 of the index   40 zeros   60 crc32 of bytes 0 to 59
const magic = "SMBLPACK";
const version = 1;
const headBytes = 64;

/** What the head of a packed file says, and the index after the images. */
export interface PackedHead extends ImageShape {
  readonly count: number;
  /** Where the images begin in the file, in bytes. */
  readonly offset: number;
  readonly pixelChecksum: number;
  readonly index: unknown;
}

/**
 * Writes a packed file image by image: into a temporary file of its own, which takes the name only when whole
 * (fsync, rename). Two processes writing the same one never see each other's half; the last rename wins.
 */
export class PackedWriter {
  readonly #path: string;
  readonly #temporary: string;
  readonly #shape: ImageShape;
  readonly #file: number;
  #bytes = 0;
  #checksum = 0;

  constructor(path: string, shape: ImageShape) {
    this.#path = path;
    this.#temporary = `${path}.${process.pid}@${hostname()}-${randomUUID()}.tmp`;
    this.#shape = shape;
    makeFolder(dirname(path), 0o700);
    this.#file = openSync(this.#temporary, "wx", 0o600);
  }

  /** Adds whole images. */
  append(pixels: Uint8Array): void {
    writeWhole(this.#file, pixels, headBytes + this.#bytes);
    this.#checksum = crc32(pixels, this.#checksum);
    this.#bytes += pixels.length;
  }

  /** Adds the index, then the head; from here on the file stands under its name. */
  finish(index: unknown): void {
    const text = Buffer.from(JSON.stringify(index));
    const { width, height, channels } = this.#shape;
    const head = Buffer.alloc(headBytes);
    head.write(magic, "latin1");
    const words = [version, width, height, channels, this.#bytes / bytesPerImage(this.#shape), this.#checksum, text.length, crc32(text)];
    words.forEach((word, k) => {
      head.writeUInt32LE(word, 8 + 4 * k);
    });
    head.writeUInt32LE(crc32(head.subarray(0, 60)), 60);
    writeWhole(this.#file, text, headBytes + this.#bytes);
    writeWhole(this.#file, head, 0);
    fsyncSync(this.#file);
    closeSync(this.#file);
    renameSync(this.#temporary, this.#path);
    syncFolder(dirname(this.#path));
  }

  /** Leaves nothing behind. */
  abandon(): void {
    try {
      closeSync(this.#file);
    } catch {
      // closed by finish(), whose rename then failed
    }
    rmSync(this.#temporary, { force: true });
  }
}

/**
 * Reads and verifies the head and the index of an open packed file; the images stay on disk.
 *
 * @throws DataError if it is not a packed file, of another version, cut short, or altered
 */
export function readPackedHead(file: number, path: string): PackedHead {
  const head = Buffer.alloc(headBytes);
  if (readWhole(file, head, 0) < headBytes || head.toString("latin1", 0, 8) !== magic) {
    throw new DataError(`packed images at ${path}: expected a file that begins with ${magic}, but this one does not.`);
  }
  const word = (at: number): number => head.readUInt32LE(at);
  if (word(8) !== version) throw new DataError(`packed images at ${path}: expected version ${version}, but got ${word(8)}.`);
  if (word(60) !== crc32(head.subarray(0, 60))) throw new DataError(`packed images at ${path}: the head does not match its checksum.`);
  const shape = { width: word(12), height: word(16), channels: word(20) };
  const indexAt = headBytes + word(24) * bytesPerImage(shape);
  const size = fstatSync(file).size;
  if (size !== indexAt + word(32)) {
    throw new DataError(`packed images at ${path}: expected ${indexAt + word(32)} bytes, but got ${size}.`);
  }
  const text = Buffer.alloc(word(32));
  readWhole(file, text, indexAt);
  if (crc32(text) !== word(36)) throw new DataError(`packed images at ${path}: the index does not match its checksum.`);
  return { ...shape, count: word(24), offset: headBytes, pixelChecksum: word(28), index: JSON.parse(text.toString()) };
}

/** Reads until `into` is full or the file ends, and says how many bytes came. */
export function readWhole(file: number, into: Uint8Array, position: number): number {
  let done = 0;
  while (done < into.length) {
    const read = readSync(file, into, done, Math.min(into.length - done, 1 << 30), position + done);
    if (read === 0) break;
    done += read;
  }
  return done;
}

function writeWhole(file: number, bytes: Uint8Array, position: number): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done, bytes.length - done, position + done);
}

/** Makes a rename last through a power cut, where the file system lets a folder be opened. */
function syncFolder(folder: string): void {
  try {
    const handle = openSync(folder, "r");
    fsyncSync(handle);
    closeSync(handle);
  } catch {
    // Windows cannot open a folder; its rename is journalled
  }
}
