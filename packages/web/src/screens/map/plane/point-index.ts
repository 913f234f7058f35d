import type { Bounds } from "./view.ts";

/** Rows of a map by where they lie: a grid whose cells hold some four rows each. 100,000 rows take a few milliseconds to sort in. */
export class PointIndex {
  readonly #positions: Float32Array;
  readonly #bounds: Bounds;
  readonly #columns: number;
  readonly #lines: number;
  readonly #cell: number;
  /** Where each cell's rows begin in #rows; one more at the end. */
  readonly #starts: Int32Array;
  readonly #rows: Int32Array;

  constructor(positions: Float32Array, bounds: Bounds) {
    const rows = positions.length / 2;
    const width = Math.max(bounds.right - bounds.left, 1e-9);
    const height = Math.max(bounds.top - bounds.bottom, 1e-9);
    const most = 1024;
    this.#cell = Math.max(Math.sqrt((4 * width * height) / Math.max(rows, 1)), width / most, height / most);
    this.#columns = Math.floor(width / this.#cell) + 1;
    this.#lines = Math.floor(height / this.#cell) + 1;
    this.#positions = positions;
    this.#bounds = bounds;
    this.#starts = new Int32Array(this.#columns * this.#lines + 1);
    this.#rows = new Int32Array(rows);
    const cells = new Int32Array(rows);
    for (let row = 0; row < rows; row++) {
      const cell = this.#line(positions[2 * row + 1] as number) * this.#columns + this.#column(positions[2 * row] as number);
      cells[row] = cell;
      this.#starts[cell + 1] = (this.#starts[cell + 1] as number) + 1;
    }
    for (let cell = 1; cell < this.#starts.length; cell++) {
      this.#starts[cell] = (this.#starts[cell] as number) + (this.#starts[cell - 1] as number);
    }
    const next = this.#starts.slice();
    for (let row = 0; row < rows; row++) {
      const cell = cells[row] as number;
      const at = next[cell] as number;
      this.#rows[at] = row;
      next[cell] = at + 1;
    }
  }

  /** The nearest of the shown rows within a distance, or −1. */
  nearest(x: number, y: number, within: number, isShown: (row: number) => boolean): number {
    let best = -1;
    let least = within * within;
    this.eachIn({ left: x - within, right: x + within, bottom: y - within, top: y + within }, (row) => {
      const square = ((this.#positions[2 * row] as number) - x) ** 2 + ((this.#positions[2 * row + 1] as number) - y) ** 2;
      if (square <= least && isShown(row)) [best, least] = [row, square];
      return false;
    });
    return best;
  }

  /** Calls for each row in a rectangle; one that returns true ends it. */
  eachIn(rectangle: Bounds, call: (row: number) => boolean): void {
    const [from, to] = [this.#column(rectangle.left), this.#column(rectangle.right)];
    const [low, high] = [this.#line(rectangle.bottom), this.#line(rectangle.top)];
    for (let line = low; line <= high; line++) {
      const end = this.#starts[line * this.#columns + to + 1] as number;
      for (let at = this.#starts[line * this.#columns + from] as number; at < end; at++) {
        const row = this.#rows[at] as number;
        const x = this.#positions[2 * row] as number;
        const y = this.#positions[2 * row + 1] as number;
        const isIn = x >= rectangle.left && x <= rectangle.right && y >= rectangle.bottom && y <= rectangle.top;
        if (isIn && call(row)) return;
      }
    }
  }

  #column(x: number): number {
    return Math.min(Math.max(Math.floor((x - this.#bounds.left) / this.#cell), 0), this.#columns - 1);
  }

  #line(y: number): number {
    return Math.min(Math.max(Math.floor((y - this.#bounds.bottom) / this.#cell), 0), this.#lines - 1);
  }
}
