/** Where things go on a map: pure geometry, in points from the upper left corner. */

export interface Place {
  readonly x: number;
  readonly y: number;
}

/** A rectangle by its middle. */
export interface Box extends Place {
  readonly width: number;
  readonly height: number;
}

/**
 * Positions (rows, 2) moved and scaled, both axes alike, into a frame with a margin; y grows upward before and downward after. Rows that
 * are not finite have no place. The frame's height follows from the positions, within half and one and a quarter of its width.
 */
export function fitPositions(
  positions: ArrayLike<number>,
  { width, margin }: { width: number; margin: number },
): { places: (Place | undefined)[]; height: number } {
  const rows = positions.length / 2;
  const range = (axis: 0 | 1) => {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let i = 0; i < rows; i++) {
      if (!isPlaced(positions, i)) continue;
      low = Math.min(low, positions[2 * i + axis] as number);
      high = Math.max(high, positions[2 * i + axis] as number);
    }
    return { low, span: high - low };
  };
  const [across, up] = [range(0), range(1)];
  const inner = width - 2 * margin;
  const tallest = 1.25 * width - 2 * margin;
  const scale = Math.min(
    across.span > 0 ? inner / across.span : Number.POSITIVE_INFINITY,
    up.span > 0 ? tallest / up.span : Number.POSITIVE_INFINITY,
  );
  const used = Number.isFinite(scale) ? scale : 1;
  const height = Math.max(width / 2, up.span > 0 ? up.span * used + 2 * margin : 0);
  const places = Array.from({ length: rows }, (_, i) =>
    isPlaced(positions, i)
      ? {
          // From the lowest, since a middle that is rounded may lie outside of positions that are very near to each other.
          x: width / 2 + ((positions[2 * i] as number) - across.low - across.span / 2) * used,
          y: height / 2 - ((positions[2 * i + 1] as number) - up.low - up.span / 2) * used,
        }
      : undefined,
  );
  return { places, height };
}

const isPlaced = (positions: ArrayLike<number>, i: number) => Number.isFinite(positions[2 * i]) && Number.isFinite(positions[2 * i + 1]);

/**
 * The place where a class is thickest: the point of it with most of the class within the distance given, each counted by its nearness.
 * Unlike the mean of a class it never lies among others' points.
 */
export function thickest(points: readonly Place[], distance: number): Place | undefined {
  let best: { point: Place; weight: number } | undefined;
  const every = Math.max(1, Math.floor(points.length / 1500)); // a sample says it as well
  const sample = points.filter((_, i) => i % every === 0);
  for (const point of sample) {
    let weight = 0;
    for (const other of sample) weight += Math.max(0, 1 - ((point.x - other.x) ** 2 + (point.y - other.y) ** 2) / distance ** 2);
    if (best === undefined || weight > best.weight) best = { point, weight };
  }
  return best?.point;
}

/**
 * Boxes pushed apart, up and down, until none covers another or the rounds are up, and kept within the frame.
 * What did not overlap stays where it was.
 */
export function pushApart<T extends Box>(boxes: readonly T[], frame: { width: number; height: number }): T[] {
  const moved = boxes.map((box) => ({ ...box }));
  for (let round = 0; round < 200; round++) {
    let pushed = false;
    for (let i = 0; i < moved.length; i++) {
      for (let j = 0; j < i; j++) {
        const [a, b] = [moved[i] as T, moved[j] as T];
        const [dx, dy] = [Math.abs(a.x - b.x), Math.abs(a.y - b.y)];
        const overlap = (a.height + b.height) / 2 - dy;
        if (overlap <= 0.01 || dx >= (a.width + b.width) / 2) continue;
        const [upper, lower] = a.y < b.y || (a.y === b.y && i < j) ? [i, j] : [j, i];
        moved[upper] = { ...(moved[upper] as T), y: (moved[upper] as T).y - overlap / 2 };
        moved[lower] = { ...(moved[lower] as T), y: (moved[lower] as T).y + overlap / 2 };
        pushed = true;
      }
    }
    for (const [i, box] of moved.entries()) {
      const clamp = (value: number, half: number, whole: number) => Math.min(Math.max(value, half), whole - half);
      moved[i] = { ...box, x: clamp(box.x, box.width / 2, frame.width), y: clamp(box.y, box.height / 2, frame.height) };
    }
    if (!pushed) break;
  }
  return moved;
}

/**
 * One point a cell of a square grid: in each cell with points the one nearest to its middle, so that what is put there never overlaps.
 * Cells come row by row.
 */
export function onePerCell(places: readonly (Place | undefined)[], side: number): { point: number; column: number; row: number }[] {
  const cells = new Map<string, { point: number; column: number; row: number; off: number }>();
  places.forEach((place, point) => {
    if (place === undefined) return;
    const [column, row] = [Math.floor(place.x / side), Math.floor(place.y / side)];
    const off = (place.x - (column + 0.5) * side) ** 2 + (place.y - (row + 0.5) * side) ** 2;
    const key = `${column},${row}`;
    const there = cells.get(key);
    if (there === undefined || off < there.off) cells.set(key, { point, column, row, off });
  });
  return [...cells.values()].sort((a, b) => a.row - b.row || a.column - b.column);
}
