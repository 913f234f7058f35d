import type { Picture, Point } from "../picture.ts";

/**
 * A turned, scaled and moved square of a picture: where its corners are. `x`, `y` is the picture's place of the square's upper left
 * corner, `right` the way from there to its upper right one; down is at right angles to it.
 */
export interface Square {
  readonly x: number;
  readonly y: number;
  readonly right: Point;
}

/** The length of a square's side, in pixels of the picture. */
export const sideOf = ({ right }: Square): number => Math.hypot(right.x, right.y);

/** The square of a side about a center, turned by some radians clockwise. */
export function squareAbout(center: Point, side: number, turn = 0): Square {
  const right = { x: side * Math.cos(turn), y: side * Math.sin(turn) };
  return { x: center.x - (right.x - right.y) / 2, y: center.y - (right.y + right.x) / 2, right };
}

/** The picture's place of a point of the square, given as parts of its side. */
export function placeIn({ x, y, right }: Square, u: number, v: number): Point {
  return { x: x + u * right.x - v * right.y, y: y + u * right.y + v * right.x };
}

/**
 * A square of the picture as (size, size, 3), 0 to 255; what lies outside of the picture is black.
 *
 * Each pixel is the mean of as many samples as it has pixels under it, each between its four neighbours in proportion, so that large
 * faces do not shimmer. Only sums and products of the pixels: the same bytes in Node and in a page.
 */
export function warp(picture: Picture, square: Square, size: number): Uint8Array {
  const { width, height, data } = picture;
  const out = new Uint8Array(size * size * 3);
  const samples = Math.max(1, Math.min(8, Math.ceil(sideOf(square) / size)));
  const step = 1 / (size * samples);
  const sum = new Float64Array(3);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      sum.fill(0);
      for (let k = 0; k < samples * samples; k++) {
        const u = (column * samples + (k % samples) + 0.5) * step;
        const v = (row * samples + Math.floor(k / samples) + 0.5) * step;
        const x = square.x + u * square.right.x - v * square.right.y - 0.5;
        const y = square.y + u * square.right.y + v * square.right.x - 0.5;
        const [left, top] = [Math.floor(x), Math.floor(y)];
        const [fx, fy] = [x - left, y - top];
        for (let corner = 0; corner < 4; corner++) {
          const [dx, dy] = [corner & 1, corner >> 1];
          const [px, py] = [left + dx, top + dy];
          if (px < 0 || py < 0 || px >= width || py >= height) continue;
          const weight = (dx === 1 ? fx : 1 - fx) * (dy === 1 ? fy : 1 - fy);
          const at = 3 * (py * width + px);
          for (let c = 0; c < 3; c++) sum[c] = (sum[c] as number) + weight * (data[at + c] as number);
        }
      }
      const to = 3 * (row * size + column);
      for (let c = 0; c < 3; c++) out[to + c] = Math.round((sum[c] as number) / (samples * samples));
    }
  }
  return out;
}

/** Red, green and blue as one grey each, by ITU-R BT.601: as faces were when the network learned them. */
export function greyOf(colors: Uint8Array): Uint8Array {
  return Uint8Array.from({ length: colors.length / 3 }, (_, i) =>
    Math.round(0.299 * (colors[3 * i] as number) + 0.587 * (colors[3 * i + 1] as number) + 0.114 * (colors[3 * i + 2] as number)),
  );
}
