import { describe, expect, it } from "vitest";
import { isTurned, landmarksOf, landmarksText } from "./sound-face.ts";

describe("a face that is turned and could not be righted", () => {
  it("is still one after it was written to a library's file", () => {
    const landmarks = { leftEye: { x: 127, y: 136 }, rightEye: { x: 163, y: 136 }, mouth: { x: 145, y: 172 }, nose: { x: 145, y: 154 } };
    expect(isTurned(landmarksText({ landmarks, turned: true }))).toBe(true);
    expect(isTurned(landmarksText({ landmarks }))).toBe(false);
    expect(landmarksText({ landmarks })).toBe(JSON.stringify(landmarks));
    expect(landmarksOf(landmarksText({ landmarks, turned: true }))).toMatchObject(landmarks);
  });
});
