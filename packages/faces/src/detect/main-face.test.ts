import { describe, expect, it } from "vitest";
import { mainFace } from "./main-face.ts";

const picture = { width: 200, height: 100 };
const at = (x: number, y: number, side: number) => ({ box: { x: x - side / 2, y: y - side / 2, width: side, height: side } });

describe("the face that a picture is of", () => {
  it("is the largest of those in one place", () => {
    const [small, large] = [at(100, 50, 20), at(100, 50, 40)];
    expect(mainFace([small, large], picture)).toBe(large);
    expect(mainFace([large, small], picture)).toBe(large);
  });

  it("is the one in the middle of those of one size", () => {
    const [edge, middle] = [at(180, 50, 30), at(110, 50, 30)];
    expect(mainFace([edge, middle], picture)).toBe(middle);
  });

  it("is at the edge only where it is much larger than the one in the middle", () => {
    const middle = at(100, 50, 40);
    expect(mainFace([middle, at(180, 50, 60)], picture)).toBe(middle);
    const near = at(170, 50, 160);
    expect(mainFace([middle, near], picture)).toBe(near);
  });

  it("is none where there is none, and the only one wherever that is", () => {
    expect(mainFace([], picture)).toBeUndefined();
    const corner = at(0, 0, 10);
    expect(mainFace([corner], picture)).toBe(corner);
  });
});
