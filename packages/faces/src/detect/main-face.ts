import type { Box, Picture } from "../picture.ts";

/**
 * The face that a picture is of, where it has several: large, and near the middle. Its box's side counts in full in the middle and not at
 * all in a corner, so that a passer-by at the edge is not taken for the one who was photographed.
 *
 * @param faces in any order, `box` in pixels of the picture
 * @returns undefined where there is none
 *
 * @example
 * const small = { box: { x: 40, y: 40, width: 20, height: 20 } };
 * const edge = { box: { x: 0, y: 0, width: 30, height: 30 } };
 * mainFace([edge, small], { width: 100, height: 100 }) === small; // true
 */
export function mainFace<F extends { readonly box: Box }>(
  faces: readonly F[],
  { width, height }: Pick<Picture, "width" | "height">,
): F | undefined {
  const weight = ({ box }: F) => {
    const x = box.x + box.width / 2 - width / 2;
    const y = box.y + box.height / 2 - height / 2;
    const away = Math.sqrt((x * x + y * y) / ((width * width + height * height) / 4));
    return Math.sqrt(box.width * box.height) * Math.max(0, 1 - away);
  };
  return faces.reduce<F | undefined>((best, face) => (best === undefined || weight(face) > weight(best) ? face : best), undefined);
}
