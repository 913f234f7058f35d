import type { NearDuplicateRow } from "@semblant/core";
import type { FaceRecord, PhotoRecord } from "../face-sets/face-set.ts";

/** A photo with what tells whether another is of the same moment: its hash, its time, and who is where in it. */
export function shotOf({ perceptualHash, taken, width, height }: PhotoRecord, faces: readonly FaceRecord[]): NearDuplicateRow {
  return {
    perceptualHash,
    ...(taken !== undefined && { taken }),
    faces: faces.map(({ box, appearance }) => ({
      box: { x: box.x / width, y: box.y / height, width: box.width / width, height: box.height / height },
      appearance,
    })),
  };
}
