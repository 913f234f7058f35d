import { readFileSync } from "node:fs";
import { DataError } from "@semblant/core";

/**
 * The one value of an NPY file, as text: a number or string of shape () or (1,). AffectNet keeps each label in such a file.
 *
 * NumPy, "A simple file format for NumPy arrays" (numpy.lib.format), versions 1 to 3. Pickled objects are refused, never loaded.
 *
 * @throws DataError if the file holds anything else; the message starts with a small letter and does not name the file
 */
export function readNpyScalar(path: string): string {
  const bytes = readFileSync(path);
  if (bytes.length < 12 || bytes.toString("latin1", 0, 6) !== "\x93NUMPY")
    throw new DataError("expected an NPY file, but got something else.");
  const wide = (bytes[6] as number) > 1;
  const start = wide ? 12 : 10;
  const end = start + (wide ? bytes.readUInt32LE(8) : bytes.readUInt16LE(8));
  const header = bytes.toString("latin1", start, Math.min(end, bytes.length));
  const type = /'descr':\s*'([^']+)'/.exec(header)?.[1] ?? "something unknown";
  const shape = /'shape':\s*\(([^)]*)\)/.exec(header)?.[1]?.trim();
  const one = shape === "" || shape === "1," || shape === "1";
  const read = one ? readerOf(type) : undefined;
  if (read === undefined) throw new DataError(`expected one number or text, but got an array of ${type} of shape (${shape ?? "?"}).`);
  if (bytes.length < end + read.size) throw new DataError("the file is cut short.");
  return read.value(bytes.subarray(end, end + read.size));
}

function readerOf(type: string): { size: number; value: (bytes: Buffer) => string } | undefined {
  const [, order = "|", kind = "", digits = ""] = /^([<>|=]?)([USiuf])(\d+)$/.exec(type) ?? [];
  const size = Number(digits);
  const big = order === ">";
  if (kind === "U") return { size: 4 * size, value: (bytes) => codePoints(bytes, big) };
  if (kind === "S") return { size, value: (bytes) => bytes.toString("latin1").replace(/\0+$/, "").trim() };
  const view = (bytes: Buffer) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const numbers: Readonly<Record<string, (bytes: Buffer) => number | bigint>> = {
    i1: (bytes) => view(bytes).getInt8(0),
    i2: (bytes) => view(bytes).getInt16(0, !big),
    i4: (bytes) => view(bytes).getInt32(0, !big),
    i8: (bytes) => view(bytes).getBigInt64(0, !big),
    u1: (bytes) => view(bytes).getUint8(0),
    u2: (bytes) => view(bytes).getUint16(0, !big),
    u4: (bytes) => view(bytes).getUint32(0, !big),
    u8: (bytes) => view(bytes).getBigUint64(0, !big),
    f4: (bytes) => view(bytes).getFloat32(0, !big),
    f8: (bytes) => view(bytes).getFloat64(0, !big),
  };
  const number = numbers[kind + digits];
  return number && { size, value: (bytes) => String(number(bytes)) };
}

function codePoints(bytes: Buffer, big: boolean): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 4) {
    const point = big ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at);
    if (point > 0 && point <= 0x10ffff) text += String.fromCodePoint(point);
  }
  return text.trim();
}
