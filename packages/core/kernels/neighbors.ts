// Exact neighbours. A product in float32 finds, for each query, the gallery rows that could be among its k nearest; only these are
// measured in float64, as the plain code does. packages/core/src/kernels/neighbors.ts says why no row is missed.

import { madd } from "./arithmetic";
import { Centering, centerRow, clearRow, MOST, PANEL } from "./centered";
import { squaredDistance } from "./squared-distance";

/** Queries of one tile: their products with a panel of the gallery fill twelve of sixteen registers. */
const TILE: i32 = 6;

/** What a search reads and writes: addresses, counts and rounding bounds, as the host lays them out. */
@unmanaged
class Search extends Centering {
  queries: usize; // (queries, columns) float32, as they were given
  queryCount: i32;
  gallery: usize; // (rows, columns) float32, as they were given
  rows: i32;
  panels: usize; // (panels, paddedColumns, PANEL) float32, centred
  halves: usize; // (panels, PANEL) float32: half the squared lengths, less what rounding may add
  panelCount: i32;
  firstRow: i32; // number of the gallery's first row here
  k: i32;
  found: usize; // (queries, k) int32: row numbers, nearest first
  squares: usize; // (queries, k) float64
  self: usize; // (queries) int32: the row that a query is, or -1
  ownGroup: usize; // (queries) int32: the group that a query may not find, or -1
  rowGroup: usize; // (rows) int32, or 0 where no groups are kept apart
  blockQueries: i32; // a multiple of TILE
  scratch: usize; // scratchBytes per thread
  scratchBytes: i32;
  blockPanels: i32; // packed at a time
  rowSlack: f64; // the part of a row's squared length that its half is lowered by
  querySlack: f64; // the part of a query's squared length that its threshold is raised by
  leastSlack: f64;
}

/** Centres some panels of the gallery, and lays them out column by column. */
export function packGallery(block: i32, task: usize, _thread: i32): void {
  const t = changetype<Search>(task);
  const last = min(t.panelCount, (block + 1) * t.blockPanels);
  for (let p = block * t.blockPanels; p < last; p++) {
    for (let r = 0; r < PANEL; r++) packRow(t, p, r);
  }
}

function packRow(t: Search, panel: i32, r: i32): void {
  const row = panel * PANEL + r;
  const at = t.panels + ((<usize>(panel * t.paddedColumns * PANEL + r)) << 2);
  const half = t.halves + ((<usize>(panel * PANEL + r)) << 2);
  const stride = (<usize>PANEL) << 2;
  const length: f64 = row < t.rows ? centerRow(t, t.gallery + ((<usize>(row * t.columns)) << 2), at, stride) : NaN;
  if (length <= MOST) {
    store<f32>(half, <f32>(length * (0.5 - t.rowSlack)));
    return;
  }
  clearRow(t, at, stride);
  // A row with NaN or an infinite value is never found; one too far from the center is always measured.
  store<f32>(half, length < Infinity ? -Infinity : Infinity);
}

/** Compares some queries with every row of the gallery, and keeps the k nearest of each. */
export function searchGallery(block: i32, task: usize, thread: i32): void {
  const t = changetype<Search>(task);
  const first = block * t.blockQueries;
  const count = min(t.blockQueries, t.queryCount - first);
  const tiles = (count + TILE - 1) / TILE;
  const tileBytes = (<usize>(t.paddedColumns * TILE)) << 2;
  const packed = t.scratch + <usize>(t.scratchBytes * thread);
  const limits = packed + <usize>tiles * tileBytes; // (queries) float32: a lower bound below this means that the row is measured
  const lengths = limits + ((<usize>(tiles * TILE)) << 2) + 8; // (queries) float64
  const bounds = lengths + ((<usize>(tiles * TILE)) << 3); // (PANEL, TILE) float32
  for (let i = 0; i < tiles * TILE; i++) {
    const at = packed + <usize>(i / TILE) * tileBytes + ((<usize>(i % TILE)) << 2);
    packQuery(t, i < count ? first + i : -1, at, lengths + ((<usize>i) << 3));
    setLimit(t, first + i, limits + ((<usize>i) << 2), load<f64>(lengths + ((<usize>i) << 3)));
  }
  const panelBytes = (<usize>(t.paddedColumns * PANEL)) << 2;
  let panel = t.panels;
  let halves = t.halves;
  for (let p = 0; p < t.panelCount; p++, panel += panelBytes, halves += (<usize>PANEL) << 2) {
    let tile = packed;
    for (let i = 0; i < tiles; i++, tile += tileBytes) {
      const limit = limits + ((<usize>(i * TILE)) << 2);
      if (!boundTile(tile, panel, halves, tile + tileBytes, limit, bounds)) continue;
      measureTile(t, first + i * TILE, p * PANEL, limit, lengths + ((<usize>(i * TILE)) << 3), bounds);
    }
  }
}

