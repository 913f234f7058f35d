import { type Box, intersectionOverUnion } from "@semblant/faces";

/** How far two boxes must be the same for a correction of one to be about the other. */
const sameFace = 0.4;

/**
 * The face that a correction is about, of those of a photo with the same bytes: that whose box is nearest to the one that was corrected.
 * So a correction finds its face again after another detector, a move, a copy, or a deletion that was taken back.
 *
 * @returns its id; undefined where none is near enough
 */
export function sameFaceOf(corrected: Box, faces: readonly { readonly id: number; readonly box: Box }[]): number | undefined {
  const nearest = faces
    .map(({ id, box }) => ({ id, shared: intersectionOverUnion(corrected, box) }))
    .reduce((most, face) => (face.shared > most.shared ? face : most), { id: -1, shared: 0 });
  return nearest.shared >= sameFace ? nearest.id : undefined;
}
