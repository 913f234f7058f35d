// Rows laid out for products in float32: centred, so that what their rounding may change is small beside their distances.

/** Rows of one panel. */
export const PANEL: i32 = 8;

/** Squared lengths past this could overflow in float32: such rows are measured in float64, all of them. */
export const MOST: f64 = 1.2676506002282294e30; // 2^100

/** A row, where its center lies (float64), and how many columns it has and is to have. */
@unmanaged
export class Centering {
  columns: i32;
  paddedColumns: i32;
  center: usize;
}

/** Writes the centred values `stride` bytes apart; gives their squared length, NaN where one is not finite. */
export function centerRow(t: Centering, from: usize, to: usize, stride: usize): f64 {
  let length: f64 = 0;
  for (let d = 0; d < t.columns; d++) {
    const value = <f64>load<f32>(from + ((<usize>d) << 2));
    if (value - value !== 0) return NaN;
    const moved = <f32>(value - load<f64>(t.center + ((<usize>d) << 3)));
    store<f32>(to + <usize>d * stride, moved);
    length += <f64>moved * <f64>moved;
  }
  for (let d = t.columns; d < t.paddedColumns; d++) store<f32>(to + <usize>d * stride, 0);
  return length;
}

/** Zeros in place of a row. */
export function clearRow(t: Centering, to: usize, stride: usize): void {
  for (let d = 0; d < t.paddedColumns; d++) store<f32>(to + <usize>d * stride, 0);
}
