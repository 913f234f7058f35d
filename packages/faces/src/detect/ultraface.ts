import { intoPlanes, type Scaling } from "../align/planes.ts";
import type { ScoredBox } from "../face.ts";
import type { Picture } from "../picture.ts";
import type { NetworkTensor, Session } from "../runtime.ts";
import { withFloats } from "./lent-floats.ts";
import type { Tile } from "./tiles.ts";

/** Sides of what it is given are whole multiples of this, so that a folder of photos has few different ones. */
const multiple = 16;
/** (x − 127) / 128. */
const scaling: Scaling = { times: 1, plus: -127, by: 128 };
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

export interface LookOptions {
  /** From 0 to 1. */
  readonly minimumScore: number;
  /** Wider boxes are left out, in pixels of the level. */
  readonly widest?: number;
}

/**
 * Boxes that may hold faces, the same face often several times, in pixels of the picture: UltraFace RFB-320 (Linzaer) on one tile.
 *
 * @param level the picture at the tile's scale
 */
export async function lookAt(level: Picture, tile: Tile, detector: Session, options: LookOptions): Promise<ScoredBox[]> {
  const [width, height] = [multiple * Math.ceil(tile.width / multiple), multiple * Math.ceil(tile.height / multiple)];
  const answers = await withFloats(3 * width * height, (data) => {
    fill(data, width, level, tile);
    return detector.run({ input: { data, shape: [1, 3, height, width] } });
  });
  const { scores, offsets } = answers;
  if (scores === undefined || offsets === undefined) return [];
  return boxesIn(tile, { scores, offsets, width, height }, options);
}

/** Fills (3, height, width) with a tile of a level; what lies beyond the picture is black. */
function fill(data: Float32Array, width: number, level: Picture, tile: Tile): void {
  const [left, top] = [Math.max(0, tile.x), Math.max(0, tile.y)];
  const [right, bottom] = [Math.min(level.width, tile.x + tile.width), Math.min(level.height, tile.y + tile.height)];
  if (data.length > 3 * (right - left) * (bottom - top)) data.fill(scaling.plus / scaling.by);
  if (right - left === level.width && level.width === width) {
    intoPlanes(level.data.subarray(3 * width * top, 3 * width * bottom), scaling, data, (top - tile.y) * width);
    return;
  }
  for (let y = top; y < bottom; y++) {
    const row = 3 * y * level.width;
    intoPlanes(level.data.subarray(row + 3 * left, row + 3 * right), scaling, data, (y - tile.y) * width + left - tile.x);
  }
}

interface Answers {
  /** (1, places, 2): no face, face. */
  readonly scores: NetworkTensor;
  /** (1, places, 4): center and size, from the prior's. */
  readonly offsets: NetworkTensor;
  readonly width: number;
  readonly height: number;
}

function boxesIn(tile: Tile, { scores, offsets, width, height }: Answers, { minimumScore, widest = Infinity }: LookOptions): ScoredBox[] {
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
