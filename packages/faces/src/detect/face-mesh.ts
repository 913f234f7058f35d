import { planesOf } from "../align/planes.ts";
import { directionOf, type Square, squareAbout } from "../align/square.ts";
import { warp } from "../align/warp.ts";
import type { Landmarks } from "../face.ts";
import type { Box, Picture } from "../picture.ts";
import type { Session } from "../runtime.ts";

/** What the face mesh takes, in pixels, and the square's side in longer sides of the detector's box. */
export const meshSize = 192;
const around = 1.5;

/** What the mesh answers of a face. */
export interface FaceMesh {
  readonly square: Square;
  /** (468, 3): in pixels of the square, {@link meshSize} along its side. */
  readonly points: Float32Array;
  /** Above 0 where it sees a face. */
  readonly presence: number;
}

/** MediaPipe's face mesh on a square about a face, turned upright by its eyes. */
export async function meshOf(
  picture: Picture,
  { box, landmarks }: { readonly box: Box; readonly landmarks: Landmarks },
  mesh: Session,
): Promise<FaceMesh | undefined> {
  const upright = directionOf(landmarks.leftEye, landmarks.rightEye);
  const square = squareAbout({ x: box.x + box.width / 2, y: box.y + box.height / 2 }, around * Math.max(box.width, box.height), upright);
  const data = planesOf(warp(picture, square, meshSize), { times: 1, plus: 0, by: 255 });
  const { points, presence } = await mesh.run({ image: { data, shape: [1, 3, meshSize, meshSize] } });
  if (points === undefined || presence === undefined) return undefined;
  return { square, points: points.data as Float32Array, presence: presence.data[0] as number };
}
