import { describe, expect, it } from "vitest";
import { pixelsOf } from "./region.ts";

describe("a region of a picture", () => {
  it("is cut off at the picture's borders", () => {
    expect(pixelsOf({ left: -5, top: 10, width: 40, height: 45, unit: "pixels" }, 60, 50)).toEqual({
      left: 0,
      top: 10,
      width: 35,
      height: 40,
    });
  });

  it("is refused where less than half of it is in the picture, or it has no area", () => {
    const outside = "expected a box inside the picture of 60 x 50, but got one of 40 x 40 at 45, 0.";
    expect(() => pixelsOf({ left: 45, top: 0, width: 40, height: 40, unit: "pixels" }, 60, 50)).toThrow(outside);
    expect(() => pixelsOf({ left: 5, top: 5, width: 0, height: 9, unit: "pixels" }, 60, 50)).toThrow("expected a box inside the picture");
  });
});
