import type { ScoredBox } from "../face.ts";
import type { Picture } from "../picture.ts";
import type { Session } from "../runtime.ts";
import { lookCloseUp } from "./close-up.ts";
import { scaledTo } from "./levels.ts";
import { tilesOf } from "./tiles.ts";
import { lookAt } from "./ultraface.ts";

/** UltraFace RFB-320 learned from pictures of this width; faces of a quarter of a face's width more or less it knows best there. */
const coarse = 320;
/** Pixels of a tile's side, so that memory has a bound. */
const most = 1280;
/** Faces of more pixels are left to the coarser level: on a fine one it sees mouths and coats in them. */
const widest = 80;

export interface BoxOptions {
  /** From 0 to 1. */
  readonly minimumScore: number;
  /** Pixels of the longer side that the picture is looked at with. */
  readonly longest: number;
}

export interface FoundBoxes {
  /** The same face often several times. */
  readonly boxes: readonly ScoredBox[];
  /** Of faces that fill the picture: one per face. */
  readonly closeUps: readonly ScoredBox[];
}

/** Boxes that may hold faces: the picture looked at small and large, in tiles where it is larger than one look, and for close-ups. */
export async function findBoxes(picture: Picture, detector: Session, { minimumScore, longest }: BoxOptions): Promise<FoundBoxes> {
  const boxes: ScoredBox[] = [];
  let level = picture;
  for (const tile of tilesOf(picture, { coarse, fine: longest, most }).reverse()) {
    level = scaledTo(picture, tile.scale, level);
    const isCoarsest = tile.scale * Math.max(picture.width, picture.height) <= coarse + 0.5;
    boxes.push(...(await lookAt(level, tile, detector, { minimumScore, widest: isCoarsest ? Infinity : widest })));
  }
  return { boxes, closeUps: await lookCloseUp(picture, level, detector, { minimumScore }) };
}
