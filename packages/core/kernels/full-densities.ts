// Densities under a group whose columns depend on each other: the square of a row is |W (x - mean)|^2, W the inverse of the
// covariance's Cholesky factor. Rows drop out on the way once it is certain that they do not belong to the group.

import { madd64 } from "./arithmetic";
import { apartOfAll, ROWS, rowOf } from "./row-tiles";

/** Adds to `squares` (rows) those of rows `from` to `to` of W times each of the tiles' rows. W lies in panels of four rows: (panel, column, row). */
export function addSquares(W: usize, apart: usize, squares: usize, padded: i32, from: i32, to: i32, tiles: i32): void {
  for (let t = 0; t < tiles; t++) {
    let s0 = v128.load(squares);
    let s1 = v128.load(squares, 16);
    for (let j = from; j < to; j += 4) {
      let p = W + <usize>(j * padded) * 8;
      let q = apart;
      let a0 = f64x2.splat(0),
        a1 = a0,
        b0 = a0,
        b1 = a0,
        c0 = a0,
        c1 = a0,
        e0 = a0,
        e1 = a0;
      const end = apart + ((<usize>(j + 4)) << 5);
      for (; q < end; q += 32, p += 32) {
        const x0 = v128.load(q);
        const x1 = v128.load(q, 16);
        const wa = v128.load64_splat(p);
        a0 = madd64(wa, x0, a0);
        a1 = madd64(wa, x1, a1);
        const wb = v128.load64_splat(p, 8);
        b0 = madd64(wb, x0, b0);
        b1 = madd64(wb, x1, b1);
        const wc = v128.load64_splat(p, 16);
        c0 = madd64(wc, x0, c0);
        c1 = madd64(wc, x1, c1);
        const we = v128.load64_splat(p, 24);
        e0 = madd64(we, x0, e0);
        e1 = madd64(we, x1, e1);
      }
      s0 = madd64(a0, a0, s0);
      s1 = madd64(a1, a1, s1);
      s0 = madd64(b0, b0, s0);
      s1 = madd64(b1, b1, s1);
      s0 = madd64(c0, c0, s0);
      s1 = madd64(c1, c1, s1);
      s0 = madd64(e0, e0, s0);
      s1 = madd64(e1, e1, s1);
    }
    v128.store(squares, s0);
    v128.store(squares, s1, 16);
    squares += 32;
    apart += (<usize>padded) << 5;
  }
}

/** Keeps the rows of the list whose square is not above their limit, with their tiles and squares. Returns how many. */
function keepNear(list: usize, count: i32, limits: usize, squares: usize, padded: i32, apart: usize): i32 {
  let kept = 0;
  for (let i = 0; i < count; i++) {
    const row = load<i32>(list + ((<usize>i) << 2));
    const square = load<f64>(squares + ((<usize>i) << 3));
    const limit = load<f64>(limits + ((<usize>row) << 3));
    if (!(square <= limit)) continue;
    if (kept !== i) {
      store<i32>(list + ((<usize>kept) << 2), row);
      store<f64>(squares + ((<usize>kept) << 3), square);
      let from = rowOf(apart, i, padded);
      let to = rowOf(apart, kept, padded);
      for (let d = 0; d < padded; d++, from += 32, to += 32) store<f64>(to, load<f64>(from));
    }
    kept++;
  }
  return kept;
}

/** As {@link axisJoints}; rows drop out once their square is above their limit, after 16 and 32 columns. */
export function fullJoints(
  tiles: usize,
  mean: usize,
  W: usize,
  padded: i32,
  limits: usize,
  constant: f64,
  share: usize,
  most: usize,
  apart: usize,
  squares: usize,
  list: usize,
): void {
  let listed = 0;
  for (let i = 0; i < ROWS; i++) {
    store<i32>(list + ((<usize>i) << 2), i);
    if (load<f64>(limits + ((<usize>i) << 3)) >= 0) listed++;
  }
  if (listed === 0) return;
  listed = ROWS;
  apartOfAll(tiles, mean, padded, apart);
  memory.fill(squares, 0, ROWS << 3);
  let done = 0;
  for (let next = min(16, padded); done < padded; next = min(2 * next, padded)) {
    addSquares(W, apart, squares, padded, done, next, (listed + 3) >> 2);
    listed = keepNear(list, listed, limits, squares, padded, apart);
    if (listed === 0) return;
    done = next;
  }
  for (let i = 0; i < listed; i++) {
    const row = load<i32>(list + ((<usize>i) << 2));
    const joint = constant - load<f64>(squares + ((<usize>i) << 3)) / 2;
    store<f64>(share + ((<usize>row) << 3), joint);
    if (joint > load<f64>(most + ((<usize>row) << 3))) store<f64>(most + ((<usize>row) << 3), joint);
  }
}
