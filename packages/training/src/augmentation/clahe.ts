import { arange, type Tensor, tensor } from "@semblant/torch";
import { mirrored } from "./blur.ts";
import { changeSome, luminance, type Step } from "./step.ts";

export interface ClaheOptions {
  /** Share of the images that are changed, 0 to 1. */
  readonly share: number;
  /** Tiles along each side: 8 makes tiles of 6×6 pixels of a 48-pixel image. */
  readonly tiles?: number;
  /** How many times the mean count a grey level may have in a tile before it is cut. */
  readonly clip?: number;
}

/**
 * Local contrast: each tile's grey levels are spread evenly over black to white, as far as a limit allows, and pixels
 * take what lies between the four nearest tiles' (contrast-limited adaptive histogram equalisation, Zuiderveld 1994,
 * with OpenCV's rounding). Colours get the change of their luminance. One parameter: 1 to change the image, 0 not to.
 */
export function clahe({ share, tiles = 8, clip = 2 }: ClaheOptions): Step {
  return {
    name: "clahe",
    draw: (random) => [random.uniform() < share ? 1 : 0],
    apply: (images, parameters) =>
      changeSome(images, parameters, (some) => {
        const grey = luminance(some);
        const equalized = equalize(grey, tiles, clip);
        return some.shape[1] === 1 ? equalized : some.add(equalized.sub(grey)).clamp(0, 1);
      }),
  };
}

const levels = 256;

/** (batch, 1, height, width) from 0 to 1, through 256 grey levels. */
function equalize(images: Tensor, tiles: number, clip: number): Tensor {
  const [rows, , height, width] = images.shape as [number, number, number, number];
  const grey = images
    .mul(levels - 1)
    .round()
    .to("int64")
    .reshape([rows, height, width]);
  const [tileHeight, tileWidth] = [Math.ceil(height / tiles), Math.ceil(width / tiles)];
  const tables = lookupTables(grey, tiles, tileHeight, tileWidth, clip); // (rows, tiles · tiles · levels)

  const vertical = between(height, tileHeight, tiles);
  const horizontal = between(width, tileWidth, tiles);
  const index = (tile: Int32Array, stride: number, shape: number[]) =>
    tensor(
      tile.map((t) => t * stride * levels),
      { shape, dtype: "int64", device: images.device },
    );
  const read = (tileRow: Int32Array, tileColumn: Int32Array) => {
    const base = index(tileRow, tiles, [1, height, 1]).add(index(tileColumn, 1, [1, 1, width]));
    return tables.gather(1, grey.add(base).reshape([rows, height * width])).reshape([rows, height, width]);
  };
  const share = (weights: Float32Array, shape: number[]) => tensor(weights, { shape, device: images.device });
  const toRight = share(horizontal.weight, [1, 1, width]);
  const toBelow = share(vertical.weight, [1, height, 1]);
  const mix = (a: Tensor, b: Tensor, weight: Tensor) => a.add(b.sub(a).mul(weight));
  const above = mix(read(vertical.before, horizontal.before), read(vertical.before, horizontal.after), toRight);
  const below = mix(read(vertical.after, horizontal.before), read(vertical.after, horizontal.after), toRight);
  return mix(above, below, toBelow)
    .round()
    .div(levels - 1)
    .reshape(images.shape);
}

/** For each image, tile and grey level the new grey level: (rows, tiles · tiles · levels). */
function lookupTables(grey: Tensor, tiles: number, tileHeight: number, tileWidth: number, clip: number): Tensor {
  const rows = grey.shape[0] as number;
  const pixels = tileHeight * tileWidth;
  const filled = fill(fill(grey, 1, tiles * tileHeight), 2, tiles * tileWidth);
  const byTile = filled
    .reshape([rows, tiles, tileHeight, tiles, tileWidth])
    .transpose(2, 3)
    .reshape([rows * tiles * tiles, pixels]);

  const limit = Math.max(Math.floor((clip * pixels) / levels), 1);
  const bins = byTile
    .add(
      arange(rows * tiles * tiles, { dtype: "int64", device: grey.device })
        .mul(levels)
        .unsqueeze(1),
    )
    .reshape([-1]);
  const ones = tensor(new Float32Array(bins.size).fill(1), { device: grey.device });
  const zeros = tensor(new Float32Array(rows * tiles * tiles * levels), { device: grey.device });
  const histogram = zeros.scatterAdd(0, bins, ones).reshape([rows * tiles * tiles, levels]);
  const clipped = histogram.clamp(0, limit);

  // What was cut off is shared out: the same to every level, and what then remains to every step-th one.
  const excess = clipped.sum(1, true).neg().add(pixels);
  const toAll = excess.div(levels).floor();
  const rest = excess.sub(toAll.mul(levels));
  const step = rest.maximum(1).reciprocal().mul(levels).floor();
  const level = arange(levels, { dtype: "float32", device: grey.device }).unsqueeze(0);
  const turn = level.div(step).floor();
  const isTurn = turn.mul(step).eq(level).logicalAnd(turn.lt(rest));
  return clipped
    .add(toAll)
    .add(isTurn.to("float32"))
    .cumsum(1)
    .mul((levels - 1) / pixels)
    .round()
    .clamp(0, levels - 1)
    .reshape([rows, tiles * tiles * levels]);
}

/** More rows or columns, mirrored, until there are `size` of them. */
function fill(grey: Tensor, dimension: number, size: number): Tensor {
  const now = grey.shape[dimension] as number;
  if (now === size) return grey;
  const from = Int32Array.from({ length: size }, (_, i) => mirrored(i, now));
  return grey.indexSelect(dimension, tensor(from, { dtype: "int64", device: grey.device }));
}

/** For each pixel of a line the tiles whose middles it lies between, and how near the second is (0 to 1). */
function between(size: number, tile: number, tiles: number): { before: Int32Array; after: Int32Array; weight: Float32Array } {
  const place = Float64Array.from({ length: size }, (_, i) => i / tile - 0.5);
  return {
    before: Int32Array.from(place, (p) => Math.max(Math.floor(p), 0)),
    after: Int32Array.from(place, (p) => Math.min(Math.floor(p) + 1, tiles - 1)),
    weight: Float32Array.from(place, (p) => p - Math.floor(p)),
  };
}
