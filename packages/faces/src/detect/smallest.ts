/** Faces of fewer pixels tell nobody anything: the network sees 48. */
const least = 10;
/** Faces of fewer pixels of what is looked at are left out: few of them would be found. */
const seen = 20 / 3;
/**
 * Unless told otherwise, so many pixels of a picture are looked at: with more, a photo takes longer and more that is no
 * face is taken for one.
 */
const usual = 1280 * 960;
/** A panorama is looked at as so many photos beside each other, each twice as wide as high, up to this many pixels. */
const usualOfPanorama = 3_000_000;
/** So many pixels of the smallest face are enough to find it: from here on more cost time and find no more (group photos, chosen half). */
const enough = 12;

type Extent = { readonly width: number; readonly height: number };

/** How closely a picture is looked at. */
export interface Closeness {
  /** Smaller faces are left out: pixels of the picture, the square root of a box's area. */
  readonly smallest: number;
  /** Pixels looked at for each pixel along a side of the picture, above 0, at most 1. */
  readonly scale: number;
  /** Faces of so many pixels are found as surely as larger ones. */
  readonly surely: number;
}

/**
 * How closely a picture is looked at for faces. Where a smallest face is asked for, with as many pixels as that takes. Else at most 1.2
 * million pixels are looked at (of a panorama at most 3 million), so that no picture takes long. Faces of 10 pixels and more are
 * looked for in pictures of up to 2.7 million pixels, and in larger ones those that are as large a part of it.
 *
 * @param smallest pixels, above 0
 *
 * @example
 * closenessOf({ width: 1024, height: 768 }); // { smallest: 10, scale: 1, surely: 10 }
 * closenessOf({ width: 4000, height: 3000 }, 20); // { smallest: 20, scale: 0.6, surely: 20 }
 */
export function closenessOf({ width, height }: Extent, smallest?: number): Closeness {
  const scale = Math.min(1, smallest === undefined ? usualScale(width, height) : enough / smallest);
  const kept = smallest ?? Math.max(least, seen / scale);
  return { smallest: kept, scale, surely: scale < 1 ? enough / scale : kept };
}

function usualScale(width: number, height: number): number {
  const beside = Math.max(1, Math.max(width, height) / (2 * Math.min(width, height)));
  return Math.sqrt(Math.min(usual * beside, usualOfPanorama) / (width * height));
}
