import { describe, expect, it } from "vitest";
import { usualLandmarks } from "../detect/detect-faces.ts";
import type { DetectedFace } from "../detect/face.ts";
import { framing, sideOfFace, squareOf } from "./align-face.ts";
import { placeIn, squareAbout } from "./warp.ts";

/** A face whose eyes and mouth are just where the framing has them, in a square of 100 pixels about (200, 150), turned. */
function faceIn(turn: number): DetectedFace {
  const square = squareAbout({ x: 200, y: 150 }, 100, turn);
  const place = ({ x, y }: { x: number; y: number }) => placeIn(square, x, y);
  const landmarks = {
    leftEye: place(framing.leftEye),
    rightEye: place(framing.rightEye),
    mouth: place(framing.mouth),
    nose: place({ x: 0.5, y: 0.6 }),
  };
  const [width, height] = [100 / 1.298, 100 / 0.948];
  return { box: { x: 200 - width / 2, y: 150 - height / 2, width, height }, score: 1, landmarks, landmarksFound: true };
}

describe("a face's square", () => {
  it("is where the network's faces stand: eyes and mouth at the framing's places", () => {
    const square = squareOf(faceIn(0));
    expect(sideOfFace(faceIn(0))).toBeCloseTo(100, 6);
    const center = placeIn(square, 0.5, 0.5);
    expect(center.x).toBeCloseTo(200, 6);
    expect(center.y).toBeCloseTo(150, 6);
  });

  it("turns a head upright that leans by more than ten degrees, and leaves one that leans less", () => {
    expect(Math.atan2(squareOf(faceIn(0.5)).right.y, squareOf(faceIn(0.5)).right.x)).toBeCloseTo(0.5, 1);
    expect(squareOf(faceIn(0.1)).right.y).toBe(0);
  });

  it("follows the box alone where no landmarks were found", () => {
    const box = { x: 10, y: 20, width: 40, height: 50 };
    const square = squareOf({ box, score: 1, landmarks: usualLandmarks(box), landmarksFound: false });
    expect(placeIn(square, 0.5, 0.5)).toEqual({ x: 30, y: 45 });
    expect(square.right.x).toBeCloseTo(0.948 * 50, 12);
  });
});
