/**
 * So many rows, evenly taken from all.
 *
 * @example
 * evenly(9, 3); // Int32Array [0, 3, 6]
 */
export function evenly(rows: number, most: number): Int32Array {
  const taken = Math.min(rows, most);
  return Int32Array.from({ length: taken }, (_, k) => Math.floor((k * rows) / taken));
}
