// How points of a map push each other apart, by a quadtree: for the points of some leaves, as the plain code does to the bit
// (packages/core/src/projection/quadtree.ts). Each point's sums run over the same list in the same order, two points side by side.

/** What the repulsion reads and writes: addresses and counts, as the host lays them out. */
@unmanaged
class Repulsion {
  cells: usize; // (cells, 4): center of mass, square of the distance beyond which it counts as one point, how many points
  next: usize; // (cells) int32: the cell after this one and all within it
  leaves: usize; // (cells, 2) int32: the places of a leaf's points; -1 in a cell that is divided
  cellCount: i32;
  leafCells: usize; // (leafCount) int32: which cells are leaves
  leafCount: i32;
  blockLeaves: i32;
  x: usize; // (points), by place
  y: usize;
  sums: usize; // (places, 4): push along x and y, sum of w, nothing
  scratch: usize; // scratchBytes per thread
  scratchBytes: i32;
}

/** Entries of a list that are summed at a time: their x, y and count, 24 bytes each. */
const LISTED: i32 = 512;

/** Writes the sums of the points of some leaves. */
export function repelLeaves(block: i32, task: usize, thread: i32): void {
  const t = changetype<Repulsion>(task);
  const last = min(t.leafCount, (block + 1) * t.blockLeaves);
  const scratch = t.scratch + <usize>(t.scratchBytes * thread);
  for (let leaf = block * t.blockLeaves; leaf < last; leaf++) {
    const at = t.leaves + ((<usize>load<i32>(t.leafCells + ((<usize>leaf) << 2))) << 3);
    repelLeaf(t, load<i32>(at), load<i32>(at, 4), scratch);
  }
}

function repelLeaf(t: Repulsion, first: i32, end: i32, list: usize): void {
  let left = Infinity,
    right = -Infinity,
    bottom = Infinity,
    top = -Infinity;
  for (let place = (<usize>first) << 3; place < (<usize>end) << 3; place += 8) {
    const x = load<f64>(t.x + place);
    const y = load<f64>(t.y + place);
    left = min(left, x);
    right = max(right, x);
    bottom = min(bottom, y);
    top = max(top, y);
  }
  const x = (left + right) / 2;
  const y = (bottom + top) / 2;
  const halfWidth = (right - left) / 2;
  const halfHeight = (top - bottom) / 2;
  memory.fill(t.sums + ((<usize>first) << 5), 0, (<usize>(end - first)) << 5);
  const full = list + LISTED * 24;
  let to = list;
  for (let cell = 0; cell < t.cellCount; ) {
    const at = t.cells + ((<usize>cell) << 5);
    const cx = load<f64>(at);
    const cy = load<f64>(at, 8);
    const dx = max(0, abs(cx - x) - halfWidth);
    const dy = max(0, abs(cy - y) - halfHeight);
    if (dx * dx + dy * dy > load<f64>(at, 16)) {
      store<f64>(to, cx);
      store<f64>(to, cy, 8);
      store<f64>(to, load<f64>(at, 24), 16);
      to += 24;
      cell = load<i32>(t.next + ((<usize>cell) << 2));
      if (to === full) to = flush(t, first, end, list, to);
      continue;
    }
    const places = t.leaves + ((<usize>cell) << 3);
    const stop = load<i32>(places, 4);
    for (let place = load<i32>(places); place >= 0 && place < stop; place++) {
      store<f64>(to, load<f64>(t.x + ((<usize>place) << 3)));
      store<f64>(to, load<f64>(t.y + ((<usize>place) << 3)), 8);
      store<f64>(to, 1, 16);
      to += 24;
      if (to === full) to = flush(t, first, end, list, to);
    }
    cell++;
  }
  flush(t, first, end, list, to);
}

/** Adds what the list does to every point of the leaf; the list is empty then. */
function flush(t: Repulsion, first: i32, end: i32, list: usize, to: usize): usize {
  for (let place = first; place < end; place += 4) addFour(t, place, end, list, to);
  return list;
}

