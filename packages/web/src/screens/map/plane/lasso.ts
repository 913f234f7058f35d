import type { PointIndex } from "./point-index.ts";
import { type Bounds, boundsOf } from "./view.ts";

/** Corners of a drawn line at most: more would not be seen, and each is looked at for every row. */
const CORNERS = 256;

interface Points {
  /** (rows, 2) */
  readonly positions: Float32Array;
  readonly index: PointIndex;
}

/** The shown rows within a closed line of the map, corners as (x, y) pairs; where it crosses itself, by the even-odd rule. */
export function rowsWithin(corners: Float32Array, { positions, index }: Points, isShown: (row: number) => boolean): number[] {
  const line = thinned(corners);
  const rows: number[] = [];
  index.eachIn(boundsOf(line), (row) => {
    if (isShown(row) && isWithin(line, positions[2 * row] as number, positions[2 * row + 1] as number)) rows.push(row);
    return false;
  });
  return rows.sort((a, b) => a - b);
}

/** The closed line around a rectangle. */
export function lineAround({ left, right, bottom, top }: Bounds): Float32Array {
  return Float32Array.of(left, bottom, right, bottom, right, top, left, top);
}

function thinned(corners: Float32Array): Float32Array {
  const count = corners.length / 2;
  if (count <= CORNERS) return corners;
  const kept = new Float32Array(2 * CORNERS);
  for (let i = 0; i < CORNERS; i++) {
    const from = Math.floor((i * count) / CORNERS);
    kept.set(corners.subarray(2 * from, 2 * from + 2), 2 * i);
  }
  return kept;
}

function isWithin(corners: Float32Array, x: number, y: number): boolean {
  let within = false;
  const length = corners.length;
  for (let i = 0, j = length - 2; i < length; j = i, i += 2) {
    const [xi, yi] = [corners[i] as number, corners[i + 1] as number];
    const [xj, yj] = [corners[j] as number, corners[j + 1] as number];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) within = !within;
  }
  return within;
}
