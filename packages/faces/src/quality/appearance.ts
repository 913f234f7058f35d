import { quarterOfFace, sideOfFace, squareOf } from "../align/align-face.ts";
import { placeIn, squareAbout } from "../align/square.ts";
import { alongOf } from "../align/turn-picture.ts";
import { warp } from "../align/warp.ts";
import type { DetectedFace } from "../face.ts";
import type { Picture } from "../picture.ts";

/** Places along a side of the coarse picture. */
const places = 6;

/** Length of what {@link appearanceOf} gives. */
export const appearanceLength = places * places * 3;

/**
 * Head and shoulders as 6 × 6 colours, 0 to 1: near for the same person in the same clothes and light. It is for telling an album's people
 * apart within a day, not for knowing anybody.
 */
export function appearanceOf(picture: Picture, face: DetectedFace): Float32Array {
  const side = sideOfFace(face);
  const center = placeIn(squareOf(face), 0.5, 0.75);
  return Float32Array.from(warp(picture, squareAbout(center, 2 * side, alongOf(quarterOfFace(face))), places), (value) => value / 255);
}
