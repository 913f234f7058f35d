import { sideOfFace } from "../align/align-face.ts";
import type { DetectedFace } from "../face.ts";
import type { Openness } from "./openness.ts";

/** How good a picture of a face is. */
export interface FaceQuality {
  /** Pixels of the photo along the side of the aligned square: below 48 the network sees an enlarged face. */
  readonly side: number;
  /** 0 (a blur) to 1 (sharp). */
  readonly sharpness: number;
  /** Degrees, by eyes, nose and mouth, roughly: 0 looks into the camera; positive yaw looks to the picture's right, positive pitch up. */
  readonly yaw: number;
  readonly pitch: number;
  /** Degrees, clockwise. */
  readonly roll: number;
  /** 0 (closed) to 1 (wide open); absent where the face is too small to tell. */
  readonly eyesOpen?: number;
  readonly mouthOpen?: number;
}

/** The sharpness of faces with this variance of the Laplacian is one half: the median of FER2013's. */
const halfSharp = 0.02;

/** How good a picture of a face is: its size, its sharpness as the network sees it, where it looks. */
export function measureQuality(face: DetectedFace, crop: Uint8Array, openness?: Openness): FaceQuality {
  const { yaw, pitch, roll } = poseOf(face);
  const side = sideOfFace(face);
  return { side, sharpness: sharpnessOf(crop) * Math.min(1, side / 48), yaw, pitch, roll, ...openness };
}

/**
 * 0 (flat) to 1 (sharp): the variance of the Laplacian, in parts of the crop's own contrast, so that a dark photo of a face is as sharp as
 * a bright one (Pertuz et al. 2013).
 *
 * @param crop (size, size): grey
 *
 * @example
 * sharpnessOf(new Uint8Array(48 * 48).fill(90)); // 0
 */
export function sharpnessOf(crop: Uint8Array): number {
  const size = Math.sqrt(crop.length);
  const mean = crop.reduce((sum, x) => sum + x, 0) / crop.length;
  const contrast = crop.reduce((sum, x) => sum + (x - mean) ** 2, 0) / crop.length;
  if (contrast < 1) return 0;
  let squares = 0;
  for (let y = 1; y < size - 1; y++) {
    for (let x = 1; x < size - 1; x++) {
      const at = y * size + x;
      const beside = (crop[at - 1] as number) + (crop[at + 1] as number) + (crop[at - size] as number) + (crop[at + size] as number);
      squares += ((crop[at] as number) - beside / 4) ** 2;
    }
  }
  const variance = squares / (size - 2) ** 2 / contrast;
  return variance / (variance + halfSharp);
}

/** Where a head looks, by the nose's place among eyes and mouth: rough, and enough to tell a profile from a front. */
function poseOf({ landmarks: { leftEye, rightEye, mouth, nose } }: DetectedFace): { yaw: number; pitch: number; roll: number } {
  const eyes = { x: (leftEye.x + rightEye.x) / 2, y: (leftEye.y + rightEye.y) / 2 };
  const across = Math.hypot(rightEye.x - leftEye.x, rightEye.y - leftEye.y) || 1;
  const roll = Math.atan2(rightEye.y - leftEye.y, rightEye.x - leftEye.x);
  const upright = (x: number, y: number) => ({
    x: Math.cos(roll) * (x - eyes.x) + Math.sin(roll) * (y - eyes.y),
    y: -Math.sin(roll) * (x - eyes.x) + Math.cos(roll) * (y - eyes.y),
  });
  const [tip, lips] = [upright(nose.x, nose.y), upright(mouth.x, mouth.y)];
  const aside = (tip.x - lips.x / 2) / across;
  const down = lips.y > 0 ? tip.y / lips.y : 0.5;
  return { yaw: degrees(Math.asin(clamp(aside / 0.6))), pitch: degrees(Math.asin(clamp((0.5 - down) / 0.5))), roll: degrees(roll) };
}

const clamp = (x: number) => Math.max(-1, Math.min(1, x));
const degrees = (radians: number) => (180 * radians) / Math.PI;
