import type { Box, Point } from "./picture.ts";

/** Where parts of a face are, in pixels of the picture; left is left in the picture when it is turned so that the face is upright. */
export interface Landmarks {
  readonly leftEye: Point;
  readonly rightEye: Point;
  readonly mouth: Point;
  readonly nose: Point;
}

/** A face that was found in a picture. */
export interface DetectedFace {
  readonly box: Box;
  /** How sure the detector is, 0 to 1. */
  readonly score: number;
  readonly landmarks: Landmarks;
  /** Whether the landmarks were found in the picture; otherwise they are where a face's mostly are in such a box. */
  readonly landmarksFound: boolean;
  /** How sure it is that the landmarks are those of an upright face, 0 to 1; 0 where they were not found. */
  readonly certainty?: number;
  /** Whether it may stand on its side or its head and could not be righted surely: what it looks like is not to be named. */
  readonly turned?: true;
}

/** A box with how sure the detector is of it. */
export interface ScoredBox {
  readonly box: Box;
  readonly score: number;
}
