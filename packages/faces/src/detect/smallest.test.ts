import { describe, expect, it } from "vitest";
import { closenessOf } from "./smallest.ts";

describe("how closely a picture is looked at", () => {
  it("is pixel by pixel in a small picture, for faces of 10 pixels", () => {
    expect(closenessOf({ width: 720, height: 480 })).toEqual({ smallest: 10, scale: 1, surely: 10 });
  });

  it("is 1.2 million pixels of a large one, however large, and 3 million of a panorama", () => {
    const looked = (width: number, height: number) => width * height * closenessOf({ width, height }).scale ** 2;
    expect(looked(4000, 3000)).toBeCloseTo(1280 * 960);
    expect(looked(12_000, 9000)).toBeCloseTo(1280 * 960);
    expect(looked(12_000, 1500)).toBeCloseTo(3_000_000);
  });

  it("is what the smallest face takes, where that is asked for: 12 pixels of it", () => {
    expect(closenessOf({ width: 4000, height: 3000 }, 24)).toEqual({ smallest: 24, scale: 0.5, surely: 24 });
    expect(closenessOf({ width: 4000, height: 3000 }, 10).scale).toBe(1);
  });
});
