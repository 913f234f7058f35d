import { resizePicture } from "../align/resize.ts";
import type { Picture } from "../picture.ts";
import type { NetworkTensor, Session } from "../runtime.ts";
import type { ScoredBox } from "./face.ts";
import { type Tile, tilesOf } from "./tiles.ts";

/** What UltraFace RFB-320 takes. */
const input = { width: 320, height: 240 };
/** A box may reach so far beyond a tile's edge where the picture goes on; the next tile shows more of a face that reaches farther. */
const beyond = 0.08;
/** Faces wider than this part of a tile are left to the whole picture: tiles see mouths and coats in them. */
const widest = 0.25;

export interface BoxOptions {
  /** From 0 to 1. */
  readonly minimumScore: number;
  /** Pixels of the longer side that the picture is looked at with, in tiles. */
  readonly longest: number;
}

/**
 * Boxes that may hold faces, the same face often several times: UltraFace RFB-320 (Linzaer) on the whole picture and on tiles of it.
 */
export async function findBoxes(picture: Picture, detector: Session, { minimumScore, longest }: BoxOptions): Promise<ScoredBox[]> {
  const tiles = tilesOf(picture, { tile: input, longest });
  const levels = new Map<number, Picture>();
  const found: ScoredBox[] = [];
  for (const tile of tiles) {
    const size = {
      width: Math.max(1, Math.round(picture.width * tile.scale)),
      height: Math.max(1, Math.round(picture.height * tile.scale)),
    };
    const level = levels.get(tile.scale) ?? resizePicture(picture, size);
    levels.set(tile.scale, level);
    const { scores, boxes } = await detector.run({ input: { data: pixelsOf(level, tile), shape: [1, 3, input.height, input.width] } });
    if (scores === undefined || boxes === undefined) continue;
    found.push(...boxesIn(tile, { scores, boxes }, { minimumScore, whole: tile === tiles[0] }));
  }
  return found;
}

/** (3, height, width): (x − 127) / 128, black beyond the picture. */
function pixelsOf(level: Picture, tile: Tile): Float32Array {
  const plane = input.width * input.height;
  const pixels = new Float32Array(3 * plane).fill(-127 / 128);
  const [width, height] = [Math.min(input.width, level.width - tile.x), Math.min(input.height, level.height - tile.y)];
  for (let y = 0; y < height; y++) {
    let from = 3 * ((tile.y + y) * level.width + tile.x);
    let to = y * input.width;
    for (let x = 0; x < width; x++, to++, from += 3) {
      pixels[to] = ((level.data[from] as number) - 127) / 128;
      pixels[to + plane] = ((level.data[from + 1] as number) - 127) / 128;
      pixels[to + 2 * plane] = ((level.data[from + 2] as number) - 127) / 128;
    }
  }
  return pixels;
}

function boxesIn(
  { scale, x, y, cut }: Tile,
  { scores, boxes }: { readonly scores: NetworkTensor; readonly boxes: NetworkTensor },
  { minimumScore, whole }: { readonly minimumScore: number; readonly whole: boolean },
): ScoredBox[] {
  const found: ScoredBox[] = [];
  for (let i = 0; i < scores.data.length / 2; i++) {
    const score = scores.data[2 * i + 1] as number;
    if (!(score >= minimumScore)) continue;
    const [left, top, right, bottom] = boxes.data.subarray(4 * i, 4 * i + 4) as unknown as [number, number, number, number];
    const [width, height] = [right - left, bottom - top];
    if (!whole && width > widest) continue;
    const [past, above] = [beyond * width, beyond * height];
    if ((cut.left && left < -past) || (cut.right && right > 1 + past) || (cut.top && top < -above) || (cut.bottom && bottom > 1 + above))
      continue;
    found.push({
      score,
      box: {
        x: (x + left * input.width) / scale,
        y: (y + top * input.height) / scale,
        width: (width * input.width) / scale,
        height: (height * input.height) / scale,
      },
    });
  }
  return found;
}
