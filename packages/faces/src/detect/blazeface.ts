import { planesOf, type Scaling } from "../align/planes.ts";
import { placeIn, squareAbout } from "../align/square.ts";
import { warp } from "../align/warp.ts";
import type { Landmarks } from "../face.ts";
import type { Box, Picture, Point } from "../picture.ts";
import type { Session } from "../runtime.ts";

/** What BlazeFace short range takes: so many pixels, from −1 to 1. */
const size = 128;
const centered: Scaling = { times: 2, plus: -255, by: 255 };
/** The crop's side in longer sides of the box: it knows faces with something around them. */
const around = 1.8;
/** Below this it sees no face in the crop. */
const least = 0.3;

/** The centers that its 896 answers are told from: two each of 16 × 16 places, six each of 8 × 8, row by row, in parts of the image. */
const anchors: readonly Point[] = [
  [16, 2],
  [8, 6],
].flatMap(([places, each]) =>
  Array.from({ length: (places as number) ** 2 * (each as number) }, (_, i) => {
    const place = Math.floor(i / (each as number));
    return {
      x: ((place % (places as number)) + 0.5) / (places as number),
      y: (Math.floor(place / (places as number)) + 0.5) / (places as number),
    };
  }),
);

/** Landmarks that BlazeFace sees, and how sure it is that they are a face's, 0 to 1. */
export interface SeenLandmarks {
  readonly landmarks: Landmarks;
  readonly certainty: number;
}

/**
 * Eyes, nose and mouth of the face in a box: BlazeFace short range (MediaPipe) on a square about it; undefined where it sees none
 * within the box.
 *
 * @param along the direction from the left eye to the right one, where the face is turned; of length 1
 */
export async function findLandmarks(
  picture: Picture,
  box: Box,
  keypoints: Session,
  along: Point = { x: 1, y: 0 },
): Promise<SeenLandmarks | undefined> {
  const center = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const square = squareAbout(center, around * Math.max(box.width, box.height), along);
  const { regressors, scores } = await keypoints.run({
    image: { data: planesOf(warp(picture, square, size), centered), shape: [1, 3, size, size] },
  });
  if (regressors === undefined || scores === undefined) return undefined;
  let best = 0;
  for (let i = 1; i < scores.data.length; i++) if ((scores.data[i] as number) > (scores.data[best] as number)) best = i;
  const certainty = 1 / (1 + Math.exp(-(scores.data[best] as number)));
  if (certainty < least) return undefined;
  const anchor = anchors[best] as Point;
  const place = (k: number) => {
    const at = 16 * best + 4 + 2 * k;
    return placeIn(square, (regressors.data[at] as number) / size + anchor.x, (regressors.data[at + 1] as number) / size + anchor.y);
  };
  const landmarks = { leftEye: place(0), rightEye: place(1), nose: place(2), mouth: place(3) };
  const within = Object.values(landmarks).every(
    ({ x, y }) => Math.abs(x - center.x) < 0.75 * box.width && Math.abs(y - center.y) < 0.75 * box.height,
  );
  return within ? { landmarks, certainty } : undefined;
}
