import type { DetectedFace } from "../face.ts";
import type { Box, Picture } from "../picture.ts";
import type { Session } from "../runtime.ts";
import { meshOf } from "./face-mesh.ts";

/** Of a box of which the detector is less sure than this, or without eyes, nose and mouth, something else has to say that it is a face. */
const sure = 0.995;
/** Pixels of a box from which on the mesh tells faces from hands (portraits, and group photos, chosen half). */
const toldByMesh = 34;
/** What the mesh says of a face; of doubtful faces it says 4 or more, of what is none below 0 (the same photos). */
const present = 2;
/**
 * BlazeFace is as sure as this of no hand or button (at most 0.62 in 75 copies of group photos, chosen half: also
 * smaller ones and mirrored).
 */
const seen = 0.65;
/** Faces of like size: one is at most so many times as large as the other (the same copies; a hand beside faces is 1.75 times smaller). */
const alike = 1.5;

/**
 * The faces among boxes, whose order is kept: those of which the detector is sure, and of the doubtful ones those that the mesh says
 * are faces. Where a doubtful box is too small for the mesh to deny it, the mesh or BlazeFace has to see a face, or the picture has to
 * have a sure face of like size: people of a group are about as large as each other, hands and buttons are not.
 */
export async function believed(picture: Picture, boxes: readonly DetectedFace[], mesh: Session | undefined): Promise<DetectedFace[]> {
  const sureSides = boxes.filter(({ score }) => score >= sure).map(({ box }) => sideOf(box));
  const faces: DetectedFace[] = [];
  for (const one of boxes) if (await isFace(picture, one, mesh, sureSides)) faces.push(one);
  return faces;
}

async function isFace(picture: Picture, one: DetectedFace, mesh: Session | undefined, sureSides: readonly number[]): Promise<boolean> {
  const { box, score, landmarksFound, certainty = 0 } = one;
  const side = sideOf(box);
  const isLarge = side >= toldByMesh;
  if (score >= sure && (landmarksFound || !isLarge)) return true;
  if (!isLarge && (certainty >= seen || sureSides.some((other) => Math.max(side / other, other / side) <= alike))) return true;
  if (mesh === undefined) return isLarge;
  return ((await meshOf(picture, one, mesh))?.presence ?? (isLarge ? Infinity : -Infinity)) > present;
}

/** Pixels: the square root of a box's area. */
function sideOf({ width, height }: Box): number {
  return Math.sqrt(width * height);
}
