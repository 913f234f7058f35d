import { type FaceSet, withTaught } from "@semblant/answers";
import { readSoundTaught } from "./taught-file.ts";

/** A set whose model knows the classes that its library was taught; those that are damaged are left out, and are remarks. */
export function knowingTaught(set: FaceSet): FaceSet {
  const { classes, refused } = readSoundTaught(set, set.model);
  const remarks = [...(set.remarks ?? []), ...refused];
  return { ...set, model: withTaught(set.model, classes), ...(remarks.length > 0 && { remarks }) };
}
