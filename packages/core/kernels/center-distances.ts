// Distances of rows to centers, in float64.

import { madd64 } from "./arithmetic";
import { Means } from "./means";

export function upper(x: v128): v128 {
  return v128.shuffle<f64>(x, x, 1, 0);
}

/** The squared distance of a row to a center. */
export function distance(row: usize, center: usize, columns: i32): f64 {
  const end = row + ((<usize>columns) << 2);
  let a = f64x2.splat(0);
  let b = a,
    c = a,
    e = a;
  for (; row + 32 <= end; row += 32, center += 64) {
    const x = v128.load(row);
    const y = v128.load(row, 16);
    let d = f64x2.sub(f64x2.promote_low_f32x4(x), v128.load(center));
    a = madd64(d, d, a);
    d = f64x2.sub(f64x2.promote_low_f32x4(upper(x)), v128.load(center, 16));
    b = madd64(d, d, b);
    d = f64x2.sub(f64x2.promote_low_f32x4(y), v128.load(center, 32));
    c = madd64(d, d, c);
    d = f64x2.sub(f64x2.promote_low_f32x4(upper(y)), v128.load(center, 48));
    e = madd64(d, d, e);
  }
  let sum = total(f64x2.add(a, c), f64x2.add(b, e));
  for (; row < end; row += 4, center += 8) sum += square(row, center);
  return sum;
}

function total(a: v128, b: v128): f64 {
  const both = f64x2.add(a, b);
  return f64x2.extract_lane(both, 0) + f64x2.extract_lane(both, 1);
}

function square(row: usize, center: usize): f64 {
  const d = <f64>load<f32>(row) - load<f64>(center);
  return d * d;
}

/** The squared distances of a row to all centers. */
export function distances(t: Means, row: usize, out: usize): void {
  const four = (<usize>t.columns) << 5;
  let centers = t.centers;
  for (let c = 0; c < t.k; c += 4, centers += four, out += 32) fourDistances(row, centers, t.columns, out);
}

/** The squared distances of a row to four centers. */
function fourDistances(row: usize, p: usize, columns: i32, out: usize): void {
  const end = row + ((<usize>columns) << 2);
  const bytes = (<usize>columns) << 3;
  let q = p + bytes;
  let r = q + bytes;
  let s = r + bytes;
  let p0 = f64x2.splat(0);
  let p1 = p0,
    q0 = p0,
    q1 = p0,
    r0 = p0,
    r1 = p0,
    s0 = p0,
    s1 = p0;
  for (; row + 16 <= end; row += 16) {
    const raw = v128.load(row);
    const x = f64x2.promote_low_f32x4(raw);
    const y = f64x2.promote_low_f32x4(upper(raw));
    let d = f64x2.sub(x, v128.load(p));
    p0 = madd64(d, d, p0);
    d = f64x2.sub(y, v128.load(p, 16));
    p1 = madd64(d, d, p1);
    d = f64x2.sub(x, v128.load(q));
    q0 = madd64(d, d, q0);
    d = f64x2.sub(y, v128.load(q, 16));
    q1 = madd64(d, d, q1);
    d = f64x2.sub(x, v128.load(r));
    r0 = madd64(d, d, r0);
    d = f64x2.sub(y, v128.load(r, 16));
    r1 = madd64(d, d, r1);
    d = f64x2.sub(x, v128.load(s));
    s0 = madd64(d, d, s0);
    d = f64x2.sub(y, v128.load(s, 16));
    s1 = madd64(d, d, s1);
    p += 32;
    q += 32;
    r += 32;
    s += 32;
  }
  let a = total(p0, p1);
  let b = total(q0, q1);
  let c = total(r0, r1);
  let e = total(s0, s1);
  for (; row < end; row += 4, p += 8, q += 8, r += 8, s += 8) {
    a += square(row, p);
    b += square(row, q);
    c += square(row, r);
    e += square(row, s);
  }
  store<f64>(out, a);
  store<f64>(out, b, 8);
  store<f64>(out, c, 16);
  store<f64>(out, e, 24);
}
