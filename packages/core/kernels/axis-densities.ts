// Densities under a group whose columns are independent of each other.

import { madd64 } from "./arithmetic";
import { ROWS, rowOf } from "./row-tiles";

/**
 * Joints of a group whose columns are independent, for whole tiles: written to `share` where the square is within the row's limit, and to
 * `most` where greater. A tile ends once all its rows are above their limits.
 */
export function axisJoints(
  tiles: usize,
  mean: usize,
  inverse: usize,
  padded: i32,
  limits: usize,
  constant: f64,
  share: usize,
  most: usize,
): void {
  const last = mean + ((<usize>padded) << 3);
  const c = f64x2.splat(constant);
  const half = f64x2.splat(0.5);
  const none = f64x2.splat(-Infinity);
  for (let t = 0; t < ROWS >> 2; t++, limits += 32, share += 32, most += 32) {
    let s0 = f64x2.splat(0),
      s1 = s0,
      r0 = s0,
      r1 = s0;
    const l0 = v128.load(limits);
    const l1 = v128.load(limits, 16);
    let q = tiles + <usize>(t * padded) * 32;
    let m = mean;
    let p = inverse;
    let over = false;
    while (m < last) {
      const end = min(last, m + 128);
      for (; m < end; m += 16, p += 16, q += 64) {
        const m0 = v128.load64_splat(m);
        const w0 = v128.load64_splat(p);
        const y0 = f64x2.mul(f64x2.sub(v128.load(q), m0), w0);
        const y1 = f64x2.mul(f64x2.sub(v128.load(q, 16), m0), w0);
        s0 = madd64(y0, y0, s0);
        s1 = madd64(y1, y1, s1);
        const m1 = v128.load64_splat(m, 8);
        const w1 = v128.load64_splat(p, 8);
        const z0 = f64x2.mul(f64x2.sub(v128.load(q, 32), m1), w1);
        const z1 = f64x2.mul(f64x2.sub(v128.load(q, 48), m1), w1);
        r0 = madd64(z0, z0, r0);
        r1 = madd64(z1, z1, r1);
      }
      over = i64x2.all_true(v128.and(f64x2.gt(f64x2.add(s0, r0), l0), f64x2.gt(f64x2.add(s1, r1), l1)));
      if (over) break;
    }
    if (over) continue;
    s0 = f64x2.add(s0, r0);
    s1 = f64x2.add(s1, r1);
    const j0 = v128.bitselect(f64x2.sub(c, f64x2.mul(half, s0)), none, f64x2.le(s0, l0));
    const j1 = v128.bitselect(f64x2.sub(c, f64x2.mul(half, s1)), none, f64x2.le(s1, l1));
    v128.store(share, j0);
    v128.store(share, j1, 16);
    v128.store(most, f64x2.pmax(v128.load(most), j0));
    v128.store(most, f64x2.pmax(v128.load(most, 16), j1), 16);
  }
}

/** The square of one row in units of a deviation for each column. */
export function axisSquare(tiles: usize, row: i32, mean: usize, inverse: usize, padded: i32): f64 {
  let at = rowOf(tiles, row, padded);
  let a: f64 = 0;
  let b: f64 = 0;
  for (const end = mean + ((<usize>padded) << 3); mean < end; mean += 16, inverse += 16, at += 64) {
    const y = (load<f64>(at) - load<f64>(mean)) * load<f64>(inverse);
    const z = (load<f64>(at, 32) - load<f64>(mean, 8)) * load<f64>(inverse, 8);
    a += y * y;
    b += z * z;
  }
  return a + b;
}