/** Centres and negates a query; its squared length is NaN where it is to find nothing. */
function packQuery(t: Search, query: i32, to: usize, length: usize): void {
  const stride = (<usize>TILE) << 2;
  const square: f64 = query < 0 ? NaN : centerRow(t, t.queries + ((<usize>(query * t.columns)) << 2), to, stride);
  if (square <= MOST) {
    for (let d = 0; d < t.columns; d++) {
      const at = to + <usize>d * stride;
      store<f32>(at, -load<f32>(at));
    }
  } else clearRow(t, to, stride);
  store<f64>(length, square);
}

/** How small half a row's squared length less the product may be, at the least, for a row that is nearer than the k-th so far. */
function setLimit(t: Search, query: i32, limit: usize, length: f64): void {
  if (!(length >= 0)) {
    store<f32>(limit, -Infinity);
    return;
  }
  const farthest = load<f64>(t.squares + ((<usize>query * t.k + t.k - 1) << 3));
  if (!(length <= MOST) || farthest === Infinity) {
    store<f32>(limit, Infinity);
    return;
  }
  const bound = farthest * (0.5 + 1e-9) - length * (0.5 - t.querySlack) + t.leastSlack;
  store<f32>(limit, <f32>(bound + abs(bound) * 2.4e-7));
}

/** Lower bounds for eight rows and six queries; true where one is below its query's limit, and they are written then. */
function boundTile(q: usize, panel: usize, halves: usize, end: usize, limits: usize, bounds: usize): bool {
  let a0 = v128.load(halves);
  let b0 = v128.load(halves, 16);
  let a1 = a0,
    a2 = a0,
    a3 = a0,
    a4 = a0,
    a5 = a0;
  let b1 = b0,
    b2 = b0,
    b3 = b0,
    b4 = b0,
    b5 = b0;
  for (; q < end; q += 48, panel += 64) {
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
    s = v128.load_splat<f32>(q, 16);
    a4 = madd(s, x, a4);
    b4 = madd(s, y, b4);
    s = v128.load_splat<f32>(q, 20);
    a5 = madd(s, x, a5);
    b5 = madd(s, y, b5);
    x = v128.load(panel, 32);
    y = v128.load(panel, 48);
    s = v128.load_splat<f32>(q, 24);
    a0 = madd(s, x, a0);
    b0 = madd(s, y, b0);
    s = v128.load_splat<f32>(q, 28);
    a1 = madd(s, x, a1);
    b1 = madd(s, y, b1);
    s = v128.load_splat<f32>(q, 32);
    a2 = madd(s, x, a2);
    b2 = madd(s, y, b2);
    s = v128.load_splat<f32>(q, 36);
    a3 = madd(s, x, a3);
    b3 = madd(s, y, b3);
    s = v128.load_splat<f32>(q, 40);
    a4 = madd(s, x, a4);
    b4 = madd(s, y, b4);
    s = v128.load_splat<f32>(q, 44);
    a5 = madd(s, x, a5);
    b5 = madd(s, y, b5);
  }
  let s = v128.load_splat<f32>(limits);
  let below = v128.or(f32x4.lt(a0, s), f32x4.lt(b0, s));
  s = v128.load_splat<f32>(limits, 4);
  below = v128.or(below, v128.or(f32x4.lt(a1, s), f32x4.lt(b1, s)));
  s = v128.load_splat<f32>(limits, 8);
  below = v128.or(below, v128.or(f32x4.lt(a2, s), f32x4.lt(b2, s)));
  s = v128.load_splat<f32>(limits, 12);
  below = v128.or(below, v128.or(f32x4.lt(a3, s), f32x4.lt(b3, s)));
  s = v128.load_splat<f32>(limits, 16);
  below = v128.or(below, v128.or(f32x4.lt(a4, s), f32x4.lt(b4, s)));
  s = v128.load_splat<f32>(limits, 20);
  below = v128.or(below, v128.or(f32x4.lt(a5, s), f32x4.lt(b5, s)));
  if (!v128.any_true(below)) return false;
  v128.store(bounds, a0);
  v128.store(bounds, b0, 16);
  v128.store(bounds, a1, 32);
  v128.store(bounds, b1, 48);
  v128.store(bounds, a2, 64);
  v128.store(bounds, b2, 80);
  v128.store(bounds, a3, 96);
  v128.store(bounds, b3, 112);
  v128.store(bounds, a4, 128);
  v128.store(bounds, b4, 144);
  v128.store(bounds, a5, 160);
  v128.store(bounds, b5, 176);
  return true;
}

