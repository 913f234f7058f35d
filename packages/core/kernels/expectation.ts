// The expectation step: to which group each row belongs, by Bayes' rule from log-densities. Plain code: responsibilities.ts of gaussians/.

import { axisJoints, axisSquare } from "./axis-densities";
import { exponential } from "./exponential";
import { addSquares, fullJoints } from "./full-densities";
import { mixtureAt } from "./mixture";
import { apartOfListed, ROWS, toTiles } from "./row-tiles";

/** Terms this far below the greatest count as 0, in nats. */
const NEGLIGIBLE: f64 = 40;

/** Responsibilities, log-densities and new guesses of the 64 rows of a block. */
export function expectRows(block: i32, task: usize, thread: i32): void {
  const t = mixtureAt(task);
  const from = block * ROWS;
  const scratch = t.scratch + <usize>(t.scratchBytes * thread);
  const rows = t.rows + ((<usize>(from * t.columns)) << 2);
  const count = min(ROWS, t.count - from);
  const guesses = t.guesses + ((<usize>from) << 2);
  const shares = t.shares + ((<usize>from) << 3);
  const densities = t.densities + ((<usize>from) << 4);
  const padded = t.padded,
    k = t.k,
    full = t.full === 1,
    constants = t.constants,
    means = t.means,
    parts = t.parts,
    stride = t.stride;
  const size = (<usize>(ROWS * padded)) << 3;
  const tiles = scratch;
  const apart = tiles + size;
  const squares = apart + size;
  const most = squares + ROWS * 8;
  const limits = most + ROWS * 8;
  const known = limits + ROWS * 8;
  const list = known + ROWS * 8;
  const order = list + ROWS * 4;
  const starts = order + ROWS * 4;
  const each = full ? (<usize>(padded * padded)) << 3 : (<usize>padded) << 3;
  toTiles(rows, count, t.columns, padded, tiles);
  sortByGuess(guesses, count, k, starts, order);
  for (let i = 0; i < ROWS; i++) store<f64>(most + ((<usize>i) << 3), i < count ? -Infinity : Infinity);
  // the guessed group of each row first: its density tells how far the others need be summed
  for (let g = 0; g < k; g++) {
    const first = load<i32>(starts + ((<usize>g) << 2));
    const listed = load<i32>(starts + ((<usize>g) << 2), 4) - first;
    if (listed === 0) continue;
    const own = order + ((<usize>first) << 2);
    const constant = load<f64>(constants + ((<usize>g) << 3));
    const mean = means + <usize>(g * padded) * 8;
    const part = parts + <usize>g * each;
    if (full) {
      apartOfListed(tiles, own, listed, mean, padded, apart);
      memory.fill(squares, 0, ROWS << 3);
      addSquares(part, apart, squares, padded, 0, padded, (listed + 3) >> 2);
    }
    for (let i = 0; i < listed; i++) {
      const row = load<i32>(own + ((<usize>i) << 2));
      const square = full ? load<f64>(squares + ((<usize>i) << 3)) : axisSquare(tiles, row, mean, part, padded);
      const joint = constant - square / 2;
      store<f64>(known + ((<usize>row) << 3), joint);
      if (joint > -Infinity) store<f64>(most + ((<usize>row) << 3), joint);
    }
  }
  for (let g = 0; g < k; g++) {
    const constant = load<f64>(constants + ((<usize>g) << 3));
    const share = shares + ((<usize>(g * stride)) << 3);
    for (let i: usize = 0; i < <usize>ROWS * 8; i += 16) v128.store(share + i, f64x2.splat(-Infinity));
    const first = load<i32>(starts + ((<usize>g) << 2));
    const end = load<i32>(starts + ((<usize>g) << 2), 4);
    const allOwn = end - first === count;
    if (constant > -Infinity && !allOwn) {
      const most2 = f64x2.splat(constant + NEGLIGIBLE);
      for (let i: usize = 0; i < <usize>ROWS * 8; i += 16) {
        const room = f64x2.sub(most2, v128.load(most + i));
        v128.store(limits + i, f64x2.add(room, room));
      }
      for (let i = first; i < end; i++) store<f64>(limits + ((<usize>load<i32>(order + ((<usize>i) << 2))) << 3), -1);
      const mean = means + <usize>(g * padded) * 8;
      const part = parts + <usize>g * each;
      if (full) fullJoints(tiles, mean, part, padded, limits, constant, share, most, apart, squares, list);
      else axisJoints(tiles, mean, part, padded, limits, constant, share, most);
    }
    for (let i = first; i < end; i++) {
      const row = load<i32>(order + ((<usize>i) << 2));
      store<f64>(share + ((<usize>row) << 3), load<f64>(known + ((<usize>row) << 3)));
    }
  }
  normalize(count, k, shares, (<usize>stride) << 3, most, squares, limits, known, guesses, densities);
}

