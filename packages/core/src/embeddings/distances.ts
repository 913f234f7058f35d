/**
 * The squared Euclidean distance between one row of `a` and one of `b`, or the first partial sum found above `limit`.
 *
 * `a` and `b` hold rows of `columns` numbers one after the other; `i` and `j` are row numbers. Terms are added in one fixed
 * order, eight at a time, so that equal rows give equal sums to the bit, and d(a, b) is d(b, a). Partial sums only grow:
 * stopping above the limit never changes which rows are within it. NaN in either row gives NaN.
 *
 * @example
 * squaredDistance(Float64Array.of(0, 0, 3, 4), 1, Float64Array.of(0, 0), 0, 2); // 25
 */
export function squaredDistance(a: Float64Array, i: number, b: Float64Array, j: number, columns: number, limit = Infinity): number {
  let p = i * columns;
  let q = j * columns;
  const end = p + columns;
  const blocks = end - 7;
  let sum = 0;
  for (; p < blocks; p += 8, q += 8) {
    const d0 = (a[p] as number) - (b[q] as number);
    const d1 = (a[p + 1] as number) - (b[q + 1] as number);
    const d2 = (a[p + 2] as number) - (b[q + 2] as number);
    const d3 = (a[p + 3] as number) - (b[q + 3] as number);
    const d4 = (a[p + 4] as number) - (b[q + 4] as number);
    const d5 = (a[p + 5] as number) - (b[q + 5] as number);
    const d6 = (a[p + 6] as number) - (b[q + 6] as number);
    const d7 = (a[p + 7] as number) - (b[q + 7] as number);
    sum += d0 * d0 + d1 * d1 + (d2 * d2 + d3 * d3) + (d4 * d4 + d5 * d5 + (d6 * d6 + d7 * d7));
    if (sum > limit) return sum;
  }
  for (; p < end; p++, q++) {
    const d = (a[p] as number) - (b[q] as number);
    sum += d * d;
  }
  return sum;
}
