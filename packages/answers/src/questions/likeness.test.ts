import { describe, expect, it } from "vitest";
import { madeModel } from "./fixtures/face-set.ts";
import { likenessOf } from "./likeness.ts";

describe("likenessOf", () => {
  const model = madeModel(); // class means 7 · √2 apart, so that B is 98

  it("is 1 − d² / 2B, and 0 from √2B on", () => {
    expect(likenessOf(0, model)).toEqual({ likeness: 1, alike: "very alike" });
    expect(likenessOf(7, model).likeness).toBeCloseTo(0.75);
    expect(likenessOf(14, model).likeness).toBe(0);
    expect(likenessOf(100, model)).toEqual({ likeness: 0, alike: "not alike" });
  });

  it("is said in four steps", () => {
    const distanceOf = (likeness: number) => Math.sqrt(2 * 98 * (1 - likeness));
    const said = [0.86, 0.84, 0.61, 0.59, 0.31, 0.29].map((likeness) => likenessOf(distanceOf(likeness), model).alike);
    expect(said).toEqual(["very alike", "alike", "alike", "somewhat alike", "somewhat alike", "not alike"]);
  });

  it("refuses what is no distance", () => {
    expect(() => likenessOf(-1, model)).toThrow("likeness: expected distance to be a number from 0, but got -1.");
    expect(() => likenessOf(Number.NaN, model)).toThrow("likeness: expected distance to be a number from 0, but got NaN.");
  });
});
