import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { intersectionOverUnion, oneBoxAFace } from "./overlap.ts";

const box = fc.record({
  x: fc.integer({ min: 0, max: 60 }),
  y: fc.integer({ min: 0, max: 60 }),
  width: fc.integer({ min: 1, max: 30 }),
  height: fc.integer({ min: 1, max: 30 }),
});
const found = fc.uniqueArray(fc.record({ box, score: fc.double({ min: 0, max: 1, noNaN: true }) }), {
  selector: ({ score }) => score,
  maxLength: 20,
});

describe("intersection over union", () => {
  it("is 1 for the same box, 0 for boxes apart, and the same either way", () => {
    fc.assert(
      fc.property(box, box, (a, b) => {
        expect(intersectionOverUnion(a, a)).toBe(1);
        expect(intersectionOverUnion(a, b)).toBe(intersectionOverUnion(b, a));
        expect(intersectionOverUnion(a, { ...a, x: a.x + a.width })).toBe(0);
      }),
    );
  });
});

describe("one box a face", () => {
  it("is the surest of those that overlap, whatever order they were found in", () => {
    fc.assert(
      fc.property(found, (boxes) => {
        const kept = oneBoxAFace(boxes);
        expect(oneBoxAFace([...boxes].reverse())).toEqual(kept);
        expect(oneBoxAFace(kept)).toEqual(kept);
        for (const [i, a] of kept.entries()) {
          for (const b of kept.slice(i + 1)) expect(intersectionOverUnion(a.box, b.box)).toBeLessThanOrEqual(0.3);
        }
      }),
    );
  });

  it("drops a box that lies in a surer one", () => {
    const large = { box: { x: 0, y: 0, width: 100, height: 100 }, score: 0.9 };
    const mouth = { box: { x: 40, y: 60, width: 20, height: 20 }, score: 0.85 };
    expect(oneBoxAFace([mouth, large])).toEqual([large]);
  });
});
