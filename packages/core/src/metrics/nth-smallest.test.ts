import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nthSmallest } from "./nth-smallest.ts";

describe("nthSmallest", () => {
  it("gives what sorting would put there, however many are equal", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 60 }), fc.nat(), (values, place) => {
        const n = place % values.length;
        expect(nthSmallest(Float64Array.from([...values, -1]), values.length, n)).toBe([...values].sort((a, b) => a - b)[n]);
      }),
    );
  });

  it("takes infinite values, and one value alone", () => {
    expect(nthSmallest(Float64Array.of(Infinity, 2, Infinity), 3, 1)).toBe(Infinity);
    expect(nthSmallest(Float64Array.of(7), 1, 0)).toBe(7);
  });
});
