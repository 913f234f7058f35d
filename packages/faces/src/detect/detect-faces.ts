import { invalidOption, refuseUnknown } from "@semblant/core/internals";
import type { DetectedFace, Landmarks } from "../face.ts";
import type { Box, Picture } from "../picture.ts";
import type { Session } from "../runtime.ts";
import { believed } from "./believed.ts";
import { findLandmarks } from "./blazeface.ts";
import { findBoxes } from "./find-boxes.ts";
import { isSameFace, oneBoxAFace } from "./overlap.ts";
import { closenessOf } from "./smallest.ts";

export interface DetectOptions {
  /** How sure the detector must be, 0 to 1 (0.8); of a face that fills the picture, two thirds of that. */
  readonly minimumScore?: number;
  /** Faces of fewer pixels are left out (10, more in large pictures: {@link closenessOf}). The smaller, the more pixels are looked at. */
  readonly smallest?: number;
  /** The picture's longer side is looked at with at most so many pixels (no bound). */
  readonly longest?: number;
}

/** A box in which no eyes, nose and mouth are found is an arm, ear or hat, unless the detector is as sure as this of it. */
const sureWithoutLandmarks = 0.97;

/** The networks that find faces. */
export interface FaceDetector {
  readonly detector: Session;
  readonly keypoints: Session;
  /** The face mesh, where it is at hand: it tells faces from other boxes where the detector is in doubt. */
  readonly mesh?: Session;
}

/**
 * The faces in a picture, the surest first: boxes by UltraFace on the whole, small and large, one per face, and in each the eyes, nose
 * and mouth by BlazeFace. A doubtful box without these is left out, and one that {@link believed} takes for no face. A face that fills the
 * picture or is cut by its edge is found by a look of its own; what lies within it (an eye, the mouth) is no other face.
 *
 * @throws OptionError if an option is out of range or unknown
 */
export async function detectFaces(picture: Picture, networks: FaceDetector, options: DetectOptions = {}): Promise<DetectedFace[]> {
  const where = "detectFaces";
  refuseUnknown(where, options, ["minimumScore", "smallest", "longest"]);
  const { minimumScore = 0.8, longest = Infinity } = options;
  if (!(minimumScore >= 0 && minimumScore <= 1)) throw invalidOption(where, "minimumScore", "a number from 0 to 1", minimumScore);
  if (options.smallest !== undefined && !(options.smallest >= 0)) {
    throw invalidOption(where, "smallest", "a number of 0 or more", options.smallest);
  }
  if (!(longest >= 320)) throw invalidOption(where, "longest", "a number of 320 or more", longest);
  const { smallest, scale } = closenessOf(picture, options.smallest);
  const wanted = Math.max(320, Math.round(scale * Math.max(picture.width, picture.height)));
  const looked = { minimumScore, longest: Math.min(longest, wanted) };
  const { boxes, closeUps } = await findBoxes(picture, networks.detector, looked);
  const faces: DetectedFace[] = [];
  for (const one of closeUps) {
    const found = await findLandmarks(picture, one.box, networks.keypoints);
    if (found !== undefined) faces.push({ ...one, ...found, landmarksFound: true });
  }
  const filling = faces.map(({ box }) => box);
  const others: DetectedFace[] = [];
  for (const one of oneBoxAFace(boxes)) {
    const { box, score } = one;
    if (Math.sqrt(box.width * box.height) < smallest || filling.some((large) => isSameFace(large, box))) continue;
    const found = await findLandmarks(picture, box, networks.keypoints);
    if (found === undefined && score < sureWithoutLandmarks) continue;
    others.push({
      box,
      score,
      landmarks: found?.landmarks ?? usualLandmarks(box),
      landmarksFound: found !== undefined,
      certainty: found?.certainty ?? 0,
    });
  }
  faces.push(...(await believed(picture, others, networks.mesh)));
  return faces.sort((a, b) => b.score - a.score);
}

/** Where a face's parts mostly are in UltraFace's box (means of 193 faces). */
export function usualLandmarks({ x, y, width, height }: Box): Landmarks {
  const place = (u: number, v: number) => ({ x: x + u * width, y: y + v * height });
  return { leftEye: place(0.26, 0.408), rightEye: place(0.706, 0.397), nose: place(0.49, 0.59), mouth: place(0.495, 0.755) };
}
