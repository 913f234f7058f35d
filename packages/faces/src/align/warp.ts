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
export const sideOf = ({ right }: Square): number => lengthOf(right);

/** The length of a way; a square root, unlike `hypot`, is the same number everywhere. */
export function lengthOf({ x, y }: Point): number {
  return Math.sqrt(x * x + y * y);
}

/** The way from one point to another, of length 1; to the right, where they are the same. */
export function directionOf(from: Point, to: Point): Point {
  const way = { x: to.x - from.x, y: to.y - from.y };
  const length = lengthOf(way);
  return length > 0 ? { x: way.x / length, y: way.y / length } : { x: 1, y: 0 };
}

/**
 * The square of a side about a center.
 *
 * @param along the direction of its upper edge, of length 1
 *
 * @example
 * squareAbout({ x: 10, y: 10 }, 4); // { x: 8, y: 8, right: { x: 4, y: 0 } }
 */
export function squareAbout(center: Point, side: number, along: Point = { x: 1, y: 0 }): Square {
  const right = { x: side * along.x, y: side * along.y };
  return { x: center.x - (right.x - right.y) / 2, y: center.y - (right.y + right.x) / 2, right };
}

/** The picture's place of a point of the square, given as parts of its side. */
export function placeIn({ x, y, right }: Square, u: number, v: number): Point {
  return { x: x + u * right.x - v * right.y, y: y + u * right.y + v * right.x };
}

/** Samples along a pixel's side that has more than one pixel of the picture under it. */
const least = 3;
const most = 8;

/**
 * A square of the picture as (size, size, 3), 0 to 255; what lies outside of the picture is black.
 *
 * Where the square has fewer pixels than asked for, each lies between its four neighbours in proportion; where it has more, each is the
 * mean of at least as many samples as it has pixels under it (and at least nine), so that large faces do not shimmer. Only sums and
 * products of the pixels: the same bytes in Node and in a page.
 */
export function warp(picture: Picture, square: Square, size: number): Uint8Array {
  const under = sideOf(square) / size;
  return under <= 1
    ? warpBetween(picture, square, size)
    : warpNearest(picture, square, size, Math.max(least, Math.min(most, Math.ceil(under))));
}

function warpBetween({ width, height, data }: Picture, { x, y, right }: Square, size: number): Uint8Array {
  const out = new Uint8Array(size * size * 3);
  const step = 1 / size;
  const below = 3 * width;
  let to = 0;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++, to += 3) {
      const u = (column + 0.5) * step;
      const v = (row + 0.5) * step;
      const px = x + u * right.x - v * right.y - 0.5;
      const py = y + u * right.y + v * right.x - 0.5;
      const left = Math.floor(px);
      const top = Math.floor(py);
      if (left < -1 || top < -1 || left >= width || top >= height) continue;
      const fx = px - left;
      const fy = py - top;
      let a = (1 - fx) * (1 - fy);
      let b = fx * (1 - fy);
      let c = (1 - fx) * fy;
      let d = fx * fy;
      let upper = 3 * (top * width + left);
      let across = 3;
      let down = below;
      if (left < 0 || top < 0 || left + 1 >= width || top + 1 >= height) {
        // At the edge those of the four that are outside count nothing, and are read inside.
        if (left < 0) a = c = 0;
        if (left + 1 >= width) b = d = 0;
        if (top < 0) a = b = 0;
        if (top + 1 >= height) c = d = 0;
        upper = 3 * (Math.max(0, top) * width + Math.max(0, left));
        if (left < 0 || left + 1 >= width) across = 0;
        if (top < 0 || top + 1 >= height) down = 0;
      }
      const lower = upper + down;
      const red = a * value(data, upper) + b * value(data, upper + across) + c * value(data, lower) + d * value(data, lower + across);
      const green =
        a * value(data, upper + 1) + b * value(data, upper + across + 1) + c * value(data, lower + 1) + d * value(data, lower + across + 1);
      const blue =
        a * value(data, upper + 2) + b * value(data, upper + across + 2) + c * value(data, lower + 2) + d * value(data, lower + across + 2);
      out[to] = Math.round(red);
      out[to + 1] = Math.round(green);
      out[to + 2] = Math.round(blue);
    }
  }
  return out;
}

const value = (data: Picture["data"], at: number) => data[at] as number;

function warpNearest({ width, height, data }: Picture, { x, y, right }: Square, size: number, samples: number): Uint8Array {
  const out = new Uint8Array(size * size * 3);
  const step = 1 / (size * samples);
  const count = samples * samples;
  let to = 0;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++, to += 3) {
      let [red, green, blue] = [0, 0, 0];
      for (let i = 0; i < samples; i++) {
        const v = (row * samples + i + 0.5) * step;
        for (let j = 0; j < samples; j++) {
          const u = (column * samples + j + 0.5) * step;
          const px = Math.floor(x + u * right.x - v * right.y);
          const py = Math.floor(y + u * right.y + v * right.x);
          if (px < 0 || py < 0 || px >= width || py >= height) continue;
          const at = 3 * (py * width + px);
          red += data[at] as number;
          green += data[at + 1] as number;
          blue += data[at + 2] as number;
        }
      }
      out[to] = Math.round(red / count);
      out[to + 1] = Math.round(green / count);
      out[to + 2] = Math.round(blue / count);
    }
  }
  return out;
}

/** Red, green and blue as one grey each, by ITU-R BT.601: as faces were when the network learned them. */
export function greyOf(colors: Uint8Array | Uint8ClampedArray): Uint8Array {
  const grey = new Uint8Array(colors.length / 3);
  for (let i = 0, at = 0; i < grey.length; i++, at += 3) {
    grey[i] = Math.round(0.299 * (colors[at] as number) + 0.587 * (colors[at + 1] as number) + 0.114 * (colors[at + 2] as number));
  }
  return grey;
}
