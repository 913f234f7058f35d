import { crc32 } from "node:zlib";

/**
 * CRC-32, in hexadecimal, of a model's checksum and the classes that it was taught, as JSON has them: tells a file that was damaged.
 *
 * @example
 * checksumOfTaught("01", []); // "e1db7c97"
 */
export function checksumOfTaught(model: unknown, classes: unknown): string {
  return crc32(JSON.stringify([model, classes]))
    .toString(16)
    .padStart(8, "0");
}
