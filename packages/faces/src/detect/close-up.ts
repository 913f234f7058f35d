import type { ScoredBox } from "../face.ts";
import type { Picture } from "../picture.ts";
import type { Session } from "../runtime.ts";
import { scaledTo } from "./levels.ts";
import { oneBoxAFace } from "./overlap.ts";
import { lookAt } from "./ultraface.ts";

/** Pixels of the longer side at which a face that fills the picture, or is cut by its edges, has the size that UltraFace knows. */
const side = 160;
/** Black pixels on each side: it knows faces with something around them. With 30 % a side it misses fewest (portraits cut close). */
const border = 48;
/** Smaller parts of the longer side are left to the other looks, which see more pixels of them. */
const least = 0.55;
/** So much less sure than elsewhere it need be here: it took nothing else for so large a face in 130 photos. */
const lenience = 0.65;

/**
 * Boxes of faces that fill the picture or reach beyond it, one per face: the picture made small, with a border.
 *
 * @param level the picture, or a smaller copy of it
 */
export async function lookCloseUp(
  picture: Picture,
  level: Picture,
  detector: Session,
  { minimumScore }: { readonly minimumScore: number },
): Promise<ScoredBox[]> {
  const longer = Math.max(picture.width, picture.height);
  const scale = side / longer;
  const small = scaledTo(picture, scale, level);
  const cut = { left: false, top: false, right: false, bottom: false };
  const tile = { scale, x: -border, y: -border, width: small.width + 2 * border, height: small.height + 2 * border, cut };
  const boxes = await lookAt(small, tile, detector, { minimumScore: lenience * minimumScore });
  return oneBoxAFace(boxes.filter(({ box }) => box.height >= least * longer));
}
