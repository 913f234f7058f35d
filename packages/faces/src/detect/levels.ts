import { resizePicture } from "../align/resize.ts";
import type { Picture } from "../picture.ts";

/**
 * The picture at a scale.
 *
 * @param from a smaller copy of it that is there already and has enough pixels
 */
export function scaledTo({ width, height }: Picture, scale: number, from: Picture): Picture {
  return resizePicture(from, { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) });
}
