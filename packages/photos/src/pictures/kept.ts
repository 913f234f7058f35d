import type { Extent } from "@semblant/faces/internals";

/** What a photo is read with. */
export interface Kept {
  /** Pixels of the longer side, of a photo of this size. */
  readonly maxSide: (extent: Extent) => number;
  readonly maxPixels: number;
}
