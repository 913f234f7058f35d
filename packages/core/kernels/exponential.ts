import { madd64 } from "./arithmetic";

/** 1.5 · 2^52: what is added to it is rounded to a whole number, which the low bits then hold. */
const WHOLE: f64 = 6755399441055744;

/**
 * e to the power of two doubles, each from -700 to 0, to about a unit in the last place: exactly 1 for 0. By powers of two and
 * Taylor's series about them, since the library's own lays tables into the memory. Terms are summed two by two, side by side.
 */
export function exponential(x: v128): v128 {
  const bits = f64x2.add(f64x2.mul(x, f64x2.splat(Math.LOG2E)), f64x2.splat(WHOLE));
  const n = f64x2.sub(bits, f64x2.splat(WHOLE));
  const high = f64x2.sub(x, f64x2.mul(n, f64x2.splat(0.6931471803691238)));
  const r = f64x2.sub(high, f64x2.mul(n, f64x2.splat(1.9082149292705877e-10)));
  const r2 = f64x2.mul(r, r);
  const r4 = f64x2.mul(r2, r2);
  const first = madd64(two(r, 0.16666666666666666, 0.5), r2, two(r, 1, 1));
  const second = madd64(two(r, 1.984126984126984e-4, 1.388888888888889e-3), r2, two(r, 8.333333333333333e-3, 4.1666666666666664e-2));
  const third = madd64(two(r, 2.505210838544172e-8, 2.755731922398589e-7), r2, two(r, 2.7557319223985893e-6, 2.48015873015873e-5));
  const last = two(r, 1.6059043836821613e-10, 2.08767569878681e-9); // 1 / 13! and 1 / 12!
  const sum = madd64(madd64(madd64(last, r4, third), r4, second), r4, first);
  return f64x2.mul(sum, i64x2.shl(i64x2.add(bits, i64x2.splat(1023)), 52));
}

function two(r: v128, a: f64, b: f64): v128 {
  return madd64(f64x2.splat(a), r, f64x2.splat(b));
}
