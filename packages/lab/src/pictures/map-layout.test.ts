import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitPositions, onePerCell, pushApart, thickest } from "./map-layout.ts";

const coordinate = fc.double({ min: -1e6, max: 1e6, noNaN: true });
const point = fc.record({ x: fc.double({ min: 0, max: 200, noNaN: true }), y: fc.double({ min: 0, max: 200, noNaN: true }) });

describe("the layout of a map", () => {
  it("keeps every finite position within the margin, whatever their scale", () => {
    fc.assert(
      fc.property(fc.array(coordinate, { minLength: 2, maxLength: 60 }), (values) => {
        const positions = values.slice(0, values.length - (values.length % 2));
        const { places, height } = fitPositions(positions, { width: 252, margin: 6 });
        expect(height).toBeGreaterThanOrEqual(126);
        expect(height).toBeLessThanOrEqual(1.25 * 252 + 1e-6);
        for (const place of places) {
          expect(place?.x).toBeGreaterThanOrEqual(6 - 1e-6);
          expect(place?.x).toBeLessThanOrEqual(246 + 1e-6);
          expect(place?.y).toBeGreaterThanOrEqual(6 - 1e-6);
          expect(place?.y).toBeLessThanOrEqual(height - 6 + 1e-6);
        }
      }),
    );
  });

  it("keeps positions within the margin that differ by one last bit only", () => {
    const { places } = fitPositions([1e6, 0, 1e6 + 2 ** -33, 0], { width: 252, margin: 6 });
    expect(places.map((place) => place?.x)).toEqual([6, 246]);
  });

  it("scales both axes alike and turns y upward", () => {
    const { places } = fitPositions([0, 0, 10, 0, 0, 10], { width: 100, margin: 0 });
    const [a, b, c] = places as { x: number; y: number }[];
    expect([(b?.x ?? 0) - (a?.x ?? 0), (a?.y ?? 0) - (c?.y ?? 0)]).toEqual([100, 100]);
  });

  it("has no place for rows that are not finite", () => {
    const { places } = fitPositions([0, 0, Number.NaN, 1, 2, Number.POSITIVE_INFINITY, 4, 4], { width: 100, margin: 5 });
    expect(places.map((place) => place !== undefined)).toEqual([true, false, false, true]);
  });

  it("puts one point in a cell, the one nearest to its middle", () => {
    const places = [{ x: 1, y: 1 }, { x: 5, y: 6 }, undefined, { x: 19, y: 3 }];
    expect(onePerCell(places, 10).map(({ point, column, row }) => [point, column, row])).toEqual([
      [1, 0, 0],
      [3, 1, 0],
    ]);
  });

  it("names a class at one of its own points, where most of it is", () => {
    const crowd = Array.from({ length: 10 }, (_, i) => ({ x: 50 + i / 10, y: 50 }));
    expect(thickest([{ x: 0, y: 0 }, ...crowd, { x: 100, y: 0 }], 10)).toEqual({ x: 50.4, y: 50 });
    expect(thickest([], 10)).toBeUndefined();
  });

  it("pushes labels apart until none covers another, and leaves alone what stood free", () => {
    fc.assert(
      fc.property(fc.array(point, { maxLength: 8 }), (points) => {
        const boxes = pushApart(
          points.map(({ x, y }) => ({ x, y, width: 40, height: 10 })),
          { width: 200, height: 200 },
        );
        for (const [i, a] of boxes.entries()) {
          expect(a.y).toBeGreaterThanOrEqual(5 - 1e-6);
          expect(a.y).toBeLessThanOrEqual(195 + 1e-6);
          for (const b of boxes.slice(0, i)) expect(Math.abs(a.x - b.x) >= 40 - 1e-6 || Math.abs(a.y - b.y) >= 9.5).toBe(true);
        }
      }),
    );
    expect(pushApart([{ x: 50, y: 50, width: 10, height: 10 }], { width: 100, height: 100 })).toEqual([
      { x: 50, y: 50, width: 10, height: 10 },
    ]);
  });
});
