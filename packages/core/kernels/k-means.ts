// Lloyd's iteration and k-means++, of rows in float32 and centers in float64. Products in float32 leave out the centers that are certainly
// not the nearest; distances are measured in float64. A block is a run of rows, as long as the host says, whatever the threads: sums are
// added in the same order by one as by many.

import { madd, madd64 } from "./arithmetic";
import { Centering, centerRow, clearRow, MOST, PANEL } from "./centered";

/** Centers of one tile. */
const TILE: i32 = 4;

@unmanaged
class Means extends Centering {
  rows: usize; // (count, columns) float32
  count: i32;
  blockRows: i32; // a multiple of PANEL
  panels: usize; // (panels, paddedColumns, PANEL) float32, centred
  lengths: usize; // (panels, PANEL) float64: squared lengths of centred rows
  centers: usize; // (k, columns) float64, and room for three more
  packed: usize; // (tiles, paddedColumns, TILE) float32: centers, centred and negated
  halves: usize; // (tiles, TILE) float32: half their squared lengths, less what rounding may add
  k: i32;
  clusters: usize; // (count) int32
  squares: usize; // (count) float64
  above: usize; // (count) float64: no row is farther from its own center
  beyond: usize; // (count) float64: no row is nearer to another one
  counted: usize; // (count) int32: the cluster in whose sum a row is, or -1
  ways: usize; // (k) float64: how far each center moved
  blockSums: usize; // (blocks) or (blocks, k) float64
  centerSums: usize; // (blocks, k, columns) float64
  nearer: usize; // (k, count) float64
  scratch: usize; // scratchBytes per thread
  scratchBytes: i32;
  rounding: f64;
  rowSlack: f64; // of a center's squared length
  querySlack: f64; // of a row's squared length
  leastSlack: f64;
}

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

/** The two smallest lower bounds of each of eight rows, and whose the smallest is: `out` takes (3, PANEL). */
function twoNearest(t: Means, panel: usize, out: usize, bounds: usize): void {
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
function boundFour(q: usize, end: usize, panel: usize, halves: usize, bounds: usize): void {
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

function upper(x: v128): v128 {
  return v128.shuffle<f64>(x, x, 1, 0);
}

/** The squared distance of a row to a center. */
function distance(row: usize, center: usize, columns: i32): f64 {
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
function distances(t: Means, row: usize, out: usize): void {
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
