import type { DetectedFace } from "../face.ts";
import type { Picture, Point } from "../picture.ts";
import { directionOf, lengthOf, type Square, sideOf, squareAbout } from "./square.ts";
import { alongOf, type Quarter, quarterOf } from "./turn-picture.ts";
import { greyOf, warp } from "./warp.ts";

/**
 * Where eyes and mouth are in the faces that networks learn from, in parts of the square: means over 1,423 of FER2013's training faces,
 * as BlazeFace finds them (they scatter by .07 to .09).
 */
export const framing = { leftEye: { x: 0.316, y: 0.395 }, rightEye: { x: 0.679, y: 0.39 }, mouth: { x: 0.501, y: 0.778 } } as const;
/** The square's side in heights of the detector's box, over the same faces. */
const sideOfBox = 0.97;

const usual = {
  middle: middle(middle(framing.leftEye, framing.rightEye), framing.mouth),
  extent: extentOf(framing),
};

/**
 * The square of the picture in which a face stands as faces did when the network learned them, its eyes level.
 *
 * Its size is halfway (in proportion) between what eyes and mouth say and what the detector's box says, so that neither's error counts
 * in full; its place is that of eyes and mouth. Faces of FER+ that were found and cut out so again are named as rightly as before.
 */
export function squareOf({ box, landmarks, landmarksFound }: DetectedFace): Square {
  const { leftEye, rightEye, mouth } = landmarks;
  const along = directionOf(leftEye, rightEye);
  const quarter = quarterOfFace({ landmarks });
  const boxSide = sideOfBox * (quarter % 2 === 0 ? box.height : box.width);
  if (!landmarksFound) return squareAbout({ x: box.x + box.width / 2, y: box.y + box.height / 2 }, boxSide, alongOf(quarter));
  const side = Math.sqrt((extentOf(landmarks) / usual.extent) * boxSide);
  const found = middle(middle(leftEye, rightEye), mouth);
  const [u, v] = [(0.5 - usual.middle.x) * side, (0.5 - usual.middle.y) * side];
  return squareAbout({ x: found.x + u * along.x - v * along.y, y: found.y + u * along.y + v * along.x }, side, along);
}

/**
 * A face as the network takes it: (size, size), grey, 0 to 255.
 *
 * @param size pixels along the side (48)
 */
export function alignFace(picture: Picture, face: DetectedFace, { size = 48 }: { readonly size?: number } = {}): Uint8Array {
  return greyOf(warp(picture, squareOf(face), size));
}

/** The quarters by which its picture is to be turned, clockwise, so that a face is upright, as nearly as may be. */
export function quarterOfFace({ landmarks: { leftEye, rightEye } }: Pick<DetectedFace, "landmarks">): Quarter {
  return quarterOf(directionOf(leftEye, rightEye));
}

/** Pixels of the picture along the side of a face's square. */
export const sideOfFace = (face: DetectedFace): number => sideOf(squareOf(face));

function middle(a: Point, b: Point): Point {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}

/** From eye to eye, and from between them to the mouth. */
function extentOf({ leftEye, rightEye, mouth }: { readonly leftEye: Point; readonly rightEye: Point; readonly mouth: Point }): number {
  const eyes = middle(leftEye, rightEye);
  return lengthOf({ x: rightEye.x - leftEye.x, y: rightEye.y - leftEye.y }) + lengthOf({ x: mouth.x - eyes.x, y: mouth.y - eyes.y });
}
