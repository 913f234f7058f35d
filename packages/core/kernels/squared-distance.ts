/**
 * The squared distance of two rows of float32, in float64: the same terms added in the same order as by squaredDistance of
 * packages/core/src/embeddings/distances.ts, so that both give the same number to the bit.
 */
export function squaredDistance(p: usize, q: usize, columns: i32): f64 {
  const end = p + ((<usize>columns) << 2);
  let sum: f64 = 0;
  for (; p + 32 <= end; p += 32, q += 32) {
    const low = squares(v128.load(p), v128.load(q)); // (0 + 1, 2 + 3)
    const high = squares(v128.load(p, 16), v128.load(q, 16)); // (4 + 5, 6 + 7)
    const halves = f64x2.add(v128.shuffle<f64>(low, high, 0, 2), v128.shuffle<f64>(low, high, 1, 3));
    sum += f64x2.extract_lane(halves, 0) + f64x2.extract_lane(halves, 1);
  }
  for (; p < end; p += 4, q += 4) {
    const d = <f64>load<f32>(p) - <f64>load<f32>(q);
    sum += d * d;
  }
  return sum;
}

/** Squared differences of four numbers, added in pairs. */
function squares(x: v128, y: v128): v128 {
  const d = f64x2.sub(f64x2.promote_low_f32x4(x), f64x2.promote_low_f32x4(y));
  const x2 = v128.shuffle<f64>(x, x, 1, 0);
  const y2 = v128.shuffle<f64>(y, y, 1, 0);
  const e = f64x2.sub(f64x2.promote_low_f32x4(x2), f64x2.promote_low_f32x4(y2));
  const dd = f64x2.mul(d, d);
  const ee = f64x2.mul(e, e);
  return f64x2.add(v128.shuffle<f64>(dd, ee, 0, 2), v128.shuffle<f64>(dd, ee, 1, 3));
}
