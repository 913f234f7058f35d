import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { resizePicture } from "./resize.ts";

const picture = (width: number, height: number, value: (x: number, y: number, c: number) => number) => ({
  width,
  height,
  data: Uint8Array.from({ length: width * height * 3 }, (_, i) => value(Math.floor(i / 3) % width, Math.floor(i / 3 / width), i % 3)),
});

describe("resizePicture", () => {
  it("leaves an even picture even, at any size", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 40 }),
        (from, width, height) => {
          const { data } = resizePicture(
            picture(from, from, (_x, _y, c) => 40 * c + 7),
            { width, height },
          );
          data.forEach((value, i) => void expect(value).toBe(40 * (i % 3) + 7));
        },
      ),
    );
  });

  it("takes means where it shrinks: half the size of fine stripes is grey", () => {
    const striped = picture(64, 8, (x) => (x % 2 === 0 ? 0 : 200));
    const { data } = resizePicture(striped, { width: 16, height: 8 });
    for (const value of data.slice(12, -12)) expect(Math.abs(value - 100)).toBeLessThan(13);
  });

  it("keeps a slope a slope where it enlarges", () => {
    const slope = resizePicture(
      picture(8, 1, (x) => 20 * x),
      { width: 32, height: 1 },
    );
    for (let x = 4; x < 28; x++) expect(slope.data[3 * x]).toBeGreaterThanOrEqual(slope.data[3 * (x - 1)] as number);
    expect(slope.data[3 * 16]).toBeGreaterThan(65);
    expect(slope.data[3 * 16]).toBeLessThan(76);
  });

  it("gives back the same picture at the same size", () => {
    const same = picture(5, 4, (x, y) => 10 * x + y);
    expect(resizePicture(same, { width: 5, height: 4 })).toBe(same);
  });
});
