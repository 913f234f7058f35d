import { DataError } from "@semblant/core";

/**
 * The number in the precision that embeddings have.
 *
 * @param got the number as the file has it
 * @throws DataError if it is not finite, or beyond what float32 holds
 */
export function singlePrecision(path: string, row: number, value: number, got = String(value)): number {
  const single = Math.fround(value);
  if (Number.isFinite(single)) return single;
  const expected = Number.isFinite(value) ? "numbers up to 3.4e38, float32's largest," : "finite numbers,";
  throw new DataError(`${path}: expected ${expected} but row ${row} holds ${got}.`);
}
