import { directionOf, placeIn, type Square, squareAbout, warp } from "../align/warp.ts";
import type { DetectedFace } from "../detect/face.ts";
import type { Picture, Point } from "../picture.ts";
import type { Session } from "../runtime.ts";

/** How far eyes and mouth are open: 0 (closed) to 1 (wide open). */
export interface Openness {
  readonly eyesOpen: number;
  readonly mouthOpen: number;
}

/** What the face mesh takes, in pixels, and the square's side in longer sides of the detector's box. */
const size = 192;
const around = 1.5;

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
  const { box, landmarks } = face;
  const upright = directionOf(landmarks.leftEye, landmarks.rightEye);
  const square = squareAbout({ x: box.x + box.width / 2, y: box.y + box.height / 2 }, around * Math.max(box.width, box.height), upright);
  const colors = warp(picture, square, size);
  const plane = size * size;
  const data = new Float32Array(3 * plane);
  for (let i = 0; i < plane; i++) for (let c = 0; c < 3; c++) data[c * plane + i] = (colors[3 * i + c] as number) / 255;
  const { points, presence } = await mesh.run({ image: { data, shape: [1, 3, size, size] } });
  if (points === undefined || presence === undefined || !((presence.data[0] as number) > 0)) return undefined;
  const place = (k: number): Point => pointOf(square, points.data, k);
  const eye = eyes.map(({ corners, lids }) => {
    const height = lids.reduce((sum, [upper, lower]) => sum + distance(place(upper), place(lower)), 0) / lids.length;
    return part(height / distance(place(corners[0]), place(corners[1])), eyeFrom, eyeTo);
  });
  const mouth = distance(place(lips.middle[0]), place(lips.middle[1])) / distance(place(lips.corners[0]), place(lips.corners[1]));
  return { eyesOpen: Math.max(...eye), mouthOpen: part(mouth, 0, mouthTo) };
}

function pointOf(square: Square, points: Float32Array, k: number): Point {
  return placeIn(square, (points[3 * k] as number) / size, (points[3 * k + 1] as number) / size);
}

const distance = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y);
const part = (x: number, from: number, to: number) => Math.max(0, Math.min(1, (x - from) / (to - from)));
