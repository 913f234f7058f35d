import { invalidOption, refuseUnknown } from "@semblant/core";
import type { Box, Picture } from "../picture.ts";
import type { Session } from "../runtime.ts";
import { findLandmarks } from "./blazeface.ts";
import type { DetectedFace, Landmarks } from "./face.ts";
import { oneBoxAFace } from "./overlap.ts";
import { findBoxes } from "./ultraface.ts";

export interface DetectOptions {
  /** How sure the detector must be, 0 to 1 (0.8). */
  readonly minimumScore?: number;
  /** Faces of fewer pixels are left out (20). */
  readonly smallest?: number;
  /** The picture's longer side is looked at with at most so many pixels (1,280; 1,920 finds smaller faces at twice the time). */
  readonly longest?: number;
}

/** A box in which no eyes, nose and mouth are found is an arm, ear or hat, unless the detector is as sure as this of it. */
const sureWithoutLandmarks = 0.97;

/** So many pixels of the smallest face are enough to find it: from here on more cost time and find no more (group photos, chosen half). */
const enough = 12;

/** The two networks that find faces. */
export interface FaceDetector {
  readonly detector: Session;
  readonly keypoints: Session;
}

/**
 * The faces in a picture, the surest first: boxes by UltraFace on the whole, small and large, one a face, and in each the eyes, nose
 * and mouth by BlazeFace. A doubtful box without these is left out.
 *
 * @throws OptionError if an option is out of range or unknown
 */
export async function detectFaces(picture: Picture, networks: FaceDetector, options: DetectOptions = {}): Promise<DetectedFace[]> {
  const where = "detectFaces";
  refuseUnknown(where, options, ["minimumScore", "smallest", "longest"]);
  const { minimumScore = 0.8, smallest = 20, longest = 1280 } = options;
  if (!(minimumScore >= 0 && minimumScore <= 1)) throw invalidOption(where, "minimumScore", "a number from 0 to 1", minimumScore);
  if (!(smallest >= 0)) throw invalidOption(where, "smallest", "a number of 0 or more", smallest);
  if (!(longest >= 320)) throw invalidOption(where, "longest", "a number of 320 or more", longest);
  const wanted = Math.round((Math.max(picture.width, picture.height) * enough) / smallest); // Infinity where all are wanted
  const looked = { minimumScore, longest: Math.min(longest, Math.max(320, wanted)) };
  const boxes = oneBoxAFace(await findBoxes(picture, networks.detector, looked));
  const faces: DetectedFace[] = [];
  for (const { box, score } of boxes) {
    if (Math.sqrt(box.width * box.height) < smallest) continue;
    const found = await findLandmarks(picture, box, networks.keypoints);
    if (found === undefined && score < sureWithoutLandmarks) continue;
    faces.push({
      box,
      score,
      landmarks: found?.landmarks ?? usualLandmarks(box),
      landmarksFound: found !== undefined,
      certainty: found?.certainty ?? 0,
    });
  }
  return faces;
}

/** Where a face's parts mostly are in UltraFace's box (means of 193 faces). */
export function usualLandmarks({ x, y, width, height }: Box): Landmarks {
  const place = (u: number, v: number) => ({ x: x + u * width, y: y + v * height });
  return { leftEye: place(0.26, 0.408), rightEye: place(0.706, 0.397), nose: place(0.49, 0.59), mouth: place(0.495, 0.755) };
}
