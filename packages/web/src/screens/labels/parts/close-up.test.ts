import { describe, expect, it } from "vitest";
import { partAround, sideFor } from "./close-up.ts";

describe("the part of a picture around a face", () => {
  it("is a square with the face in its middle", () => {
    expect(partAround({ x: 400, y: 300, width: 100, height: 80 }, { width: 1000, height: 800 })).toEqual({ x: 380, y: 270, side: 140 });
  });

  it("stays within the picture, and is no larger than it", () => {
    expect(partAround({ x: 0, y: 700, width: 100, height: 100 }, { width: 1000, height: 800 })).toMatchObject({ x: 0, y: 660 });
    expect(partAround({ x: 2, y: 2, width: 44, height: 44 }, { width: 48, height: 48 })).toEqual({ x: 0, y: 0, side: 48 });
    expect(partAround({ x: 10, y: 0, width: 60, height: 50 }, { width: 100, height: 50 })).toMatchObject({ y: -17 });
  });

  it("is asked for as sharp as it is shown", () => {
    const picture = { width: 4000, height: 3000 };
    expect(sideFor({ x: 0, y: 0, side: 400 }, picture, 640)).toBe(4096);
    expect(sideFor({ x: 0, y: 0, side: 3000 }, picture, 640)).toBe(1024);
    expect(sideFor({ x: 0, y: 0, side: 40 }, { width: 9000, height: 9000 }, 640)).toBe("full");
    expect(sideFor({ x: 0, y: 0, side: 48 }, { width: 48, height: 48 }, 640)).toBe(640);
  });
});
