import { describe, expect, it } from "vitest";
import { isCrop, regionOf } from "./crop.ts";

describe("a crop", () => {
  it("is a word, or four shares that lie in the picture", () => {
    expect(["source", "whole", "0,0,1,1", "0.2,0.25,0.6,0.6"].map(isCrop)).toEqual([true, true, true, true]);
    expect(["", "0,0,1", "0.5,0,0.6,1", "0,0,0,1", "-0.1,0,1,1", "a,b,c,d", ",,,", 3].filter(isCrop)).toEqual([]);
  });

  it("takes what the source says, unless told otherwise", () => {
    const own = { left: 1, top: 2, width: 3, height: 4, unit: "pixels" } as const;
    expect(regionOf("here", "source", own)).toBe(own);
    expect(regionOf("here", "whole", own)).toBeUndefined();
    expect(regionOf("here", "0,0,0.5,1", own)).toEqual({ left: 0, top: 0, width: 0.5, height: 1, unit: "share" });
    expect(() => regionOf("here", "half" as "whole", own)).toThrow(
      'here: expected crop to be source, whole, or left,top,width,height as shares of the picture, like 0.2,0.25,0.6,0.6, but got "half".',
    );
  });
});
