type Crc32 = (bytes: Uint8Array) => number;

/**
 * CRC-32 (ISO 3309, as in PNG and zip) in eight hexadecimal digits: tells a file that was damaged, not one that was forged.
 *
 * Node's own is taken where there is one: it is several times as fast.
 *
 * @example
 * checksumOf(Uint8Array.of(0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39)); // "cbf43926"
 */
export function checksumOf(bytes: Uint8Array): string {
  return inHex((nodeCrc32 ?? crc32)(bytes));
}

/**
 * The same of a text, by its UTF-16: low bytes first.
 *
 * @example
 * checksumOfText("1"); // "8784154d"
 */
export function checksumOfText(text: string): string {
  const bytes = new Uint8Array(2 * text.length);
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    bytes[2 * i] = unit & 255;
    bytes[2 * i + 1] = unit >> 8;
  }
  return checksumOf(bytes);
}

const inHex = (crc: number): string => crc.toString(16).padStart(8, "0");

/** The runtime's, looked up by name: this package compiles without Node's types, and runs in pages. */
const { process: node } = globalThis as { process?: { getBuiltinModule?(name: string): unknown } };
const nodeCrc32 = (node?.getBuiltinModule?.("node:zlib") as { readonly crc32?: Crc32 } | undefined)?.crc32;

/**
 * Eight bytes at a time, by a table for each: what a page computes, and what tests hold Node's to.
 *
 * Kounavis and Berry 2005, "A systematic approach to building high performance software-based CRC generators".
 */
export function crc32(bytes: Uint8Array): number {
  let crc = -1;
  const whole = bytes.length & ~7;
  let i = 0;
  for (; i < whole; i += 8) {
    const low =
      crc ^ ((bytes[i] as number) | ((bytes[i + 1] as number) << 8) | ((bytes[i + 2] as number) << 16) | ((bytes[i + 3] as number) << 24));
    crc =
      at(7, low & 255) ^
      at(6, (low >>> 8) & 255) ^
      at(5, (low >>> 16) & 255) ^
      at(4, low >>> 24) ^
      at(3, bytes[i + 4] as number) ^
      at(2, bytes[i + 5] as number) ^
      at(1, bytes[i + 6] as number) ^
      at(0, bytes[i + 7] as number);
  }
  for (; i < bytes.length; i++) crc = at(0, (crc ^ (bytes[i] as number)) & 255) ^ (crc >>> 8);
  return (crc ^ -1) >>> 0;
}

/** What a byte does to the checksum when so many bytes follow it in a block: (8, 256). */
const tables = new Int32Array(8 * 256);
for (let n = 0; n < 256; n++) {
  let crc = n;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1;
  tables[n] = crc;
}
for (let i = 256; i < tables.length; i++)
  tables[i] = ((tables[i - 256] as number) >>> 8) ^ (tables[(tables[i - 256] as number) & 255] as number);

const at = (following: number, byte: number): number => tables[256 * following + byte] as number;
