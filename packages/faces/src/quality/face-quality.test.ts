import { describe, expect, it } from "vitest";
import { usualLandmarks } from "../detect/detect-faces.ts";
import { measureQuality, sharpnessOf } from "./face-quality.ts";

const size = 48;
/** Light and shade, and fine lines over them. */
const fine = Uint8Array.from({ length: size * size }, (_, i) => 110 + 60 * Math.sin((i % size) / 9) + 25 * Math.sin(i * 1.7));

function blurred(crop: Uint8Array): Uint8Array {
  return crop.map((_, i) => {
    let [sum, n] = [0, 0];
    for (let dy = -2; dy <= 2; dy++) {
      for (let dx = -2; dx <= 2; dx++) {
        const value = crop[i + dy * size + dx];
        if (value !== undefined) [sum, n] = [sum + value, n + 1];
      }
    }
    return sum / n;
  });
}

const box = { x: 0, y: 0, width: 74, height: 100 };
const usual = usualLandmarks(box);
const face = {
  box,
  score: 1,
  landmarks: { ...usual, leftEye: { x: 20, y: 40 }, rightEye: { x: 54, y: 40 }, mouth: { x: 37, y: 76 }, nose: { x: 37, y: 58 } },
  landmarksFound: true,
};

describe("quality", () => {
  it("falls in sharpness with blur, and not with darkness", () => {
    expect(sharpnessOf(blurred(fine))).toBeLessThan(0.5 * sharpnessOf(fine));
    expect(sharpnessOf(fine.map((x) => x / 2))).toBeCloseTo(sharpnessOf(fine), 1);
    expect(sharpnessOf(new Uint8Array(size * size).fill(9))).toBe(0);
  });

  it("says where a face looks: straight ahead, to a side, leaning", () => {
    const straight = measureQuality(face, fine);
    for (const angle of [straight.yaw, straight.pitch, straight.roll]) expect(Math.abs(angle)).toBeLessThan(1);
    const aside = measureQuality({ ...face, landmarks: { ...face.landmarks, nose: { x: 47, y: 58 } } }, fine);
    expect(aside.yaw).toBeGreaterThan(15);
    const up = measureQuality({ ...face, landmarks: { ...face.landmarks, nose: { x: 37, y: 50 } } }, fine);
    expect(up.pitch).toBeGreaterThan(15);
    const leaning = measureQuality(
      { ...face, landmarks: { ...face.landmarks, leftEye: { x: 20, y: 35 }, rightEye: { x: 54, y: 45 } } },
      fine,
    );
    expect(leaning.roll).toBeCloseTo(16.4, 1);
  });

  it("counts a face of fewer pixels than the network takes as less sharp", () => {
    const half = (point: { x: number; y: number }) => ({ x: point.x / 4, y: point.y / 4 });
    const { leftEye, rightEye, mouth, nose } = face.landmarks;
    const small = {
      ...face,
      box: { x: 0, y: 0, width: 18.5, height: 25 },
      landmarks: { leftEye: half(leftEye), rightEye: half(rightEye), mouth: half(mouth), nose: half(nose) },
    };
    expect(measureQuality(small, fine).side).toBeCloseTo(measureQuality(face, fine).side / 4, 6);
    expect(measureQuality(small, fine).sharpness).toBeLessThan(0.6 * measureQuality(face, fine).sharpness);
  });
});
