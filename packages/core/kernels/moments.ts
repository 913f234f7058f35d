// The sums that the maximisation step needs: sizes, first and second moments of each group. Plain code: moments.ts of gaussians/.

import { madd64 } from "./arithmetic";
import { mixtureAt } from "./mixture";
import { ROWS } from "./row-tiles";

/** Adds the moments of all rows about the mean of one group, the block. */
export function addMoments(block: i32, task: usize, thread: i32): void {
  const t = mixtureAt(task);
  const padded = t.padded,
    columns = t.columns,
    count = t.count,
    full = t.full === 1,
    rows = t.rows;
  const shares = t.shares + ((<usize>(block * t.stride)) << 3);
  const reference = t.means + ((<usize>(block * padded)) << 3);
  const size = t.sizes + ((<usize>block) << 3);
  const first = t.first + ((<usize>(block * padded)) << 3);
  const second = t.second + ((<usize>(full ? block * padded * padded : block * padded)) << 3);
  const apart = t.scratch + <usize>(t.scratchBytes * thread);
  const weighted = apart + ((<usize>(ROWS * padded)) << 3);
  const list = weighted + ((<usize>(ROWS * padded)) << 3);
  const amounts = list + ROWS * 4 + 8;
  let total = load<f64>(size);
  for (let from = 0; from < count; ) {
    // Written at each turn and kept where there is a share: no branch to guess.
    let listed = 0;
    for (; from < count && listed < ROWS; from++) {
      if (from + 4 <= count && nothing(shares + ((<usize>from) << 3))) {
        from += 3;
        continue;
      }
      const r = load<f64>(shares + ((<usize>from) << 3));
      store<i32>(list + ((<usize>listed) << 2), (from * columns) << 2);
      store<f64>(amounts + ((<usize>listed) << 3), r);
      total += select<f64>(r, 0, r > 0); // of NaN, nothing
      listed += <i32>(r > 0);
    }
    for (let d = 0; d < columns; d += 4) {
      const at = (<usize>d) << 3;
      if (full) addFirst(rows, d, columns - d, padded, reference + at, list, amounts, listed, first + at, apart + at, weighted + at);
      else if (d + 8 <= columns) {
        addBothOf8(rows, d, reference + at, list, amounts, listed, first + at, second + at);
        d += 4;
      } else addBoth(rows, d, columns - d, reference + at, list, amounts, listed, first + at, second + at);
    }
    if (full) addOuter(second, weighted, apart, padded, listed);
  }
  store<f64>(size, total);
}

/** Whether four shares are all 0. */
function nothing(shares: usize): bool {
  return !v128.any_true(v128.or(v128.load(shares), v128.load(shares, 16)));
}

/** First moments of four columns; keeps x - reference and its weighted copy of each listed row. */
function addFirst(
  rows: usize,
  d: i32,
  left: i32,
  padded: i32,
  reference: usize,
  list: usize,
  amounts: usize,
  listed: i32,
  first: usize,
  apart: usize,
  weighted: usize,
): void {
  const m0 = v128.load(reference),
    m1 = v128.load(reference, 16);
  let f0 = v128.load(first),
    f1 = v128.load(first, 16);
  const step = (<usize>padded) << 3;
  for (let i = 0; i < listed; i++, apart += step, weighted += step) {
    const four = fourOf(rows + <usize>load<i32>(list + ((<usize>i) << 2)) + ((<usize>d) << 2), left);
    const r = v128.load64_splat(amounts + ((<usize>i) << 3));
    const x0 = f64x2.sub(f64x2.promote_low_f32x4(four), m0);
    const x1 = f64x2.sub(f64x2.promote_low_f32x4(v128.shuffle<i64>(four, four, 1, 1)), m1);
    const w0 = f64x2.mul(r, x0);
    const w1 = f64x2.mul(r, x1);
    f0 = f64x2.add(f0, w0);
    f1 = f64x2.add(f1, w1);
    v128.store(apart, x0);
    v128.store(apart, x1, 16);
    v128.store(weighted, w0);
    v128.store(weighted, w1, 16);
  }
  v128.store(first, f0);
  v128.store(first, f1, 16);
}

