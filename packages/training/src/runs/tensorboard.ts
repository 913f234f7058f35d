import { closeSync, fsyncSync, openSync } from "node:fs";
import { join } from "node:path";
import { inFileWords } from "@semblant/core/internals";
import { writeAll } from "@semblant/files/internals";

/**
 * A TensorBoard event file: named numbers over steps, as `tensorboard --logdir` reads them.
 *
 * The file is a sequence of TFRecords (length, checksum of the length, data, checksum of the data; all little-endian), each
 * an `Event` message of TensorFlow's event.proto, here encoded by hand: wall_time = 1 (double), step = 2 (int64),
 * file_version = 3 (string), summary = 5 { value = 1 { tag = 1 (string), simple_value = 2 (float) } },
 * session_log = 7 { status = 1 }.
 *
 * A resumed run writes another file beside the first; its opening mark of a session tells TensorBoard to forget what
 * came after the step at which training was taken up again.
 */
export class EventFile {
  readonly #folder: string;
  readonly #file: number;
  readonly #now: () => number;

  /** @param after the step after which training begins: 0, or that of the checkpoint it continues from */
  constructor(folder: string, { after, now = Date.now }: { after: number; now?: () => number }) {
    this.#now = now;
    this.#folder = folder;
    this.#file = openNew(folder, now());
    this.#write(text(3, "brain.Event:2"));
    this.#write(Buffer.concat([varint(2, after + 1), message(7, varint(1, SESSION_START))]));
  }

  /** Appends the numbers of one step. */
  append(step: number, values: Readonly<Record<string, number>>): void {
    const summary = Object.entries(values).map(([tag, value]) => message(1, Buffer.concat([text(1, tag), float(2, value)])));
    this.#write(Buffer.concat([varint(2, step), message(5, Buffer.concat(summary))]));
  }

  flush(): void {
    fsyncSync(this.#file);
  }

  close(): void {
    closeSync(this.#file);
  }

  #write(fields: Buffer): void {
    try {
      writeAll(this.#file, record(Buffer.concat([double(1, this.#now() / 1000), fields])));
    } catch (error) {
      throw inFileWords(error, this.#folder);
    }
  }
}

const SESSION_START = 1;

/** A file whose name sorts after those written before it: TensorBoard reads a folder's files by name. */
function openNew(folder: string, now: number): number {
  for (let n = 0; ; n++) {
    const name = `events.out.tfevents.${String(Math.floor(now / 1000)).padStart(10, "0")}.${String(n).padStart(4, "0")}.semblant`;
    try {
      return openSync(join(folder, name), "wx");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw inFileWords(error, join(folder, name));
    }
  }
}

/** One TFRecord. */
function record(data: Buffer): Buffer {
  const framed = Buffer.alloc(data.length + 16);
  framed.writeBigUInt64LE(BigInt(data.length), 0);
  framed.writeUInt32LE(masked(crc32c(framed.subarray(0, 8))), 8);
  data.copy(framed, 12);
  framed.writeUInt32LE(masked(crc32c(data)), 12 + data.length);
  return framed;
}

/** Rotated and shifted, since the checksum of data that holds its own checksum says little. */
export function masked(crc: number): number {
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  return crc >>> 0;
});

/**
 * CRC-32C (Castagnoli, polynomial 0x1EDC6F41 reflected), as iSCSI and TFRecords use it.
 *
 * @example
 * crc32c(Buffer.from("123456789")).toString(16); // "e3069283"
 */
export function crc32c(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ (table[(crc ^ byte) & 0xff] as number);
  return (crc ^ 0xffffffff) >>> 0;
}

// Protocol buffers: a field is its number and wire type (0 varint, 1 eight bytes, 2 length and bytes, 5 four bytes), then the value.

function integer(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 0x7f; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 0x80);
  bytes.push(rest);
  return Buffer.from(bytes);
}

function varint(field: number, value: number): Buffer {
  return Buffer.concat([integer(field * 8), integer(value)]);
}

function double(field: number, value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return Buffer.concat([integer(field * 8 + 1), bytes]);
}

function float(field: number, value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return Buffer.concat([integer(field * 8 + 5), bytes]);
}

function message(field: number, content: Buffer): Buffer {
  return Buffer.concat([integer(field * 8 + 2), integer(content.length), content]);
}

function text(field: number, value: string): Buffer {
  return message(field, Buffer.from(value, "utf8"));
}
