import { Random } from "@semblant/core";
import { type Tensor, tensor } from "@semblant/torch";
import { describe, expect, it } from "vitest";
import { clahe } from "./clahe.ts";

const values = (images: Tensor) => Array.from(images.data() as Float32Array);

const roundHalfToEven = (x: number) => (x % 1 === 0.5 ? 2 * Math.round(x / 2) : Math.round(x));

/** The same by plain loops, one image of whole grey levels at a time, as OpenCV describes it. */
function plainClahe(image: Uint8Array, size: number, tiles: number, clip: number): number[] {
  const tile = Math.ceil(size / tiles);
  const mirror = (i: number) => (i < size ? i : 2 * (size - 1) - i);
  const limit = Math.max(1, Math.floor((clip * tile * tile) / 256));
  const tables = Array.from({ length: tiles * tiles }, (_, t) => {
    const histogram = Array<number>(256).fill(0);
    for (let y = 0; y < tile; y++) {
      for (let x = 0; x < tile; x++) {
        const [row, column] = [mirror(Math.floor(t / tiles) * tile + y), mirror((t % tiles) * tile + x)];
        const grey = image[row * size + column] as number;
        histogram[grey] = (histogram[grey] as number) + 1;
      }
    }
    let clipped = 0;
    for (let v = 0; v < 256; v++) {
      const over = Math.max(0, (histogram[v] as number) - limit);
      clipped += over;
      histogram[v] = (histogram[v] as number) - over;
    }
    const batch = Math.floor(clipped / 256);
    let residual = clipped - batch * 256;
    for (let v = 0; v < 256; v++) histogram[v] = (histogram[v] as number) + batch;
    const step = residual > 0 ? Math.max(1, Math.floor(256 / residual)) : 1;
    for (let v = 0; v < 256 && residual > 0; v += step, residual--) histogram[v] = (histogram[v] as number) + 1;
    let sum = 0;
    return histogram.map((count) => {
      sum += count;
      return Math.min(255, roundHalfToEven((sum * 255) / (tile * tile)));
    });
  });
  const neighbours = (i: number) => {
    const place = i / tile - 0.5;
    const before = Math.floor(place);
    return { before: Math.max(0, before), after: Math.min(tiles - 1, before + 1), weight: place - before };
  };
  return Array.from(image, (grey, i) => {
    const [v, h] = [neighbours(Math.floor(i / size)), neighbours(i % size)];
    const read = (r: number, c: number) => tables[r * tiles + c]?.[grey] as number;
    const above = read(v.before, h.before) * (1 - h.weight) + read(v.before, h.after) * h.weight;
    const below = read(v.after, h.before) * (1 - h.weight) + read(v.after, h.after) * h.weight;
    return above * (1 - v.weight) + below * v.weight;
  });
}

describe("CLAHE", () => {
  it("gives what plain loops give, also where tiles do not divide the image and where a limit above 1 cuts", () => {
    const random = new Random(1);
    for (const [size, tiles, clip] of [
      [48, 8, 2],
      [50, 8, 2],
      [64, 2, 3],
      [64, 4, 40],
    ] as const) {
      // Greys gathered around a few levels, so that many are cut.
      const images = Array.from({ length: 20 }, () =>
        Uint8Array.from({ length: size * size }, () =>
          Math.max(0, Math.min(255, Math.round(random.normal(60 * (1 + random.integer(3)), 6)))),
        ),
      );
      const batch = tensor(Float32Array.from(images.flatMap((image) => Array.from(image, (grey) => grey / 255))), {
        shape: [20, 1, size, size],
      });
      const changed = values(clahe({ share: 1, tiles, clip }).apply(batch, Array(20).fill([1])));
      const expected = images.flatMap((image) => plainClahe(image, size, tiles, clip));
      const differences = changed.map((value, i) => Math.abs(255 * value - (expected[i] as number)));
      expect(differences.reduce((a, b) => Math.max(a, b))).toBeLessThan(0.501);
    }
  });

  it("changes only the images it is told to", () => {
    const images = tensor(
      Float32Array.from({ length: 2 * 256 }, (_, i) => (i % 256) / 512),
      { shape: [2, 1, 16, 16] },
    );
    const changed = clahe({ share: 1, tiles: 2 }).apply(images, [[0], [1]]);
    expect(values(changed.select(0, 0))).toEqual(values(images.select(0, 0)));
    expect(values(changed.select(0, 1))).not.toEqual(values(images.select(0, 1)));
  });

  it("gives colours the change of their luminance, so that grey stays grey", () => {
    const grey = Float32Array.from({ length: 256 }, (_, i) => (i % 16) / 40 + 0.2);
    const single = values(clahe({ share: 1, tiles: 2 }).apply(tensor(grey, { shape: [1, 1, 16, 16] }), [[1]]));
    const triple = clahe({ share: 1, tiles: 2 }).apply(tensor(Float32Array.from([...grey, ...grey, ...grey]), { shape: [1, 3, 16, 16] }), [
      [1],
    ]);
    for (const channel of [0, 1, 2]) {
      values(triple.select(1, channel)).forEach((value, i) => {
        expect(value).toBeCloseTo(single[i] as number, 5);
      });
    }
  });
});
