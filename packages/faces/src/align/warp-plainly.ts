import type { Picture } from "../picture.ts";
import { type Square, sideOf } from "./square.ts";

/** Samples along a pixel's side that has more than one pixel of the picture under it. */
const least = 3;
const most = 8;

/** Samples along the side of a pixel of a square; 1 where the picture has fewer pixels than are asked for. */
export function samplesOf(square: Square, size: number): number {
  const under = sideOf(square) / size;
  return under <= 1 ? 1 : Math.max(least, Math.min(most, Math.ceil(under)));
}

/** What `warp` gives, by loops that run anywhere: the reference of the kernels. */
export function warpPlainly(picture: Picture, square: Square, size: number): Uint8Array {
  const samples = samplesOf(square, size);
  return samples === 1 ? warpBetween(picture, square, size) : warpNearest(picture, square, size, samples);
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
