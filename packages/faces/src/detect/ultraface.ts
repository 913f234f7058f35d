import { resizePicture } from "../align/resize.ts";
import type { Picture } from "../picture.ts";
import type { NetworkTensor, Session } from "../runtime.ts";
import type { ScoredBox } from "./face.ts";
import { type Tile, tilesOf } from "./tiles.ts";

/** UltraFace RFB-320 learned from pictures of this width; faces of a quarter of a face's width more or less it knows best there. */
const coarse = 320;
/** Pixels of a tile's side, so that memory has a bound. */
const most = 1280;
/** Sides of what it is given are whole multiples of this, so that a folder of photos has few different ones. */
const multiple = 16;
/** Where its answers are told from: at every so many pixels, squares of these sides (Linzaer's config.py). */
const priors: readonly { readonly every: number; readonly sides: readonly number[] }[] = [
  { every: 8, sides: [10, 16, 24] },
  { every: 16, sides: [32, 48] },
  { every: 32, sides: [64, 96] },
  { every: 64, sides: [128, 192, 256] },
];
/** No prior is higher than the pictures that it learned from. */
const highest = 240;
/** A box may reach so far beyond a tile's edge where the picture goes on; the next tile shows more of a face that reaches farther. */
const beyond = 0.08;
/** Faces of more pixels are left to the coarse level: on the fine one it sees mouths and coats in them. */
const widest = 80;

export interface BoxOptions {
  /** From 0 to 1. */
  readonly minimumScore: number;
  /** Pixels of the longer side that the picture is looked at with. */
  readonly longest: number;
}

/**
 * Boxes that may hold faces, the same face often several times: UltraFace RFB-320 (Linzaer) on the picture, small and large.
 */
export async function findBoxes(picture: Picture, detector: Session, { minimumScore, longest }: BoxOptions): Promise<ScoredBox[]> {
  const tiles = tilesOf(picture, { coarse, fine: longest, most });
  const finest = tiles.at(-1)?.scale ?? 1;
  const fine = scaled(picture, finest);
  const found: ScoredBox[] = [];
  for (const tile of tiles) {
    const level = tile.scale === finest ? fine : scaled(picture, tile.scale, fine);
    const input = inputOf(level, tile);
    const { scores, offsets } = await detector.run({ input });
    if (scores === undefined || offsets === undefined) continue;
    const [, , height = 0, width = 0] = input.shape;
    found.push(...boxesIn(tile, { scores, offsets, width, height }, { minimumScore, widest: tile === tiles[0] ? Infinity : widest }));
  }
  return found;
}

/** The picture at a scale, made from the smaller copy of it that is there already. */
function scaled({ width, height, data }: Picture, scale: number, from: Picture = { width, height, data }): Picture {
  return resizePicture(from, { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) });
}

/** (1, 3, height, width): (x − 127) / 128, black beyond the picture. */
function inputOf(level: Picture, tile: Tile): NetworkTensor {
  const [width, height] = [multiple * Math.ceil(tile.width / multiple), multiple * Math.ceil(tile.height / multiple)];
  const plane = width * height;
  const data = new Float32Array(3 * plane);
  if (plane > tile.width * tile.height) data.fill(-127 / 128);
  for (let y = 0; y < tile.height; y++) {
    let from = 3 * ((tile.y + y) * level.width + tile.x);
    let to = y * width;
    for (const end = to + tile.width; to < end; to++, from += 3) {
      data[to] = ((level.data[from] as number) - 127) / 128;
      data[to + plane] = ((level.data[from + 1] as number) - 127) / 128;
      data[to + 2 * plane] = ((level.data[from + 2] as number) - 127) / 128;
    }
  }
  return { data, shape: [1, 3, height, width] };
}

interface Answers {
  /** (1, places, 2): no face, face. */
  readonly scores: NetworkTensor;
  /** (1, places, 4): center and size, from the prior's. */
  readonly offsets: NetworkTensor;
  readonly width: number;
  readonly height: number;
}

function boxesIn(
  tile: Tile,
  { scores, offsets, width, height }: Answers,
  { minimumScore, widest }: { readonly minimumScore: number; readonly widest: number },
): ScoredBox[] {
  const found: ScoredBox[] = [];
  let i = 0;
  for (const { every, sides } of priors) {
    const [columns, rows] = [Math.ceil(width / every), Math.ceil(height / every)];
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        for (const side of sides) {
          const score = scores.data[2 * i + 1] as number;
          const at = 4 * i++;
          if (!(score >= minimumScore)) continue;
          const offset = (k: number) => offsets.data[at + k] as number;
          const high = Math.min(side, highest);
          const box = { width: side * Math.exp(0.2 * offset(2)), height: high * Math.exp(0.2 * offset(3)) };
          const left = ((column + 0.5) * width) / columns + 0.1 * offset(0) * side - box.width / 2;
          const top = ((row + 0.5) * height) / rows + 0.1 * offset(1) * high - box.height / 2;
          if (box.width > widest || cutOff(tile, { x: left, y: top, ...box })) continue;
          const { scale } = tile;
          found.push({
            score,
            box: { x: (tile.x + left) / scale, y: (tile.y + top) / scale, width: box.width / scale, height: box.height / scale },
          });
        }
      }
    }
  }
  return found;
}

/** Whether a box of a tile reaches beyond an edge where another tile shows more of it. */
function cutOff({ cut, ...tile }: Tile, { x, y, width, height }: ScoredBox["box"]): boolean {
  const [past, above] = [beyond * width, beyond * height];
  return (
    (cut.left && x < -past) ||
    (cut.right && x + width > tile.width + past) ||
    (cut.top && y < -above) ||
    (cut.bottom && y + height > tile.height + above)
  );
}
