/** Rows of a panel. */
export const PANEL = 8;

/** Columns past which a bound on rounding in float32 says little. */
export const MOST_COLUMNS = 16_384;

/** Squared lengths past this could overflow in float32. */
export const MOST = 2 ** 100;

/** Half of the distance from 1 to the next number of float32. */
const U = 2 ** -24;

/**
 * What rounding may change when distances are bounded by products in float32.
 *
 * Half the squared distance of q and g, less q·q / 2, is g·g / 2 − q·g. The kernels compute it in float32, of vectors from which a
 * center is taken away. Rounding these vectors changes half a squared distance by at most 2.1 u (q·q + g·g), u = 2⁻²⁴. The n + 1 sums
 * change what is computed by at most γ (g·g + q·q / 2), γ = (n + 2) u / (1 − (n + 2) u) (Higham 2002, section 3.1). `row` times g·g and
 * `query` times q·q are at least that, each with 5 u to spare; `least` is more than what numbers too small for float32 add.
 */
export function slack(columns: number): { readonly row: number; readonly query: number; readonly least: number } {
  const n = columns + 2;
  const gamma = (n * U) / (1 - n * U);
  return { row: gamma + 8 * U, query: gamma / 2 + 8 * U, least: (n + 8) * 2 ** -140 };
}

/** The mean of up to 4,096 rows, evenly spaced: any center gives the same answer, and one amid the rows the tightest bounds. */
export function centerOf(values: Float32Array, columns: number): Float64Array {
  const rows = values.length / columns;
  const step = Math.max(1, Math.floor(rows / 4096));
  const sum = new Float64Array(columns);
  let count = 0;
  for (let i = 0; i < rows; i += step) {
    const row = values.subarray(i * columns, (i + 1) * columns);
    if (!row.every((value) => Math.abs(value) < 1e15)) continue;
    for (let d = 0; d < columns; d++) sum[d] = (sum[d] as number) + (row[d] as number);
    count++;
  }
  return sum.map((value) => value / Math.max(1, count));
}