/** Measures in float64 the pairs of a tile that could be near, rows in the order of their numbers. */
function measureTile(t: Search, query: i32, row: i32, limits: usize, lengths: usize, bounds: usize): void {
  for (let r = 0; r < TILE; r++) {
    const limit = limits + ((<usize>r) << 2);
    const s = v128.load_splat<f32>(limit);
    const at = bounds + ((<usize>(r * PANEL)) << 2);
    let mask = i32x4.bitmask(f32x4.lt(v128.load(at), s)) | (i32x4.bitmask(f32x4.lt(v128.load(at, 16), s)) << 4);
    if (mask === 0) continue;
    let nearer = false;
    for (; mask !== 0; mask &= mask - 1) {
      if (measurePair(t, query + r, row + ctz(mask))) nearer = true;
    }
    if (nearer) setLimit(t, query + r, limit, load<f64>(lengths + ((<usize>r) << 3)));
  }
}

/** True where the row is now among the query's k nearest. */
function measurePair(t: Search, query: i32, row: i32): bool {
  if (load<i32>(t.self + ((<usize>query) << 2)) === t.firstRow + row) return false;
  if (t.rowGroup !== 0) {
    const own = load<i32>(t.ownGroup + ((<usize>query) << 2));
    if (own >= 0 && load<i32>(t.rowGroup + ((<usize>row) << 2)) === own) return false;
  }
  const columns = t.columns;
  const square = squaredDistance(t.queries + ((<usize>(query * columns)) << 2), t.gallery + ((<usize>(row * columns)) << 2), columns);
  const squares = t.squares + ((<usize>(query * t.k)) << 3);
  if (!(square < load<f64>(squares + ((<usize>(t.k - 1)) << 3)))) return false;
  insert(squares, t.found + ((<usize>(query * t.k)) << 2), t.k, square, t.firstRow + row);
  return true;
}

/** Puts a row where it belongs among the nearest so far, after those equally far; the farthest drops out. */
function insert(squares: usize, found: usize, k: i32, square: f64, row: i32): void {
  let low = 0;
  let high = k - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (load<f64>(squares + ((<usize>middle) << 3)) <= square) low = middle + 1;
    else high = middle;
  }
  const moved = <usize>(k - 1 - low);
  memory.copy(squares + ((<usize>(low + 1)) << 3), squares + ((<usize>low) << 3), moved << 3);
  memory.copy(found + ((<usize>(low + 1)) << 2), found + ((<usize>low) << 2), moved << 2);
  store<f64>(squares + ((<usize>low) << 3), square);
  store<i32>(found + ((<usize>low) << 2), row);
}
