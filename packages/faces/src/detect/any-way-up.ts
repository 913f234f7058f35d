import { quarterOfFace } from "../align/align-face.ts";
import type { Quarter } from "../align/turn-picture.ts";
import type { DetectedFace } from "../face.ts";
import type { Picture } from "../picture.ts";
import { type DetectOptions, detectFaces, type FaceDetector } from "./detect-faces.ts";
import { sharedArea } from "./overlap.ts";
import { quarterOfFaces, sureQuarter, uprightByThemselves } from "./quarters.ts";
import { isLikely, isSure, rightFace } from "./right-face.ts";
import { lookFrom, lookFromAllSides } from "./turned-looks.ts";

/** A face of one side that shares this part of its box with a face of another side is the same. */
const same = 0.4;

/**
 * The faces in a picture whichever way up it is, the surest first: {@link detectFaces}, and where that finds no face that is surely
 * upright, the same on the picture turned by a quarter, a half and three quarters. Each face is righted by its eyes and mouth; one that
 * could not be righted surely is `turned`. Boxes and landmarks are in the picture as it came.
 *
 * A picture with faces that are surely upright costs nothing more.
 *
 * @throws OptionError if an option is out of range or unknown
 */
export async function detectAnyWayUp(picture: Picture, networks: FaceDetector, options: DetectOptions = {}): Promise<DetectedFace[]> {
  const righted = async (seen: Picture) => {
    const faces: DetectedFace[] = [];
    for (const face of await detectFaces(seen, networks, options)) faces.push(await rightFace(seen, face, networks.keypoints));
    return faces;
  };
  const asItIs = await righted(picture);
  if (uprightByThemselves(asItIs)) return settled(asItIs, 0);
  const told = sureQuarter(asItIs) ?? (await quarterOfFaces(picture, asItIs, networks.keypoints));
  if (told === 0) return settled(asItIs, 0);
  const looked = told === undefined ? await lookFromAllSides(picture, asItIs, righted) : { quarter: told, faces: asItIs };
  if (looked.quarter === 0) return settled(asItIs, 0);
  const upright = looked.quarter === undefined ? [] : await lookFrom(looked.quarter, picture, righted);
  const found = together(upright, looked.faces.filter(isSure));
  if (found.length > 0) return settled(found, looked.quarter);
  const maybe = looked.faces.filter((face) => asItIs.includes(face) || isLikely(face));
  return together([], maybe).map((face) => ({ ...face, turned: true }));
}

/** Marks the faces that stand otherwise than their picture does, and are not surely faces that way. */
function settled(faces: readonly DetectedFace[], quarter: Quarter | undefined): DetectedFace[] {
  return faces.map((face) => (isSure(face) || quarter === undefined || quarterOfFace(face) === quarter ? face : { ...face, turned: true }));
}

/** Faces, and others that are none of them, those most surely upright first. */
function together(faces: readonly DetectedFace[], others: readonly DetectedFace[]): DetectedFace[] {
  const all = [...faces];
  for (const other of [...others].sort((a, b) => (b.certainty ?? 0) - (a.certainty ?? 0))) {
    if (!all.some(({ box }) => isSame(box, other.box))) all.push(other);
  }
  return all.sort((a, b) => b.score - a.score);
}

function isSame(a: DetectedFace["box"], b: DetectedFace["box"]): boolean {
  return sharedArea(a, b) > same * Math.min(a.width * a.height, b.width * b.height);
}
