/**
 * Where parts of a kernel's memory begin that follow each other, each at a multiple of 64 bytes; and, last, where the memory ends. Its
 * first bytes are left free.
 *
 * @param lengths of the parts, in bytes
 *
 * @example
 * placesOf([10, 64, 65]); // [64, 128, 192, 320]
 */
export function placesOf(lengths: readonly number[]): number[] {
  const places = [64];
  for (const length of lengths) places.push(((places.at(-1) as number) + length + 63) & ~63);
  return places;
}
