/**
 * e to the power of two doubles, each from -700 to 0, to about a unit in the last place: exactly 1 for 0. By powers of two and
 * Taylor's series about them, since the library's own lays tables into the memory.
 */
export function exponential(x: v128): v128 {
  const n = f64x2.nearest(f64x2.mul(x, f64x2.splat(Math.LOG2E)));
  const high = f64x2.sub(x, f64x2.mul(n, f64x2.splat(0.6931471803691238)));
  const r = f64x2.sub(high, f64x2.mul(n, f64x2.splat(1.9082149292705877e-10)));
  let sum = f64x2.splat(1.6059043836821613e-10); // 1 / 13!
  sum = step(sum, r, 2.08767569878681e-9);
  sum = step(sum, r, 2.505210838544172e-8);
  sum = step(sum, r, 2.755731922398589e-7);
  sum = step(sum, r, 2.7557319223985893e-6);
  sum = step(sum, r, 2.48015873015873e-5);
  sum = step(sum, r, 1.984126984126984e-4);
  sum = step(sum, r, 1.388888888888889e-3);
  sum = step(sum, r, 8.333333333333333e-3);
  sum = step(sum, r, 4.1666666666666664e-2);
  sum = step(sum, r, 0.16666666666666666);
  sum = step(sum, r, 0.5);
  sum = step(sum, r, 1);
  sum = step(sum, r, 1);
  const power = i64x2.shl(i64x2.add(whole(n), i64x2.splat(1023)), 52);
  return f64x2.mul(sum, power);
}

function step(sum: v128, r: v128, coefficient: f64): v128 {
  return f64x2.add(f64x2.mul(sum, r), f64x2.splat(coefficient));
}

/** Small whole numbers as integers. */
function whole(n: v128): v128 {
  return i64x2(<i64>f64x2.extract_lane(n, 0), <i64>f64x2.extract_lane(n, 1));
}
