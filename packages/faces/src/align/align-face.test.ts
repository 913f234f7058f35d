import { describe, expect, it } from "vitest";
import { usualLandmarks } from "../detect/detect-faces.ts";
import type { DetectedFace } from "../face.ts";
import { framing, sideOfFace, squareOf } from "./align-face.ts";
import { placeIn, squareAbout } from "./square.ts";

/** A face whose eyes and mouth are just where the framing has them, in a square of 100 pixels about (200, 150), turned clockwise. */
function faceIn(turn: number): DetectedFace {
  const square = squareAbout({ x: 200, y: 150 }, 100, { x: Math.cos(turn), y: Math.sin(turn) });
  const place = ({ x, y }: { x: number; y: number }) => placeIn(square, x, y);
  const landmarks = {
    leftEye: place(framing.leftEye),
    rightEye: place(framing.rightEye),
    mouth: place(framing.mouth),
    nose: place({ x: 0.5, y: 0.6 }),
  };
  const [width, height] = [100 / 1.298, 100 / 0.97];
  return { box: { x: 200 - width / 2, y: 150 - height / 2, width, height }, score: 1, landmarks, landmarksFound: true };
}

describe("a face's square", () => {
  it("is where the network's faces stand: eyes and mouth at the framing's places", () => {
    const square = squareOf(faceIn(0));
    expect(sideOfFace(faceIn(0))).toBeCloseTo(100, 6);
    const center = placeIn(square, 0.5, 0.5);
    expect(center.x).toBeCloseTo(200, 0);
    expect(center.y).toBeCloseTo(150, 0);
  });

  it("turns a head upright, however it leans", () => {
    const lean = Math.atan2(framing.rightEye.y - framing.leftEye.y, framing.rightEye.x - framing.leftEye.x);
    for (const turn of [-2, -0.5, 0, 0.1, 0.5, 3]) {
      const { right } = squareOf(faceIn(turn));
      expect(Math.cos(Math.atan2(right.y, right.x) - turn - lean)).toBeCloseTo(1, 12);
    }
  });

  it("goes halfway, in proportion, where box and landmarks disagree about its size", () => {
    const face = faceIn(0);
    expect(sideOfFace({ ...face, box: { ...face.box, height: 4 * face.box.height } })).toBeCloseTo(200, 6);
  });

  it("follows the box alone where no landmarks were found", () => {
    const box = { x: 10, y: 20, width: 40, height: 50 };
    const square = squareOf({ box, score: 1, landmarks: usualLandmarks(box), landmarksFound: false });
    expect(placeIn(square, 0.5, 0.5)).toEqual({ x: 30, y: 45 });
    expect(square.right.x).toBeCloseTo(0.97 * 50, 12);
  });
});