function addFour(t: Repulsion, place: i32, end: i32, list: usize, to: usize): void {
  const at = (<usize>place) << 3;
  const x0 = two(t.x + at, end - place);
  const y0 = two(t.y + at, end - place);
  const x1 = two(t.x + at + 16, end - place - 2);
  const y1 = two(t.y + at + 16, end - place - 2);
  const one = f64x2.splat(1);
  let z0 = f64x2.splat(0),
    px0 = z0,
    py0 = z0,
    z1 = z0,
    px1 = z0,
    py1 = z0;
  const sums = t.sums + ((<usize>place) << 5);
  const left = end - place;
  px0 = f64x2(load<f64>(sums), left > 1 ? load<f64>(sums, 32) : 0);
  py0 = f64x2(load<f64>(sums, 8), left > 1 ? load<f64>(sums, 40) : 0);
  z0 = f64x2(load<f64>(sums, 16), left > 1 ? load<f64>(sums, 48) : 0);
  if (left > 2) {
    px1 = f64x2(load<f64>(sums, 64), left > 3 ? load<f64>(sums, 96) : 0);
    py1 = f64x2(load<f64>(sums, 72), left > 3 ? load<f64>(sums, 104) : 0);
    z1 = f64x2(load<f64>(sums, 80), left > 3 ? load<f64>(sums, 112) : 0);
    for (; list < to; list += 24) {
      const lx = v128.load64_splat(list);
      const ly = v128.load64_splat(list, 8);
      const n = v128.load64_splat(list, 16);
      const dx0 = f64x2.sub(x0, lx);
      const dy0 = f64x2.sub(y0, ly);
      const dx1 = f64x2.sub(x1, lx);
      const dy1 = f64x2.sub(y1, ly);
      const w0 = f64x2.div(one, f64x2.add(f64x2.add(one, f64x2.mul(dx0, dx0)), f64x2.mul(dy0, dy0)));
      const w1 = f64x2.div(one, f64x2.add(f64x2.add(one, f64x2.mul(dx1, dx1)), f64x2.mul(dy1, dy1)));
      const all0 = f64x2.mul(w0, n);
      const all1 = f64x2.mul(w1, n);
      const f0 = f64x2.mul(all0, w0);
      const f1 = f64x2.mul(all1, w1);
      z0 = f64x2.add(z0, all0);
      z1 = f64x2.add(z1, all1);
      px0 = f64x2.add(px0, f64x2.mul(f0, dx0));
      px1 = f64x2.add(px1, f64x2.mul(f1, dx1));
      py0 = f64x2.add(py0, f64x2.mul(f0, dy0));
      py1 = f64x2.add(py1, f64x2.mul(f1, dy1));
    }
    put(sums + 64, left - 2, px1, py1, z1);
  } else {
    for (; list < to; list += 24) {
      const dx = f64x2.sub(x0, v128.load64_splat(list));
      const dy = f64x2.sub(y0, v128.load64_splat(list, 8));
      const w = f64x2.div(one, f64x2.add(f64x2.add(one, f64x2.mul(dx, dx)), f64x2.mul(dy, dy)));
      const all = f64x2.mul(w, v128.load64_splat(list, 16));
      const f = f64x2.mul(all, w);
      z0 = f64x2.add(z0, all);
      px0 = f64x2.add(px0, f64x2.mul(f, dx));
      py0 = f64x2.add(py0, f64x2.mul(f, dy));
    }
  }
  put(sums, left, px0, py0, z0);
}

/** The coordinates of two points, or of one. */
function two(at: usize, left: i32): v128 {
  return f64x2(left > 0 ? load<f64>(at) : 0, left > 1 ? load<f64>(at, 8) : 0);
}

function put(sums: usize, left: i32, px: v128, py: v128, z: v128): void {
  store<f64>(sums, f64x2.extract_lane(px, 0));
  store<f64>(sums, f64x2.extract_lane(py, 0), 8);
  store<f64>(sums, f64x2.extract_lane(z, 0), 16);
  if (left < 2) return;
  store<f64>(sums, f64x2.extract_lane(px, 1), 32);
  store<f64>(sums, f64x2.extract_lane(py, 1), 40);
  store<f64>(sums, f64x2.extract_lane(z, 1), 48);
}
