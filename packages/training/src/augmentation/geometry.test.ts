import { Random } from "@semblant/core";
import { describe, expect, it } from "vitest";
import { type Affine, identity } from "./affine.ts";
import { drawMap, still } from "./geometry.ts";

const draws = (geometry: Partial<typeof still>, count = 400, size = 48): Affine[] => {
  const random = new Random(3);
  return Array.from({ length: count }, () => drawMap(random, { ...still, ...geometry }, size));
};
const column = (maps: Affine[], k: number) => maps.map((map) => map[k] as number);

describe("geometry", () => {
  it("is the identity when nothing moves", () => {
    for (const map of draws({}, 5)) {
      map.forEach((value, k) => {
        expect(value).toBeCloseTo(identity[k] as number, 12);
      });
    }
  });

  it("zooms within its range, evenly on both axes", () => {
    const maps = draws({ zoom: [0.8, 1.2] });
    const magnification = maps.map(([a]) => 1 / a);
    expect(Math.min(...magnification)).toBeGreaterThanOrEqual(0.8);
    expect(Math.max(...magnification)).toBeLessThanOrEqual(1.2);
    expect(Math.max(...magnification) - Math.min(...magnification)).toBeGreaterThan(0.35);
    for (const [a, b, , c, d] of maps) expect([a, b, c]).toEqual([d, 0, 0]);
  });

  it("turns at most as many degrees to either side as it is told", () => {
    const degrees = draws({ moved: 1, rotation: 30 }).map(([a, , , c]) => (Math.atan2(c, a) * 180) / Math.PI);
    expect(Math.min(...degrees)).toBeGreaterThanOrEqual(-30);
    expect(Math.max(...degrees)).toBeLessThanOrEqual(30);
    expect(Math.max(...degrees) - Math.min(...degrees)).toBeGreaterThan(55);
  });

  it("shifts at most the share of the image it is told, where a whole image is 2", () => {
    const shifts = column(draws({ moved: 1, shift: 0.2 }), 2);
    expect(Math.max(...shifts.map(Math.abs))).toBeLessThanOrEqual(0.4);
    expect(Math.max(...shifts)).toBeGreaterThan(0.35);
    expect(Math.min(...shifts)).toBeLessThan(-0.35);
  });

  it("moves and mirrors the share of the images it is told", () => {
    const moved = draws({ moved: 0.5, shift: 0.2 }, 2000).filter(([, , tx]) => tx !== 0).length;
    expect(Math.abs(moved / 2000 - 0.5)).toBeLessThan(0.04);
    const mirrored = draws({ mirrored: 0.25 }, 2000).filter(([a]) => a < 0).length;
    expect(Math.abs(mirrored / 2000 - 0.25)).toBeLessThan(0.04);
  });

  it("cuts a part of a larger canvas, at whole pixels, up to two of them outside", () => {
    const maps = draws({ margin: 5, outside: 2 }, 2000);
    const pixel = 2 / 53;
    const places = [...new Set(column(maps, 2).map((tx) => Math.round(tx / pixel + 2.5)))].sort((a, b) => a - b);
    expect(places).toEqual([-2, -1, 0, 1, 2, 3, 4, 5, 6, 7]);
    for (const [a, b, tx] of maps) {
      expect(a).toBeCloseTo(48 / 53, 12);
      expect(b).toBe(0);
      expect(Math.abs(tx / pixel + 2.5 - Math.round(tx / pixel + 2.5))).toBeLessThan(1e-9);
    }
  });
});
