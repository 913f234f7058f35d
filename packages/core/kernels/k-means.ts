// Lloyd's iteration and k-means++, of rows in float32 and centers in float64. Products in float32 leave out the centers that are certainly
// not the nearest; distances are measured in float64. A block is a run of rows, as long as the host says, whatever the threads: sums are
// added in the same order by one as by many.

import { boundFour, twoNearest } from "./center-bounds";
import { distance, distances, upper } from "./center-distances";
import { centerRow, clearRow, MOST, PANEL } from "./centered";
import { Means, TILE } from "./means";

/** Centres the rows of a block, and lays them out column by column. */
export function packRows(block: i32, task: usize, _thread: i32): void {
  const t = changetype<Means>(task);
  const first = block * t.blockRows;
  const last = min(t.count, first + t.blockRows);
  const stride = (<usize>PANEL) << 2;
  for (let i = first; i < ((last + PANEL - 1) & ~(PANEL - 1)); i++) {
    const at = t.panels + ((<usize>(i / PANEL) * t.paddedColumns * PANEL + <usize>(i % PANEL)) << 2);
    let length: f64 = 0;
    if (i < last) length = centerRow(t, t.rows + ((<usize>i * t.columns) << 2), at, stride);
    if (i >= last || !(length <= MOST)) clearRow(t, at, stride);
    store<f64>(t.lengths + ((<usize>i) << 3), length);
  }
}

/** Gives each row to its nearest center, the smaller number of equals, as assignToNearest of the plain code does. */
export function assignRows(block: i32, task: usize, thread: i32): void {
  const t = changetype<Means>(task);
  const scratch = t.scratch + <usize>(t.scratchBytes * thread);
  const last = min(t.count, (block + 1) * t.blockRows);
  let moved = 0;
  for (let first = block * t.blockRows; first < last; first += PANEL) {
    const asking = rowsThatAsk(t, first, min(last, first + PANEL));
    if (asking !== 0) moved += assignPanel(t, first, asking, scratch);
  }
  store<f64>(t.blockSums + ((<usize>block) << 3), moved);
}

/** One bit for each row that may be nearer to another center than its own. Centers moved: rows are measured where the bounds leave doubt. */
function rowsThatAsk(t: Means, first: i32, end: i32): i32 {
  let asking = 0;
  for (let i = first; i < end; i++) {
    const cluster = load<i32>(t.clusters + ((<usize>i) << 2));
    if (cluster < 0) {
      asking |= 1 << (i - first);
      continue;
    }
    const above = t.above + ((<usize>i) << 3);
    const beyond = load<f64>(t.beyond + ((<usize>i) << 3));
    let most = (load<f64>(above) + load<f64>(t.ways + ((<usize>cluster) << 3))) * (1 + t.rounding);
    if (most >= beyond) {
      most = Math.sqrt(measure(t, i, cluster)) * (1 + t.rounding);
      if (most >= beyond) asking |= 1 << (i - first);
    }
    store<f64>(above, most);
  }
  return asking;
}

/** The squared distance of each row to its own center, and their sum. */
export function measureRows(block: i32, task: usize, _thread: i32): void {
  const t = changetype<Means>(task);
  const last = min(t.count, (block + 1) * t.blockRows);
  let sum: f64 = 0;
  for (let i = block * t.blockRows; i < last; i++) {
    const square = measure(t, i, load<i32>(t.clusters + ((<usize>i) << 2)));
    store<f64>(t.squares + ((<usize>i) << 3), square);
    sum += square;
  }
  store<f64>(t.blockSums + ((<usize>block) << 3), sum);
}

function measure(t: Means, row: i32, center: i32): f64 {
  return distance(t.rows + ((<usize>row * t.columns) << 2), t.centers + ((<usize>(center * t.columns)) << 3), t.columns);
}

/** Gives rows of a panel to their nearest centers; how many moved. */
function assignPanel(t: Means, first: i32, asking: i32, scratch: usize): i32 {
  const nearest = scratch; // (PANEL) int32
  const least = scratch + 32; // (PANEL) float32: the smallest lower bound
  const second = scratch + 64; // (PANEL) float32: the next
  const bounds = scratch + 96; // (TILE, PANEL) float32
  twoNearest(t, t.panels + ((<usize>first * t.paddedColumns) << 2), nearest, bounds);
  let moved = 0;
  for (; asking !== 0; asking &= asking - 1) {
    const r = ctz(asking);
    const i = first + r;
    const cluster = load<i32>(t.clusters + ((<usize>i) << 2));
    const length = load<f64>(t.lengths + ((<usize>i) << 3));
    const one = load<i32>(nearest + ((<usize>r) << 2));
    const next = <f64>load<f32>(second + ((<usize>r) << 2));
    const gap = next - <f64>load<f32>(least + ((<usize>r) << 2));
    const half = <f64>load<f32>(t.halves + ((<usize>one) << 2));
    const doubt = 2 * (t.querySlack * length + t.rowSlack * 2.1 * half + t.leastSlack);
    let center = one;
    // A center too far away for float32 has the bound -Infinity: it comes first, and all are measured.
    if (length <= MOST && half >= 0 && gap > doubt * 1.01) {
      if (one !== cluster) store<f64>(t.above + ((<usize>i) << 3), Math.sqrt(measure(t, i, one)) * (1 + t.rounding));
      const bound = 2 * (next - t.querySlack * length - t.leastSlack) + length;
      store<f64>(t.beyond + ((<usize>i) << 3), Math.sqrt(max<f64>(0, bound)));
    } else center = measureAll(t, i, scratch + 224);
    if (center !== cluster) moved++;
    store<i32>(t.clusters + ((<usize>i) << 2), center);
  }
  return moved;
}

