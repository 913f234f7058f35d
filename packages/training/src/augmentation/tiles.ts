import { mirrored } from "./mirrored.ts";

export const levels = 256;

/** An image cut into tiles · tiles parts of one size; those that reach beyond its border are filled with its mirror image. */
export interface Tiling {
  readonly height: number;
  readonly width: number;
  /** Along each side. */
  readonly tiles: number;
  readonly tileHeight: number;
  readonly tileWidth: number;
}

export function tiling(height: number, width: number, tiles: number): Tiling {
  return { height, width, tiles, tileHeight: Math.ceil(height / tiles), tileWidth: Math.ceil(width / tiles) };
}

/**
 * The pixels of an image tile by tile, and where among an image's histograms that tile's begins: two lists of
 * tiles · tiles · pixels of a tile.
 */
export function rowsInTiles({ height, width, tiles, tileHeight, tileWidth }: Tiling): [pixel: Float32Array, firstBin: Float32Array] {
  const pixels = tileHeight * tileWidth;
  const pixel = new Float32Array(tiles * tiles * pixels);
  const firstBin = new Float32Array(pixel.length);
  for (let i = 0; i < pixel.length; i++) {
    const [tile, place] = [Math.floor(i / pixels), i % pixels];
    const y = Math.floor(tile / tiles) * tileHeight + Math.floor(place / tileWidth);
    const x = (tile % tiles) * tileWidth + (place % tileWidth);
    pixel[i] = mirrored(y, height) * width + mirrored(x, width);
    firstBin[i] = tile * levels;
  }
  return [pixel, firstBin];
}

/**
 * For each pixel the tiles whose middles it lies between (above left, above right, below left, below right: four lists in one),
 * and how near it is to those on the right and to those below, 0 to 1.
 */
export function neighbours({
  height,
  width,
  tiles,
  tileHeight,
  tileWidth,
}: Tiling): [tile: Float32Array, toRight: Float32Array, toBelow: Float32Array] {
  const pixels = height * width;
  const [down, across] = [between(height, tileHeight, tiles), between(width, tileWidth, tiles)];
  const tile = new Float32Array(4 * pixels);
  const toRight = new Float32Array(pixels);
  const toBelow = new Float32Array(pixels);
  for (let i = 0; i < pixels; i++) {
    const [y, x] = [Math.floor(i / width), i % width];
    [down.before, down.after].forEach((row, below) => {
      tile[2 * below * pixels + i] = (row[y] as number) * tiles + (across.before[x] as number);
      tile[(2 * below + 1) * pixels + i] = (row[y] as number) * tiles + (across.after[x] as number);
    });
    toRight[i] = across.weight[x] as number;
    toBelow[i] = down.weight[y] as number;
  }
  return [tile, toRight, toBelow];
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
