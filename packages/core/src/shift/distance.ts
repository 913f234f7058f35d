import { type OffPlane, squareOf } from "./off-plane.ts";
import type { ShiftReference } from "./shift-reference.ts";

/** How unlike validation faces a set is. */
export interface SetDistance {
  /**
   * Squared distance of the set's middle from that of validation faces, in units of their spread; 0 as far as chance explains it. Press
   * portraits have 0.03, faces moved by a sixth of the picture 0.5.
   */
  readonly distance: number;
  /** The set's spread in units of theirs: well below 1 where all faces were taken in one way, as in a laboratory. */
  readonly spread: number;
}

/** The set against the reference. A mean of n rows misses the true one by spread / n, which is taken off: ten faces are enough. */
export function distanceOf({ rows, center, spread }: OffPlane, reference: Pick<ShiftReference, "center" | "spread">): SetDistance {
  if (rows < 2) return { distance: 0, spread: 1 };
  const square = squareOf(center.map((value, d) => value - (reference.center[d] as number)));
  const chance = spread / (rows - 1);
  return {
    distance: Math.max(0, square - chance) / reference.spread,
    spread: (spread * rows) / (rows - 1) / reference.spread,
  };
}
