import { crc32 } from "node:zlib";
import { DataError } from "@semblant/core";
import type { Tensor } from "@semblant/torch";

/** CRC-32, in hexadecimal, of tensors with their names, in their order, and of what is said of them: tells a file that was damaged. */
export function checksumOfTensors(tensors: ReadonlyMap<string, Tensor>, text: string): string {
  let crc = crc32(text);
  for (const [name, tensor] of tensors) crc = crc32(tensor.bytes(), crc32(`${name} ${tensor.dtype} ${tensor.shape.join(" ")}`, crc));
  return crc.toString(16).padStart(8, "0");
}

/**
 * Holds what was read against the checksum that was written with it; files of earlier versions have none.
 *
 * @throws DataError if it is another
 */
export function refuseDamaged(
  path: string,
  tensors: ReadonlyMap<string, Tensor>,
  metadata: Readonly<Record<string, string>>,
  text: string,
): void {
  const expected = metadata.crc32;
  if (expected === undefined) return;
  const found = checksumOfTensors(tensors, text);
  if (found === expected) return;
  throw new DataError(`${path}: expected the checksum ${expected}, but got ${found}: the file is damaged.`);
}