/** The nearest of all centers in float64; writes how far it is, and the next one. */
function measureAll(t: Means, i: i32, scratch: usize): i32 {
  distances(t, t.rows + ((<usize>i * t.columns) << 2), scratch);
  let nearest = 0;
  let least = Infinity;
  let second = Infinity;
  for (let c = 0; c < t.k; c++) {
    const square = load<f64>(scratch + ((<usize>c) << 3));
    if (square < least) {
      second = least;
      least = square;
      nearest = c;
    } else if (square < second) second = square;
  }
  store<f64>(t.above + ((<usize>i) << 3), Math.sqrt(least) * (1 + t.rounding));
  store<f64>(t.beyond + ((<usize>i) << 3), Math.sqrt(second));
  return nearest;
}

/** What the sums of the clusters change by: rows that are in another cluster than when they were counted. */
export function sumRows(block: i32, task: usize, _thread: i32): void {
  const t = changetype<Means>(task);
  const bytes = (<usize>(t.k * t.columns)) << 3;
  const sums = t.centerSums + <usize>block * bytes;
  memory.fill(sums, 0, bytes);
  const last = min(t.count, (block + 1) * t.blockRows);
  for (let i = block * t.blockRows; i < last; i++) {
    const cluster = load<i32>(t.clusters + ((<usize>i) << 2));
    const counted = load<i32>(t.counted + ((<usize>i) << 2));
    if (cluster === counted) continue;
    const row = t.rows + ((<usize>i * t.columns) << 2);
    addRow(row, sums + ((<usize>(cluster * t.columns)) << 3), t.columns);
    if (counted >= 0) takeRow(row, sums + ((<usize>(counted * t.columns)) << 3), t.columns);
  }
}

/** The squared distance of each row to its nearest center, were one of `centers` one more; and the sums of these. */
export function nearerRows(block: i32, task: usize, thread: i32): void {
  const t = changetype<Means>(task);
  const scratch = t.scratch + <usize>(t.scratchBytes * thread);
  const sums = t.blockSums + ((<usize>(block * t.k)) << 3);
  memory.fill(sums, 0, (<usize>t.k) << 3);
  const last = min(t.count, (block + 1) * t.blockRows);
  for (let first = block * t.blockRows; first < last; first += PANEL) nearerOfPanel(t, first, min(PANEL, last - first), sums, scratch);
}

function nearerOfPanel(t: Means, first: i32, count: i32, sums: usize, scratch: usize): void {
  const limits = scratch; // (PANEL) float32: a lower bound below this may be nearer
  const bounds = scratch + 96;
  for (let r = 0; r < count; r++) setLimit(t, first + r, limits + ((<usize>r) << 2));
  const bytes = (<usize>(t.paddedColumns * TILE)) << 2;
  let packed = t.packed;
  const panel = t.panels + ((<usize>first * t.paddedColumns) << 2);
  for (let c = 0; c < t.k; c++) {
    const at = bounds + ((<usize>(c % TILE)) << 5);
    if (c % TILE === 0) {
      boundFour(packed, packed + bytes, panel, t.halves + ((<usize>c) << 2), bounds);
      packed += bytes;
    }
    const low = i32x4.bitmask(f32x4.lt(v128.load(at), v128.load(limits)));
    const mask = low | (i32x4.bitmask(f32x4.lt(v128.load(at, 16), v128.load(limits, 16))) << 4);
    const out = t.nearer + ((<usize>(c * t.count + first)) << 3);
    let sum: f64 = 0;
    for (let r = 0; r < count; r++) {
      let square = load<f64>(t.squares + ((<usize>(first + r)) << 3));
      if (mask & (1 << r)) square = min(square, measure(t, first + r, c));
      store<f64>(out + ((<usize>r) << 3), square);
      sum += square;
    }
    store<f64>(sums + ((<usize>c) << 3), load<f64>(sums + ((<usize>c) << 3)) + sum);
  }
}

/** How small half a squared distance less half the row's squared length may be, at the least, where the distance is below `squares`. */
function setLimit(t: Means, i: i32, limit: usize): void {
  const length = load<f64>(t.lengths + ((<usize>i) << 3));
  const before = load<f64>(t.squares + ((<usize>i) << 3));
  const bound = before * (0.5 + t.rounding) - length * (0.5 - t.querySlack) + t.leastSlack;
  store<f32>(limit, length <= MOST && before < Infinity ? <f32>(bound + abs(bound) * 2.4e-7) : Infinity);
}

function addRow(row: usize, sum: usize, columns: i32): void {
  const end = row + ((<usize>columns) << 2);
  for (; row + 16 <= end; row += 16, sum += 32) {
    const x = v128.load(row);
    v128.store(sum, f64x2.add(v128.load(sum), f64x2.promote_low_f32x4(x)));
    v128.store(sum, f64x2.add(v128.load(sum, 16), f64x2.promote_low_f32x4(upper(x))), 16);
  }
  for (; row < end; row += 4, sum += 8) store<f64>(sum, load<f64>(sum) + <f64>load<f32>(row));
}

function takeRow(row: usize, sum: usize, columns: i32): void {
  const end = row + ((<usize>columns) << 2);
  for (; row < end; row += 4, sum += 8) store<f64>(sum, load<f64>(sum) - <f64>load<f32>(row));
}