/** First and second moments of four columns. */
function addBoth(
  rows: usize,
  d: i32,
  left: i32,
  reference: usize,
  list: usize,
  amounts: usize,
  listed: i32,
  first: usize,
  second: usize,
): void {
  const m0 = v128.load(reference),
    m1 = v128.load(reference, 16);
  let f0 = v128.load(first),
    f1 = v128.load(first, 16);
  let s0 = v128.load(second),
    s1 = v128.load(second, 16);
  for (let i = 0; i < listed; i++) {
    const four = fourOf(rows + <usize>load<i32>(list + ((<usize>i) << 2)) + ((<usize>d) << 2), left);
    const r = v128.load64_splat(amounts + ((<usize>i) << 3));
    const x0 = f64x2.sub(f64x2.promote_low_f32x4(four), m0);
    const x1 = f64x2.sub(f64x2.promote_low_f32x4(v128.shuffle<i64>(four, four, 1, 1)), m1);
    const w0 = f64x2.mul(r, x0);
    const w1 = f64x2.mul(r, x1);
    f0 = f64x2.add(f0, w0);
    f1 = f64x2.add(f1, w1);
    s0 = madd64(w0, x0, s0);
    s1 = madd64(w1, x1, s1);
  }
  v128.store(first, f0);
  v128.store(first, f1, 16);
  v128.store(second, s0);
  v128.store(second, s1, 16);
}

/** The same of eight columns: more sums side by side, and each share is read half as often. */
function addBothOf8(rows: usize, d: i32, reference: usize, list: usize, amounts: usize, listed: i32, first: usize, second: usize): void {
  const m0 = v128.load(reference),
    m1 = v128.load(reference, 16),
    m2 = v128.load(reference, 32),
    m3 = v128.load(reference, 48);
  let f0 = v128.load(first),
    f1 = v128.load(first, 16),
    f2 = v128.load(first, 32),
    f3 = v128.load(first, 48);
  let s0 = v128.load(second),
    s1 = v128.load(second, 16),
    s2 = v128.load(second, 32),
    s3 = v128.load(second, 48);
  rows += (<usize>d) << 2;
  for (const end = list + ((<usize>listed) << 2); list < end; list += 4, amounts += 8) {
    const row = rows + <usize>load<i32>(list);
    const r = v128.load64_splat(amounts);
    let four = v128.load(row);
    let x = f64x2.sub(f64x2.promote_low_f32x4(four), m0);
    let w = f64x2.mul(r, x);
    f0 = f64x2.add(f0, w);
    s0 = madd64(w, x, s0);
    x = f64x2.sub(f64x2.promote_low_f32x4(v128.shuffle<i64>(four, four, 1, 1)), m1);
    w = f64x2.mul(r, x);
    f1 = f64x2.add(f1, w);
    s1 = madd64(w, x, s1);
    four = v128.load(row, 16);
    x = f64x2.sub(f64x2.promote_low_f32x4(four), m2);
    w = f64x2.mul(r, x);
    f2 = f64x2.add(f2, w);
    s2 = madd64(w, x, s2);
    x = f64x2.sub(f64x2.promote_low_f32x4(v128.shuffle<i64>(four, four, 1, 1)), m3);
    w = f64x2.mul(r, x);
    f3 = f64x2.add(f3, w);
    s3 = madd64(w, x, s3);
  }
  v128.store(first, f0);
  v128.store(first, f1, 16);
  v128.store(first, f2, 32);
  v128.store(first, f3, 48);
  v128.store(second, s0);
  v128.store(second, s1, 16);
  v128.store(second, s2, 32);
  v128.store(second, s3, 48);
}

/** Four columns of a row, or the last ones and zeros. */
function fourOf(x: usize, left: i32): v128 {
  return left >= 4 ? v128.load(x) : upTo3(x, left);
}

function upTo3(x: usize, left: i32): v128 {
  return f32x4(load<f32>(x), left > 1 ? load<f32>(x, 4) : 0, left > 2 ? load<f32>(x, 8) : 0, 0);
}

/** S (padded, padded), lower tiles: += sum over rows of weighted ⊗ apart, both (rows, padded). */
function addOuter(S: usize, weighted: usize, apart: usize, padded: i32, rows: i32): void {
  const step = (<usize>padded) << 3;
  for (let a = 0; a < padded; a += 4) {
    for (let b = 0; b <= a; b += 4) {
      let p = weighted + ((<usize>a) << 3);
      let q = apart + ((<usize>b) << 3);
      const s = S + ((<usize>(a * padded + b)) << 3);
      const end = p + <usize>rows * step;
      let a0 = v128.load(s),
        a1 = v128.load(s, 16);
      let b0 = v128.load(s + step),
        b1 = v128.load(s + step, 16);
      let c0 = v128.load(s + 2 * step),
        c1 = v128.load(s + 2 * step, 16);
      let e0 = v128.load(s + 3 * step),
        e1 = v128.load(s + 3 * step, 16);
      for (; p < end; p += step, q += step) {
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
      v128.store(s, a0);
      v128.store(s, a1, 16);
      v128.store(s + step, b0);
      v128.store(s + step, b1, 16);
      v128.store(s + 2 * step, c0);
      v128.store(s + 2 * step, c1, 16);
      v128.store(s + 3 * step, e0);
      v128.store(s + 3 * step, e1, 16);
    }
  }
}
