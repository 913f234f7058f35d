import type { Random } from "../random.ts";

/** Points in rows. */
export interface PointRows {
  /** (rows, columns) */
  readonly points: Float64Array | Float32Array;
  readonly columns: number;
}

/** Rows looked at to find where a cell is to be parted. */
const LOOKED_AT = 64;

/**
 * Parts rows into cells of near ones, none larger than `most`; each row is in one. Cells are halved by the plane between two rows that lie
 * far apart, and again, so that time grows with rows · ln rows. Where the planes lie is drawn: another draw parts other neighbours.
 *
 * @param rows is put in another order
 */
export function* cellsOf(rows: Int32Array, { points, columns }: PointRows, most: number, random: Random): Generator<Int32Array> {
  const cells = [rows];
  const side = new Float64Array(rows.length);
  for (let cell = cells.pop(); cell !== undefined; cell = cells.pop()) {
    if (cell.length <= most) {
      yield cell;
      continue;
    }
    const [a, b] = farApart(cell, { points, columns }, random);
    const count = nearerToFirst(cell, { points, columns }, [a, b], side);
    // Rows that no plane parts are halved as they lie: there are more copies of one than a cell holds.
    const parted = count < cell.length / 64 || count > (63 * cell.length) / 64 ? cell.length >> 1 : count;
    cells.push(cell.subarray(parted), cell.subarray(0, parted));
  }
}

/** Two of the rows: one drawn, the other the farthest from it of some that are drawn. */
function farApart(cell: Int32Array, { points, columns }: PointRows, random: Random): [number, number] {
  const drawn = () => cell[random.integer(cell.length)] as number;
  const a = drawn();
  let [b, most] = [a, -1];
  for (let turn = 0; turn < LOOKED_AT; turn++) {
    const other = drawn();
    let square = 0;
    for (let d = 0; d < columns; d++) square += ((points[a * columns + d] as number) - (points[other * columns + d] as number)) ** 2;
    if (square > most) [b, most] = [other, square];
  }
  return [a, b];
}

/** Puts the rows nearer to a than to b first; returns how many they are. */
function nearerToFirst(cell: Int32Array, { points, columns }: PointRows, [a, b]: [number, number], side: Float64Array): number {
  const normal = new Float64Array(columns);
  let middle = 0;
  for (let d = 0; d < columns; d++) {
    const [x, y] = [points[a * columns + d] as number, points[b * columns + d] as number];
    normal[d] = y - x;
    middle += ((y - x) * (x + y)) / 2;
  }
  for (let i = 0; i < cell.length; i++) {
    const at = (cell[i] as number) * columns;
    let along = -middle;
    for (let d = 0; d < columns; d++) along += (normal[d] as number) * (points[at + d] as number);
    side[i] = along;
  }
  let count = 0;
  for (let i = 0; i < cell.length; i++) {
    if ((side[i] as number) >= 0) continue;
    const row = cell[i] as number;
    cell[i] = cell[count] as number;
    side[i] = side[count] as number;
    cell[count++] = row;
  }
  return count;
}
