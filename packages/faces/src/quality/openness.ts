import { placeIn } from "../align/square.ts";
import { type FaceMesh, meshOf, meshSize } from "../detect/face-mesh.ts";
import type { DetectedFace } from "../face.ts";
import type { Picture, Point } from "../picture.ts";
import type { Session } from "../runtime.ts";

/** How far eyes and mouth are open: 0 (closed) to 1 (wide open). */
export interface Openness {
  readonly eyesOpen: number;
  readonly mouthOpen: number;
}

// Of the mesh's 468 points: an eye's corners and two pairs of lids each; the lips' inner corners and middle.
const eyes = [
  {
    corners: [33, 133],
    lids: [
      [160, 144],
      [158, 153],
    ],
  },
  {
    corners: [362, 263],
    lids: [
      [385, 380],
      [387, 373],
    ],
  },
] as const;
const lips = { corners: [78, 308], middle: [13, 14] } as const;
/** Height by width of an eye (Soukupová and Čech 2016) that counts as shut and as wide open, and of a mouth. */
const eyeFrom = 0.1;
const eyeTo = 0.32;
const mouthTo = 0.6;

/** Eyes and mouth by MediaPipe's face mesh on a square about the face, turned upright; undefined where it sees no face. */
export async function measureOpenness(picture: Picture, face: DetectedFace, mesh: Session): Promise<Openness | undefined> {
  const seen = await meshOf(picture, face, mesh);
  if (seen === undefined || !(seen.presence > 0)) return undefined;
  const place = (k: number): Point => pointOf(seen, k);
  const eye = eyes.map(({ corners, lids }) => {
    const height = lids.reduce((sum, [upper, lower]) => sum + distance(place(upper), place(lower)), 0) / lids.length;
    return part(height / distance(place(corners[0]), place(corners[1])), eyeFrom, eyeTo);
  });
  const mouth = distance(place(lips.middle[0]), place(lips.middle[1])) / distance(place(lips.corners[0]), place(lips.corners[1]));
  return { eyesOpen: Math.max(...eye), mouthOpen: part(mouth, 0, mouthTo) };
}

function pointOf({ square, points }: FaceMesh, k: number): Point {
  return placeIn(square, (points[3 * k] as number) / meshSize, (points[3 * k + 1] as number) / meshSize);
}

const distance = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y);
const part = (x: number, from: number, to: number) => Math.max(0, Math.min(1, (x - from) / (to - from)));
