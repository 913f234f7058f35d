import type { Picture } from "../picture.ts";

/** Where each row or column of a result comes from: pixels from `first` on, each with its weight, in parts of 2¹⁴. */
interface Taps {
  readonly first: Int32Array;
  /** (length, each): 0 where a place has fewer. */
  readonly weights: Int32Array;
  readonly each: number;
}

/** Weights are whole parts of 2 to this, so that sums are exact and the same everywhere. */
const bits = 14;
/** Bits that rows keep beyond the eight of a pixel until columns are summed too. */
const spare = 6;

/**
 * The picture in another size, (height, width, 3): where it gets smaller, each pixel is the mean of the area that it covers; where it gets
 * larger, it lies between the nearest pixels in proportion.
 *
 * The same pixels in Node and in a page: sums of whole numbers, and nothing of the platform takes part.
 *
 * @param size whole pixels above 0
 *
 * @example
 * const picture = { width: 2, height: 1, data: Uint8Array.of(0, 0, 0, 100, 100, 100) };
 * resizePicture(picture, { width: 1, height: 1 }).data; // Uint8Array [50, 50, 50]
 */
export function resizePicture(picture: Picture, size: { readonly width: number; readonly height: number }): Picture {
  const { width, height } = size;
  if (width === picture.width && height === picture.height) return picture;
  const across = tapsOf(picture.width, width);
  const down = tapsOf(picture.height, height);
  const source = picture.data;
  const length = 3 * picture.width;
  const row = new Int32Array(length);
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    row.fill(1 << (bits - spare - 1)); // rounds
    for (let t = 0; t < down.each; t++) {
      const weight = down.weights[y * down.each + t] as number;
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
function gather(row: Int32Array, { first, weights, each }: Taps, into: Uint8Array): void {
  const half = 1 << (bits + spare - 1);
  for (let x = 0, to = 0; to < into.length; x++, to += 3) {
    let [red, green, blue] = [half, half, half];
    let at = 3 * (first[x] as number);
    for (let t = x * each; t < (x + 1) * each; t++, at += 3) {
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

/** The pixels that each place covers, or, where it covers less than one, the two that it lies between. */
function tapsOf(from: number, to: number): Taps {
  const scale = from / to;
  const rows = Array.from({ length: to }, (_, i) =>
    scale > 1 ? covered(i * scale, (i + 1) * scale) : between((i + 0.5) * scale - 0.5, from),
  );
  const each = Math.min(from, Math.max(...rows.map(({ weights }) => weights.length)));
  const taps = { first: new Int32Array(to), weights: new Int32Array(to * each), each };
  for (const [i, { first, weights }] of rows.entries()) {
    // A place near the end begins earlier, with weights of 0, so that all have as many.
    const start = Math.max(0, Math.min(first, from - each));
    const sum = weights.reduce((total, weight) => total + weight, 0);
    let [done, given] = [0, 0];
    taps.first[i] = start;
    for (const [t, weight] of weights.entries()) {
      done += weight;
      const upTo = Math.round((done / sum) * (1 << bits));
      taps.weights[i * each + first - start + t] = upTo - given; // they sum to exactly 1
      given = upTo;
    }
  }
  return taps;
}

interface Weights {
  readonly first: number;
  readonly weights: readonly number[];
}

function covered(start: number, end: number): Weights {
  const first = Math.floor(start + 1e-9);
  const last = Math.max(first, Math.ceil(end - 1e-9) - 1);
  const part = (pixel: number) => Math.min(end, pixel + 1) - Math.max(start, pixel);
  return { first, weights: Array.from({ length: last - first + 1 }, (_, t) => part(first + t)) };
}

function between(place: number, length: number): Weights {
  const first = Math.max(0, Math.min(length - 1, Math.floor(place)));
  const part = Math.max(0, Math.min(1, place - first));
  return first + 1 < length && part > 0 ? { first, weights: [1 - part, part] } : { first, weights: [1] };
}
