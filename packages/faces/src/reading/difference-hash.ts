import type { Picture } from "../picture.ts";

/**
 * The 64-bit difference hash of a picture: whether each of 8 x 8 places is darker than the one to its right, on a picture of 9 x 8
 * means of brightness. The same photo at another size or quality differs in a few bits, another photo in about 32.
 *
 * After N. Krawetz, "Kind of Like That" (2013).
 *
 * @example
 * const data = Uint8Array.from({ length: 9 * 8 * 3 }, (_, i) => 10 * (Math.floor(i / 3) % 9));
 * differenceHash({ width: 9, height: 8, data }) === 0xffffffffffffffffn; // true
 */
export function differenceHash(picture: Picture): bigint {
  const means = brightness(picture, 9, 8);
  let hash = 0n;
  for (let y = 0; y < 8; y++) {
    for (let x = 0; x < 8; x++) {
      hash = (hash << 1n) | ((means[y * 9 + x] as number) < (means[y * 9 + x + 1] as number) ? 1n : 0n);
    }
  }
  return hash;
}

/** (rows, columns): mean brightness, 0 to 255, of each part of the picture; at most about 64 x 64 pixels of each part are looked at. */
function brightness({ width, height, data }: Picture, columns: number, rows: number): Float64Array {
  const means = new Float64Array(columns * rows);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const [left, right] = part(column, columns, width);
      const [top, bottom] = part(row, rows, height);
      const [stepX, stepY] = [Math.ceil((right - left) / 64), Math.ceil((bottom - top) / 64)];
      let sum = 0;
      let count = 0;
      for (let y = top; y < bottom; y += stepY) {
        for (let x = left; x < right; x += stepX) {
          const at = (y * width + x) * 3;
          sum += 0.299 * (data[at] as number) + 0.587 * (data[at + 1] as number) + 0.114 * (data[at + 2] as number);
          count++;
        }
      }
      means[row * columns + column] = sum / count;
    }
  }
  return means;
}

/** From which pixel to before which: at least one. */
function part(i: number, parts: number, pixels: number): [number, number] {
  const first = Math.min(pixels - 1, Math.floor((i * pixels) / parts));
  return [first, Math.max(first + 1, Math.floor(((i + 1) * pixels) / parts))];
}
