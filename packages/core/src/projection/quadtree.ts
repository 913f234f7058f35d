import { type LaidTree, repelByKernel } from "../kernels/repulsion.ts";

/** Cells of at most this many points are not divided. */
const LEAF = 16;
/** Fewer points are summed before the kernels' threads are told. */
const FEWEST_FOR_KERNEL = 500;
/** Halvings after which the points of a cell count as one. */
const DEEPEST = 50;
/** Numbers kept of a cell: its center of mass, the square of distance beyond which it counts as one point, its points. */
const STRIDE = 4;

/**
 * The Barnes-Hut approximation of how points in the plane push each other apart by Student's t (van der Maaten 2014, 4.2).
 *
 * A cell counts as all its points in their center of mass wherever it looks small: where its width is less than theta times the
 * distance. Points of one leaf share one list of such cells and lone points, made for their bounding box, so that each cell looks
 * at least as small from every one of them: an error is never above that of a walk through the tree for each point, and the sums run
 * over flat lists. The order of the points is kept from call to call, as from one step to the next they hardly change places.
 */
export class Quadtree {
  readonly theta: number;
  /** (points): their numbers, cell by cell. */
  readonly #order: Int32Array;
  readonly #x: Float64Array;
  readonly #y: Float64Array;
  #cells = new Float64Array(0);
  /** (cells): the cell after this one and all within it. */
  #next = new Int32Array(0);
  /** (cells, 2): the places of a leaf's points; −1 in a cell that is divided. */
  #leaves = new Int32Array(0);
  #count = 0;
  /** The list of a leaf: x, y and how many points. */
  #list = new Float64Array(3 * 1024);

  /** @param theta above 0 */
  constructor(points: number, theta: number) {
    this.theta = theta;
    this.#order = Int32Array.from({ length: points }, (_, i) => i);
    this.#x = new Float64Array(points);
    this.#y = new Float64Array(points);
  }

  /** Lays the tree over these points, (points, 2), all finite. */
  build(positions: Float64Array): void {
    const x = this.#x;
    const y = this.#y;
    let [left, right, bottom, top] = [Infinity, -Infinity, Infinity, -Infinity];
    for (let place = 0; place < this.#order.length; place++) {
      const i = this.#order[place] as number;
      const px = positions[2 * i] as number;
      const py = positions[2 * i + 1] as number;
      x[place] = px;
      y[place] = py;
      if (px < left) left = px;
      if (px > right) right = px;
      if (py < bottom) bottom = py;
      if (py > top) top = py;
    }
    this.#count = 0;
    this.#divide(0, this.#order.length, (left + right) / 2, (bottom + top) / 2, Math.max(right - left, top - bottom), 0);
  }

  /**
   * Writes Σⱼ w²(yᵢ − yⱼ) for every point into `push`, (points, 2), and returns Σᵢⱼ w over i ≠ j, the Z of the map, where
   * w = 1 / (1 + ‖yᵢ − yⱼ‖²). `meanwhile` is run once, beside the other threads where there are some.
   */
  repulsion(push: Float64Array, meanwhile: () => void = () => {}): number {
    const byKernel = this.#order.length >= FEWEST_FOR_KERNEL ? repelByKernel(this.#laid(), push, meanwhile) : undefined;
    if (byKernel !== undefined) return byKernel;
    meanwhile();
    return this.repulsionPlainly(push);
  }

  /** The same without kernels, to the bit. */
  repulsionPlainly(push: Float64Array): number {
    let Z = 0;
    for (let cell = 0; cell < this.#count; cell++) {
      const first = this.#leaves[2 * cell] as number;
      if (first < 0) continue;
      const end = this.#leaves[2 * cell + 1] as number;
      const length = this.#listFor(first, end);
      for (let place = first; place < end; place++) {
        Z += this.#pushOn(this.#x[place] as number, this.#y[place] as number, length, push, 2 * (this.#order[place] as number)) - 1;
      }
    }
    return Z;
  }