/** The rows by their guess: those of guess g from starts[g] to before starts[g + 1]; rows with none come last. */
function sortByGuess(guesses: usize, count: i32, k: i32, starts: usize, order: usize): void {
  memory.fill(starts, 0, (<usize>(k + 2)) << 2);
  for (let i = 0; i < count; i++) {
    const g = load<i32>(guesses + ((<usize>i) << 2));
    const at = starts + ((<usize>(g < 0 ? k : g)) << 2);
    store<i32>(at, load<i32>(at) + 1);
  }
  let sum = 0;
  for (let g = 0; g <= k; g++) {
    const at = starts + ((<usize>g) << 2);
    sum += load<i32>(at);
    store<i32>(at, sum);
  }
  for (let i = count - 1; i >= 0; i--) {
    const g = load<i32>(guesses + ((<usize>i) << 2));
    const at = starts + ((<usize>(g < 0 ? k : g)) << 2);
    const place = load<i32>(at) - 1;
    store<i32>(at, place);
    store<i32>(order + ((<usize>place) << 2), i);
  }
}

/** Makes shares of the joints, row by row summing to 1; guesses are the greatest of each, densities hold each row's
 * greatest joint and the sum of all in its units. `greatest` and `best` are room for a number a row. */
function normalize(
  count: i32,
  k: i32,
  shares: usize,
  step: usize,
  most: usize,
  sums: usize,
  greatest: usize,
  best: usize,
  guesses: usize,
  densities: usize,
): void {
  memory.fill(sums, 0, ROWS << 3);
  let at = shares;
  const bound = f64x2.splat(-NEGLIGIBLE);
  for (let g = 0; g < k; g++, at += step) {
    for (let i: usize = 0; i < <usize>ROWS * 8; i += 16) {
      const below = f64x2.sub(v128.load(at + i), v128.load(most + i));
      const counts = f64x2.ge(below, bound);
      if (!v128.any_true(counts)) {
        v128.store(at + i, f64x2.splat(0));
        continue;
      }
      const p = v128.and(exponential(f64x2.max(below, bound)), counts);
      v128.store(at + i, p);
      v128.store(sums + i, f64x2.add(v128.load(sums + i), p));
    }
  }
  divide(k, shares, step, sums, greatest, best);
  for (let i = 0; i < count; i++) {
    const m = load<f64>(most + ((<usize>i) << 3));
    store<f64>(densities + ((<usize>i) << 4), m === -Infinity ? NaN : m);
    store<f64>(densities + ((<usize>i) << 4), load<f64>(sums + ((<usize>i) << 3)), 8);
    store<i32>(guesses + ((<usize>i) << 2), <i32>load<i64>(best + ((<usize>i) << 3)));
    if (m !== -Infinity) continue;
    for (let g = 0, own = shares + ((<usize>i) << 3); g < k; g++, own += step) store<f64>(own, NaN);
  }
}

/** Divides by the sums; `best` is the group of each row's greatest share, the smaller number of equals, -1 where there is none. */
function divide(k: i32, shares: usize, step: usize, sums: usize, greatest: usize, best: usize): void {
  memory.fill(greatest, 0, ROWS << 3);
  memory.fill(best, 0xff, ROWS << 3);
  for (let g = 0; g < k; g++, shares += step) {
    const number = i64x2.splat(g);
    for (let i: usize = 0; i < <usize>ROWS * 8; i += 16) {
      const share = v128.load(shares + i);
      if (!v128.any_true(share)) continue;
      const p = f64x2.div(share, v128.load(sums + i));
      v128.store(shares + i, p);
      const most = v128.load(greatest + i);
      const greater = f64x2.gt(p, most);
      if (!v128.any_true(greater)) continue;
      v128.store(greatest + i, v128.bitselect(p, most, greater));
      v128.store(best + i, v128.bitselect(number, v128.load(best + i), greater));
    }
  }
}
