import { crc32 } from "node:zlib";

/**
 * The tables whose rows carry a checksum, and what it is of: every column, in this order. The first ones name the row.
 *
 * @see rowSeal
 */
export const sealedTables = {
  facts: { key: ["name"], columns: ["name", "value"] },
  photos: {
    key: ["id"],
    columns: ["id", "path", "bytes", "modified", "hash", "width", "height", "taken", "perceptual", "faces", "current"],
  },
  faces: {
    key: ["id"],
    columns: [
      "id",
      "photo",
      "x",
      "y",
      "width",
      "height",
      "score",
      "landmarks",
      "side",
      "sharpness",
      "yaw",
      "pitch",
      "roll",
      "eyes_open",
      "mouth_open",
      "expression",
      "appearance",
      "embedding",
    ],
  },
  corrections: { key: ["id"], columns: ["id", "kind", "label", "path", "made"] },
  targets: { key: ["id"], columns: ["id", "correction", "hash", "x", "y", "width", "height"] },
  marks: { key: ["target", "face"], columns: ["target", "face"] },
  errors: { key: ["path"], columns: ["path", "bytes", "modified", "reason"] },
  tried: { key: ["path"], columns: ["path", '"with"'] },
  remarks: { key: ["hash"], columns: ["hash", "remark"] },
  documents: { key: ["name"], columns: ["name", "value"] },
} as const;

export type SealedTable = keyof typeof sealedTables;

/** A value as SQLite holds it. */
export type Cell = null | number | string | Buffer;

/**
 * The checksum of a row: CRC-32 of its values, each with its kind and length, so that no two rows are written alike. It is in the
 * row's column `seal`, which triggers keep: whatever writes a row, the row is sealed.
 *
 * Numbers count as SQLite stores them, whole ones as whole numbers.
 *
 * @example
 * rowSeal([1, "a.jpg", null]) === rowSeal([1, "a.jpg", 0]); // false
 */
export function rowSeal(row: readonly Cell[]): number {
  const head =
    headBytes * row.length <= scratch.length ? scratch.subarray(0, headBytes * row.length) : Buffer.alloc(headBytes * row.length);
  let crc = crc32(written(row, head));
  for (const value of row) if (value !== null && typeof value !== "number" && value.length > 0) crc = crc32(value, crc);
  return crc;
}

/** Used over and over: a row's heads are read before the next row's are written. */
const scratch = Buffer.alloc(512);

/** Bytes of a value's head. */
export const headBytes = 9;

/** Nine bytes a value: its kind, then the number, or the length of what follows the heads. */
export function heads(row: readonly Cell[]): Buffer {
  return written(row, Buffer.alloc(headBytes * row.length));
}

function written(row: readonly Cell[], bytes: Buffer): Buffer {
  bytes.fill(0);
  for (let i = 0, at = 0; i < row.length; i++, at += headBytes) {
    const value = row[i] as Cell;
    if (value === null) continue;
    if (typeof value === "number") {
      if (Number.isSafeInteger(value)) {
        bytes[at] = 1;
        bytes.writeInt32BE(Math.floor(value / 2 ** 32), at + 1);
        bytes.writeUInt32BE(value >>> 0, at + 5);
      } else {
        bytes[at] = 2;
        bytes.writeDoubleBE(value, at + 1);
      }
    } else {
      bytes[at] = typeof value === "string" ? 3 : 4;
      bytes.writeUInt32BE(typeof value === "string" ? Buffer.byteLength(value) : value.length, at + 5);
    }
  }
  return bytes;
}

/** What gives a table its seals: the column, the seals of rows that are there, and the triggers that keep them. */
export function sealing(table: SealedTable): string {
  const { key, columns } = sealedTables[table];
  const of = (prefix: string) => `row_seal(${columns.map((column) => prefix + column).join(", ")})`;
  const reseal = `UPDATE ${table} SET seal = ${of("NEW.")} WHERE ${key.map((column) => `${column} = NEW.${column}`).join(" AND ")};`;
  return `
  ALTER TABLE ${table} ADD COLUMN seal INTEGER;
  UPDATE ${table} SET seal = ${of("")};
  CREATE TRIGGER ${table}_sealed AFTER INSERT ON ${table} BEGIN ${reseal} END;
  CREATE TRIGGER ${table}_resealed AFTER UPDATE OF ${columns.join(", ")} ON ${table} BEGIN ${reseal} END;`;
}