  #laid(): LaidTree {
    return {
      x: this.#x,
      y: this.#y,
      order: this.#order,
      count: this.#count,
      cells: this.#cells,
      next: this.#next,
      leaves: this.#leaves,
    };
  }

  /** The same for one point (x, y) that is not in the tree: its push into `push` from `to` on; returns its Σⱼ w. */
  repulsionOn(x: number, y: number, push: Float64Array, to: number): number {
    return this.#pushOn(x, y, this.#listOf(x, y, 0, 0), push, to);
  }

  #pushOn(x: number, y: number, length: number, push: Float64Array, to: number): number {
    const list = this.#list;
    let z = 0;
    let px = 0;
    let py = 0;
    for (let e = 0; e < length; e += 3) {
      const dx = x - (list[e] as number);
      const dy = y - (list[e + 1] as number);
      const w = 1 / (1 + dx * dx + dy * dy);
      const all = w * (list[e + 2] as number);
      const f = all * w;
      z += all;
      px += f * dx;
      py += f * dy;
    }
    push[to] = px;
    push[to + 1] = py;
    return z;
  }

  #listFor(first: number, end: number): number {
    let [left, right, bottom, top] = [Infinity, -Infinity, Infinity, -Infinity];
    for (let place = first; place < end; place++) {
      const x = this.#x[place] as number;
      const y = this.#y[place] as number;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < bottom) bottom = y;
      if (y > top) top = y;
    }
    return this.#listOf((left + right) / 2, (bottom + top) / 2, (right - left) / 2, (top - bottom) / 2);
  }

  /** Lists what pushes on a box around (x, y), of these half sides; returns the list's length. */
  #listOf(x: number, y: number, halfWidth: number, halfHeight: number): number {
    const cells = this.#cells;
    let length = 0;
    for (let cell = 0; cell < this.#count; ) {
      if (length + 3 * (LEAF + 1) > this.#list.length) this.#list = enlarged(this.#list);
      const at = cell * STRIDE;
      const cx = cells[at] as number;
      const cy = cells[at + 1] as number;
      const dx = Math.max(0, Math.abs(cx - x) - halfWidth);
      const dy = Math.max(0, Math.abs(cy - y) - halfHeight);
      if (dx * dx + dy * dy > (cells[at + 2] as number)) {
        this.#list[length++] = cx;
        this.#list[length++] = cy;
        this.#list[length++] = cells[at + 3] as number;
        cell = this.#next[cell] as number;
        continue;
      }
      const end = this.#leaves[2 * cell + 1] as number;
      for (let place = this.#leaves[2 * cell] as number; place >= 0 && place < end; place++) {
        this.#list[length++] = this.#x[place] as number;
        this.#list[length++] = this.#y[place] as number;
        this.#list[length++] = 1;
      }
      cell++;
    }
    return length;
  }

  /** Makes a cell of the points from place `first` to `end`, and its parts after it. */
  #divide(first: number, end: number, x: number, y: number, width: number, depth: number): void {
    if (first === end) return;
    const cell = this.#count++;
    if (cell * STRIDE >= this.#cells.length) this.#enlarge();
    const count = end - first;
    const divided = count > LEAF && depth < DEEPEST;
    let sumX = 0;
    let sumY = 0;
    for (let place = first; place < end; place++) {
      sumX += this.#x[place] as number;
      sumY += this.#y[place] as number;
    }
    const at = cell * STRIDE;
    const onePoint = count === 1 || (count > LEAF && !divided);
    this.#cells[at] = sumX / count;
    this.#cells[at + 1] = sumY / count;
    this.#cells[at + 2] = onePoint ? -1 : (width / this.theta) ** 2;
    this.#cells[at + 3] = count;
    this.#leaves[2 * cell] = divided ? -1 : first;
    this.#leaves[2 * cell + 1] = end;
    if (divided) {
      const half = width / 2;
      const quarter = width / 4;
      const upper = this.#part(this.#y, first, end, y);
      const lowerRight = this.#part(this.#x, first, upper, x);
      const upperRight = this.#part(this.#x, upper, end, x);
      this.#divide(first, lowerRight, x - quarter, y - quarter, half, depth + 1);
      this.#divide(lowerRight, upper, x + quarter, y - quarter, half, depth + 1);
      this.#divide(upper, upperRight, x - quarter, y + quarter, half, depth + 1);
      this.#divide(upperRight, end, x + quarter, y + quarter, half, depth + 1);
    }
    this.#next[cell] = this.#count;
  }

  /** Puts the places whose coordinate is below `border` before the others; returns the first of the others. */
  #part(along: Float64Array, first: number, end: number, border: number): number {
    let low = first;
    let high = end - 1;
    while (true) {
      while (low <= high && (along[low] as number) < border) low++;
      while (low <= high && (along[high] as number) >= border) high--;
      if (low > high) return low;
      swap(this.#x, low, high);
      swap(this.#y, low, high);
      swap(this.#order, low, high);
    }
  }

  #enlarge(): void {
    const cells = Math.max(64, 2 * (this.#cells.length / STRIDE));
    const [before, next, leaves] = [this.#cells, this.#next, this.#leaves];
    this.#cells = new Float64Array(cells * STRIDE);
    this.#next = new Int32Array(cells);
    this.#leaves = new Int32Array(cells * 2);
    this.#cells.set(before);
    this.#next.set(next);
    this.#leaves.set(leaves);
  }
}

function enlarged(list: Float64Array): Float64Array<ArrayBuffer> {
  const longer = new Float64Array(2 * list.length);
  longer.set(list);
  return longer;
}

function swap(list: { [i: number]: number }, i: number, j: number): void {
  const kept = list[i] as number;
  list[i] = list[j] as number;
  list[j] = kept;
}
