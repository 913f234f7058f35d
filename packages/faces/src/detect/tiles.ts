/** A part of a picture, scaled, that the detector looks at in one go. */
export interface Tile {
  /** Pixels of the level per pixel of the picture. */
  readonly scale: number;
  /** Upper left corner and extent, in pixels of the level; what lies beyond the picture is black. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Whether the picture goes on beyond the tile's edge. */
  readonly cut: { readonly left: boolean; readonly top: boolean; readonly right: boolean; readonly bottom: boolean };
}

export interface Tiling {
  /** Pixels of the longer side at which the whole picture is looked at for the largest faces. */
  readonly coarse: number;
  /** Pixels of the longer side at which it is looked at for the smallest. */
  readonly fine: number;
  /** Most pixels of a tile's side. */
  readonly most: number;
}

/** The part by which tiles beside each other overlap, so that no face falls between them. */
const overlap = 0.15;

/**
 * A level has at most so many times the pixels along a side of the one before: what is too large for one is not too
 * small for the other.
 */
const step = 4.5;

/**
 * The tiles that cover a picture: the whole of it small, for large faces; and, where it has more pixels, the whole of it larger (never
 * enlarged), at once or in steps, in one tile or, past the most pixels of one, in several. The tiles of a level follow each other, the
 * coarse one first.
 *
 * @example
 * tilesOf({ width: 320, height: 240 }, { coarse: 320, fine: 1280, most: 1280 }).length; // 1
 * tilesOf({ width: 640, height: 480 }, { coarse: 320, fine: 1280, most: 1280 }).map(({ scale }) => scale); // [0.5, 1]
 */
export function tilesOf({ width, height }: { readonly width: number; readonly height: number }, { coarse, fine, most }: Tiling): Tile[] {
  const longer = Math.max(width, height);
  return scalesOf(Math.min(1, coarse / longer), Math.min(1, fine / longer)).flatMap((scale) => {
    const level = { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
    const columns = spans(level.width, most);
    return spans(level.height, most).flatMap((down) =>
      columns.map((across) => ({
        scale,
        x: across.start,
        y: down.start,
        width: across.length,
        height: down.length,
        cut: {
          left: across.start > 0,
          top: down.start > 0,
          right: across.start + across.length < level.width,
          bottom: down.start + down.length < level.height,
        },
      })),
    );
  });
}

/** From the coarse to the fine one, in as few equal steps as may be; the coarse alone where the fine is little more. */
function scalesOf(coarse: number, fine: number): number[] {
  if (fine <= 1.2 * coarse) return [coarse];
  const steps = Math.max(1, Math.ceil(Math.log(fine / coarse) / Math.log(step)));
  return Array.from({ length: steps + 1 }, (_, i) => (i === steps ? fine : coarse * (fine / coarse) ** (i / steps)));
}

/** Where tiles lie along one axis: evenly, overlapping, none longer than it must be, the last ending where the level does. */
function spans(whole: number, most: number): { readonly start: number; readonly length: number }[] {
  if (whole <= most) return [{ start: 0, length: whole }];
  const count = Math.ceil((whole - most) / (most * (1 - overlap))) + 1;
  const length = Math.min(most, Math.ceil(whole / (count - (count - 1) * overlap)));
  return Array.from({ length: count }, (_, i) => ({ start: Math.round((i * (whole - length)) / (count - 1)), length }));
}
