import type { DetectedFace } from "../detect/face.ts";
import type { Picture, Point } from "../picture.ts";
import { greyOf, type Square, sideOf, squareAbout, warp } from "./warp.ts";

/**
 * Where eyes and mouth are in the faces that networks learn from, in parts of the square: means over FER2013's training faces
 * (both by BlazeFace; they scatter by .05 to .08).
 */
export const framing = { leftEye: { x: 0.323, y: 0.4 }, rightEye: { x: 0.672, y: 0.385 }, mouth: { x: 0.51, y: 0.769 } } as const;
/** The square's side in heights of the detector's box, mean over the same faces. */
const sideOfBox = 0.948;
/** Heads are turned upright only from here on, in radians: those that networks learned from lean a little too. */
const upright = 0.17;

/**
 * The square of the picture in which a face stands as faces did when the network learned them.
 *
 * Its size is halfway (in proportion) between what eyes and mouth say and what the detector's box says, so that neither's error counts
 * in full; its place is that of eyes and mouth. A head that leans by more than ten degrees is turned upright.
 */
export function squareOf({ box, landmarks, landmarksFound }: DetectedFace): Square {
  const boxCenter = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const boxSide = sideOfBox * box.height;
  if (!landmarksFound) return squareAbout(boxCenter, boxSide);
  const { leftEye, rightEye, mouth } = landmarks;
  const eyes = middle(leftEye, rightEye);
  const roll = Math.atan2(rightEye.y - leftEye.y, rightEye.x - leftEye.x);
  const turn = Math.abs(roll) > upright ? roll : 0;
  const of = { eyes: middle(framing.leftEye, framing.rightEye), mouth: framing.mouth };
  const measured = Math.hypot(rightEye.x - leftEye.x, rightEye.y - leftEye.y) + Math.hypot(mouth.x - eyes.x, mouth.y - eyes.y);
  const usual =
    Math.hypot(framing.rightEye.x - framing.leftEye.x, framing.rightEye.y - framing.leftEye.y) +
    Math.hypot(of.mouth.x - of.eyes.x, of.mouth.y - of.eyes.y);
  const side = Math.sqrt((measured / usual) * boxSide);
  const [found, wanted] = [middle(eyes, mouth), middle(of.eyes, of.mouth)];
  const [cos, sin] = [side * Math.cos(turn), side * Math.sin(turn)];
  const byLandmarks = {
    x: found.x + (0.5 - wanted.x) * cos - (0.5 - wanted.y) * sin,
    y: found.y + (0.5 - wanted.x) * sin + (0.5 - wanted.y) * cos,
  };
  return squareAbout(byLandmarks, side, turn);
}

/**
 * A face as the network takes it: (size, size), grey, 0 to 255.
 *
 * @param size pixels along the side (48)
 */
export function alignFace(picture: Picture, face: DetectedFace, { size = 48 }: { readonly size?: number } = {}): Uint8Array {
  return greyOf(warp(picture, squareOf(face), size));
}

/** Pixels of the picture along the side of a face's square. */
export const sideOfFace = (face: DetectedFace): number => sideOf(squareOf(face));

function middle(a: Point, b: Point): Point {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}
