import { crc32 } from "node:zlib";
import { type Cell, headBytes, heads, rowSeal } from "./seals.ts";

/** A row with its one damaged byte put right, and which of its values that was in. */
export interface MendedRow {
  readonly row: readonly Cell[];
  /** −1 where it was the checksum. */
  readonly column: number;
}

/**
 * Finds the one byte of a row that was changed, by the row's checksum, and puts it right.
 *
 * CRC-32 is linear: the checksums of two rows of one length differ by that of their difference, which is a single byte with zeros behind
 * it. Taking the zeros off one at a time comes to that byte, if there is one.
 *
 * @param row its values, texts as bytes
 * @param texts which values are texts
 * @param seal the checksum that stands in the row
 * @returns undefined where more than one byte was changed, or none can be told from another
 */
export function mendRow(row: readonly Cell[], texts: readonly boolean[], seal: number): MendedRow | undefined {
  const written = row.map((value, i) => (texts[i] === true && Buffer.isBuffer(value) ? value.toString("utf8") : value));
  const bytes = Buffer.concat([headsOf(row, texts), ...row.filter((value) => Buffer.isBuffer(value))]);
  const difference = (crc32(bytes) ^ seal) >>> 0;
  if (difference === 0) return { row: written, column: -1 };
  const ofSeal = [0, 8, 16, 24].some((shift) => (difference & ~(255 << shift)) >>> 0 === 0);
  if (ofSeal) return { row: written, column: -1 };
  const found: MendedRow[] = [];
  for (const [place, change] of singleBytes(difference, bytes.length)) {
    const mended = changed(row, texts, place, change);
    if (mended !== undefined && rowSeal(mended.row) === seal) found.push(mended);
  }
  return found.length === 1 ? found[0] : undefined;
}

const table = Uint32Array.from({ length: 256 }, (_, n) => {
  let crc = n;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1;
  return crc;
});
/** By an entry's highest byte, which no two share, which entry it is. */
const entries = new Uint8Array(256);
for (const [n, entry] of table.entries()) entries[entry >>> 24] = n;

/** Places and changes of single bytes that make a difference of checksums. */
function singleBytes(difference: number, length: number): [place: number, change: number][] {
  const found: [number, number][] = [];
  let state = difference;
  for (let place = length - 1; place >= 0; place--) {
    const entry = entries[state >>> 24] as number;
    state = (((state ^ (table[entry] as number)) << 8) | entry) >>> 0;
    if (state > 0 && state < 256) found.push([place, state]);
  }
  return found;
}

function changed(row: readonly Cell[], texts: readonly boolean[], place: number, change: number): MendedRow | undefined {
  const cells = [...row];
  const afterHeads = headBytes * row.length;
  let column = Math.floor(place / headBytes);
  if (place < afterHeads) {
    const value = row[column];
    const within = place % headBytes;
    if (typeof value !== "number" || within === 0) return undefined; // a kind or a length is not what one byte of a value changes
    cells[column] = changedNumber(value, within, change);
  } else {
    let at = afterHeads;
    for (column = 0; column < row.length; column++) {
      const value = row[column];
      const length = Buffer.isBuffer(value) ? value.length : 0;
      if (place < at + length) break;
      at += length;
    }
    const bytes = Buffer.from(row[column] as Buffer);
    bytes[place - at] = (bytes[place - at] as number) ^ change;
    cells[column] = bytes;
  }
  return { row: cells.map((value, i) => (texts[i] === true && Buffer.isBuffer(value) ? value.toString("utf8") : value)), column };
}

function changedNumber(value: number, within: number, change: number): number {
  const head = heads([value]);
  head[within] = (head[within] as number) ^ change;
  return head[0] === 1 ? head.readInt32BE(1) * 2 ** 32 + head.readUInt32BE(5) : head.readDoubleBE(1);
}

function headsOf(row: readonly Cell[], texts: readonly boolean[]): Buffer {
  const bytes = heads(row);
  for (const [i, value] of row.entries()) if (texts[i] === true && Buffer.isBuffer(value)) bytes[headBytes * i] = 3;
  return bytes;
}
