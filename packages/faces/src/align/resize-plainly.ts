import type { Picture } from "../picture.ts";
import { bits, type Taps, tapsOf } from "./taps.ts";

/** Bits that rows keep beyond the eight of a pixel until columns are summed too. */
const spare = 6;

/** What `resizePicture` gives, by loops that run anywhere: the reference of the kernel. */
export function resizePlainly(picture: Picture, { width, height }: { readonly width: number; readonly height: number }): Picture {
  const across = tapsOf(picture.width, width);
  const down = tapsOf(picture.height, height);
  const source = picture.data;
  const length = 3 * picture.width;
  const row = new Int32Array(length);
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    row.fill(1 << (bits - spare - 1)); // rounds
    for (let t = 0; t < down.each; t++) {
      const weight = down.weights[y * down.wide + t] as number;
      if (weight === 0) continue;
      const from = length * ((down.first[y] as number) + t);
      for (let i = 0; i < length; i++) row[i] = (row[i] as number) + Math.imul(weight, source[from + i] as number);
    }
    for (let i = 0; i < length; i++) row[i] = (row[i] as number) >> (bits - spare);
    gather(row, across, data.subarray(3 * width * y, 3 * width * (y + 1)));
  }
  return { width, height, data };
}

/** Sums a row's pixels into the result's. */
function gather(row: Int32Array, { first, weights, each, wide }: Taps, into: Uint8Array): void {
  const half = 1 << (bits + spare - 1);
  for (let x = 0, to = 0; to < into.length; x++, to += 3) {
    let [red, green, blue] = [half, half, half];
    let at = 3 * (first[x] as number);
    for (let t = x * wide; t < x * wide + each; t++, at += 3) {
      const weight = weights[t] as number;
      red += Math.imul(weight, row[at] as number);
      green += Math.imul(weight, row[at + 1] as number);
      blue += Math.imul(weight, row[at + 2] as number);
    }
    into[to] = red >> (bits + spare);
    into[to + 1] = green >> (bits + spare);
    into[to + 2] = blue >> (bits + spare);
  }
}
