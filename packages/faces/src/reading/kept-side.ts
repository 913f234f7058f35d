import { closenessOf } from "../detect/smallest.ts";

export interface Extent {
  readonly width: number;
  readonly height: number;
}

/** Faces are cut out of no fewer pixels than a photo of this side has. */
const least = 2560;

/**
 * Pixels of the longer side that a photo keeps: so many that its faces are looked for in pixels that it has. A panorama keeps more than
 * another photo, since it is as many pixels in all that are looked at; memory is bounded by those, or by the smallest face asked for.
 *
 * @example
 * keptSide({ width: 4000, height: 3000 }); // 2560
 * keptSide({ width: 12000, height: 1500 }); // 4899
 */
export function keptSide(extent: Extent, smallest?: number): number {
  return Math.max(least, Math.ceil(closenessOf(extent, smallest).scale * Math.max(extent.width, extent.height)));
}
