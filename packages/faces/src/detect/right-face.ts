import { directionOf } from "../align/square.ts";
import type { DetectedFace } from "../face.ts";
import type { Picture, Point } from "../picture.ts";
import type { Session } from "../runtime.ts";
import { findLandmarks } from "./blazeface.ts";

/** Up to this tilt, in degrees, landmarks are as good as upright. */
const level = 20;
/** Looks at most, each at the face turned as the one before said. */
const looks = 3;
/** BlazeFace is as sure as this of 3 in 4 faces that are upright, and of 1 in 50 that stand on their heads (portraits). */
const surely = 0.85;

/** By so much, in log odds, it has to be surer of faces from one side than from any other, so that this side is up. */
export const margin = 0.5;
/** It counts as so sure where it sees nothing. */
const unseen = 0.3;

/** Whether eyes and mouth of a face were surely found, and so which way up it is. */
export const isSure = ({ certainty = 0 }: DetectedFace): boolean => certainty >= surely;

/** BlazeFace is seldom as sure as this of what is no face. */
const likely = 0.75;

/** Whether a face is likely one, though it was not found in the picture as it came. */
export const isLikely = ({ certainty = 0 }: DetectedFace): boolean => certainty >= likely;

/** The same as log odds; those of a face whose eyes and mouth were not found are those of an unlikely one. */
export function oddsOf({ certainty = 0 }: Pick<DetectedFace, "certainty">): number {
  const known = Math.max(unseen, certainty);
  return Math.log(known / (1 - known));
}

/** A tilted face with its landmarks found again in the crop turned by its tilt, until they are level there. */
export async function rightFace(picture: Picture, face: DetectedFace, keypoints: Session): Promise<DetectedFace> {
  if (!face.landmarksFound) return face;
  let { landmarks, certainty } = face;
  let along: Point = { x: 1, y: 0 };
  for (let look = 0; look < looks; look++) {
    const eyes = directionOf(landmarks.leftEye, landmarks.rightEye);
    if (degreesBetween(along, eyes) <= level) break;
    along = eyes;
    const seen = await findLandmarks(picture, face.box, keypoints, along);
    if (seen === undefined) break;
    ({ landmarks, certainty } = seen);
  }
  return { ...face, landmarks, ...(certainty !== undefined && { certainty }) };
}

/** Degrees between two directions of length 1. */
function degreesBetween(a: Point, b: Point): number {
  return (180 * Math.abs(Math.atan2(a.x * b.y - a.y * b.x, a.x * b.x + a.y * b.y))) / Math.PI;
}
