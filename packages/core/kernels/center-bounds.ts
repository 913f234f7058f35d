// Bounds in float32, by products: which center may be the nearest, and how near the next one may be.

import { madd } from "./arithmetic";
import { Means, TILE } from "./means";

/** The two smallest lower bounds of each of eight rows, and whose the smallest is: `out` takes (3, PANEL). */
export function twoNearest(t: Means, panel: usize, out: usize, bounds: usize): void {
  const most = f32x4.splat(Infinity);
  let least0 = most,
    least1 = most,
    next0 = most,
    next1 = most;
  let nearest0 = i32x4.splat(0);
  let nearest1 = nearest0;
  const bytes = (<usize>(t.paddedColumns * TILE)) << 2;
  let packed = t.packed;
  for (let c = 0; c < t.k; c++) {
    const at = bounds + ((<usize>(c % TILE)) << 5);
    if (c % TILE === 0) {
      boundFour(packed, packed + bytes, panel, t.halves + ((<usize>c) << 2), bounds);
      packed += bytes;
    }
    const number = i32x4.splat(c);
    const x = v128.load(at);
    const y = v128.load(at, 16);
    const nearer0 = f32x4.lt(x, least0);
    const nearer1 = f32x4.lt(y, least1);
    next0 = f32x4.pmin(v128.bitselect(least0, x, nearer0), next0);
    next1 = f32x4.pmin(v128.bitselect(least1, y, nearer1), next1);
    least0 = v128.bitselect(x, least0, nearer0);
    least1 = v128.bitselect(y, least1, nearer1);
    nearest0 = v128.bitselect(number, nearest0, nearer0);
    nearest1 = v128.bitselect(number, nearest1, nearer1);
  }
  v128.store(out, nearest0);
  v128.store(out, nearest1, 16);
  v128.store(out, least0, 32);
  v128.store(out, least1, 48);
  v128.store(out, next0, 64);
  v128.store(out, next1, 80);
}

/** Lower bounds of half the squared distances of four centers to eight rows, less half the rows' squared lengths. */
export function boundFour(q: usize, end: usize, panel: usize, halves: usize, bounds: usize): void {
  let a0 = v128.load_splat<f32>(halves);
  let a1 = v128.load_splat<f32>(halves, 4);
  let a2 = v128.load_splat<f32>(halves, 8);
  let a3 = v128.load_splat<f32>(halves, 12);
  let b0 = a0,
    b1 = a1,
    b2 = a2,
    b3 = a3;
  for (; q < end; q += 32, panel += 64) {
    let x = v128.load(panel);
    let y = v128.load(panel, 16);
    let s = v128.load_splat<f32>(q);
    a0 = madd(s, x, a0);
    b0 = madd(s, y, b0);
    s = v128.load_splat<f32>(q, 4);
    a1 = madd(s, x, a1);
    b1 = madd(s, y, b1);
    s = v128.load_splat<f32>(q, 8);
    a2 = madd(s, x, a2);
    b2 = madd(s, y, b2);
    s = v128.load_splat<f32>(q, 12);
    a3 = madd(s, x, a3);
    b3 = madd(s, y, b3);
    x = v128.load(panel, 32);
    y = v128.load(panel, 48);
    s = v128.load_splat<f32>(q, 16);
    a0 = madd(s, x, a0);
    b0 = madd(s, y, b0);
    s = v128.load_splat<f32>(q, 20);
    a1 = madd(s, x, a1);
    b1 = madd(s, y, b1);
    s = v128.load_splat<f32>(q, 24);
    a2 = madd(s, x, a2);
    b2 = madd(s, y, b2);
    s = v128.load_splat<f32>(q, 28);
    a3 = madd(s, x, a3);
    b3 = madd(s, y, b3);
  }
  v128.store(bounds, a0);
  v128.store(bounds, b0, 16);
  v128.store(bounds, a1, 32);
  v128.store(bounds, b1, 48);
  v128.store(bounds, a2, 64);
  v128.store(bounds, b2, 80);
  v128.store(bounds, a3, 96);
  v128.store(bounds, b3, 112);
}
