import type { Picture } from "@semblant/faces";

/** A photo's pixels and what its file says of it. Where it was taken is never read. */
export interface Photo extends Picture {
  readonly data: Uint8Array;
  readonly format: string;
  /** Pixels in the file, upright; the picture may have fewer. */
  readonly originalWidth: number;
  readonly originalHeight: number;
  /** When it was taken, by the camera's clock, in milliseconds since 1970 as if that clock showed UTC. */
  readonly taken?: number;
  /** What a person should know of how it was read, in a few words: that its file is cut short, or only a preview was there. */
  readonly remark?: string;
}
