// Tiles of rows: four rows side by side, as doubles, column after column. Mixtures are computed on a block of them.

/** Rows that are worked on together. */
export const ROWS: i32 = 64;

/** Rows as they lie, single precision, to tiles of four rows side by side, double: (tile, column, row of the tile). */
export function toTiles(rows: usize, count: i32, columns: i32, padded: i32, tiles: usize): void {
  for (let i = 0; i < ROWS; i++) {
    let from = rows + <usize>(min(i, count - 1) * columns) * 4;
    let to = rowOf(tiles, i, padded);
    for (let d = 0; d < columns; d++, from += 4, to += 32) store<f64>(to, <f64>load<f32>(from));
    for (let d = columns; d < padded; d++, to += 32) store<f64>(to, 0);
  }
}

/** apart = x - mean for whole tiles. */
export function apartOfAll(tiles: usize, mean: usize, padded: i32, apart: usize): void {
  for (let t = 0; t < ROWS / 4; t++) {
    for (let d = 0; d < padded; d++, tiles += 32, apart += 32) {
      const m = v128.load64_splat(mean + ((<usize>d) << 3));
      v128.store(apart, f64x2.sub(v128.load(tiles), m));
      v128.store(apart, f64x2.sub(v128.load(tiles, 16), m), 16);
    }
  }
}

/** The same for the rows of a list, side by side. */
export function apartOfListed(tiles: usize, list: usize, count: i32, mean: usize, padded: i32, apart: usize): void {
  for (let i = 0; i < count; i++) {
    const row = load<i32>(list + ((<usize>i) << 2));
    let from = rowOf(tiles, row, padded);
    let to = rowOf(apart, i, padded);
    for (let d = 0; d < padded; d++, from += 32, to += 32) store<f64>(to, load<f64>(from) - load<f64>(mean + ((<usize>d) << 3)));
  }
}

/** Where a row of the tiles begins; its columns lie 32 bytes apart. */
export function rowOf(tiles: usize, row: i32, padded: i32): usize {
  return tiles + ((<usize>((row >> 2) * padded * 4 + (row & 3))) << 3);
}
