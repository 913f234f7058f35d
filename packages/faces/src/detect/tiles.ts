/** A part of a picture, scaled, that the detector looks at in one go. */
export interface Tile {
  /** Pixels of the level per pixel of the picture. */
  readonly scale: number;
  /** Upper left corner, in pixels of the level. */
  readonly x: number;
  readonly y: number;
  /** Whether the picture goes on beyond the tile's edge. */
  readonly cut: { readonly left: boolean; readonly top: boolean; readonly right: boolean; readonly bottom: boolean };
}

/** The part by which tiles beside each other overlap, so that no face falls between them. */
const overlap = 0.25;

/**
 * The tiles that cover a picture: the whole of it in one, and then, scaled to `longest` pixels (never enlarged), in as many as it takes.
 * A face is found in the whole or in the tiles, whichever shows it at a size that the detector knows.
 *
 * @param tile width and height of what the detector takes
 *
 * @example
 * tilesOf({ width: 320, height: 240 }, { tile: { width: 320, height: 240 }, longest: 1280 }).length; // 1
 * tilesOf({ width: 640, height: 480 }, { tile: { width: 320, height: 240 }, longest: 1280 }).length; // 10
 */
export function tilesOf(
  { width, height }: { readonly width: number; readonly height: number },
  { tile, longest }: { readonly tile: { readonly width: number; readonly height: number }; readonly longest: number },
): Tile[] {
  const whole = Math.min(tile.width / width, tile.height / height);
  const nothing = { left: false, top: false, right: false, bottom: false };
  const first: Tile = { scale: Math.min(1, whole), x: 0, y: 0, cut: nothing };
  const scale = Math.min(1, longest / Math.max(width, height));
  if (scale <= 1.2 * whole) return [first];
  const level = { width: Math.round(width * scale), height: Math.round(height * scale) };
  const columns = starts(level.width, tile.width);
  const rows = starts(level.height, tile.height);
  const tiles = rows.flatMap((y) =>
    columns.map((x) => ({
      scale,
      x,
      y,
      cut: { left: x > 0, top: y > 0, right: x + tile.width < level.width, bottom: y + tile.height < level.height },
    })),
  );
  return [first, ...tiles];
}

/** Where tiles begin along one axis: evenly, overlapping, the last ending where the level does. */
function starts(length: number, tile: number): number[] {
  if (length <= tile) return [0];
  const count = Math.ceil((length - tile) / (tile * (1 - overlap))) + 1;
  return Array.from({ length: count }, (_, i) => Math.round((i * (length - tile)) / (count - 1)));
}
