import type { Picture } from "../picture.ts";

/** Where a row or column of the result comes from: pixels from `first`, each with its weight. */
interface Taps {
  readonly first: Int32Array;
  readonly weights: readonly Float32Array[];
}

/**
 * The picture in another size, (height, width, 3), each pixel the mean of the area it covers; where it is enlarged, between the
 * nearest pixels in proportion (a triangle of at least one pixel's width on either side).
 *
 * The same pixels in Node and in a page: nothing of the platform takes part.
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
  const narrow = new Float32Array(picture.height * width * 3);
  for (let y = 0; y < picture.height; y++) {
    const row = 3 * y * picture.width;
    for (let x = 0; x < width; x++) {
      const weights = across.weights[x] as Float32Array;
      let at = row + 3 * (across.first[x] as number);
      let [red, green, blue] = [0, 0, 0];
      for (let t = 0; t < weights.length; t++, at += 3) {
        const weight = weights[t] as number;
        red += weight * (picture.data[at] as number);
        green += weight * (picture.data[at + 1] as number);
        blue += weight * (picture.data[at + 2] as number);
      }
      const to = 3 * (y * width + x);
      narrow[to] = red;
      narrow[to + 1] = green;
      narrow[to + 2] = blue;
    }
  }
  const data = new Uint8Array(width * height * 3);
  const line = new Float32Array(3 * width);
  for (let y = 0; y < height; y++) {
    const weights = down.weights[y] as Float32Array;
    line.fill(0.5); // rounds
    weights.forEach((weight, t) => {
      const from = 3 * width * ((down.first[y] as number) + t);
      for (let i = 0; i < line.length; i++) line[i] = (line[i] as number) + weight * (narrow[from + i] as number);
    });
    const to = 3 * width * y;
    for (let i = 0; i < line.length; i++) data[to + i] = line[i] as number;
  }
  return { width, height, data };
}

/** A triangle about each pixel's place, as wide as the pixels it stands for. */
function tapsOf(from: number, to: number): Taps {
  const scale = from / to;
  const reach = Math.max(1, scale);
  const first = new Int32Array(to);
  const weights = Array.from({ length: to }, (_, i) => {
    const center = (i + 0.5) * scale;
    const start = Math.max(0, Math.ceil(center - reach - 0.5));
    const end = Math.min(from - 1, Math.floor(center + reach - 0.5));
    first[i] = start;
    const row = Float32Array.from({ length: Math.max(1, end - start + 1) }, (_, t) =>
      Math.max(1e-6, 1 - Math.abs(start + t + 0.5 - center) / reach),
    );
    const sum = row.reduce((total, weight) => total + weight, 0);
    return row.map((weight) => weight / sum);
  });
  return { first, weights };
}
