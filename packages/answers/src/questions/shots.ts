import type { NearDuplicateRow } from "@semblant/core";
import type { FaceRecord, PhotoRecord } from "../face-sets/face-set.ts";

/**
 * A photo with what tells whether another is of the same moment: its hash, its time, and who is where in it. Its faces are made when they
 * are asked for: few of many photos are ever compared face by face.
 */
export function shotOf({ perceptualHash, taken, width, height }: PhotoRecord, faces: readonly FaceRecord[]): NearDuplicateRow {
  return {
    perceptualHash,
    ...(taken !== undefined && { taken }),
    get faces() {
      return faces.map(({ box, appearance }) => ({
        box: { x: box.x / width, y: box.y / height, width: box.width / width, height: box.height / height },
        appearance,
      }));
    },
  };
}
