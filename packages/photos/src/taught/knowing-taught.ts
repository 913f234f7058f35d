import { type FaceSet, withTaught } from "@semblant/answers";
import type { Database } from "../database/database.ts";
import { readSoundTaught } from "./taught-file.ts";

/**
 * A set whose model knows the classes that its library was taught; those that are damaged are left out, and are remarks.
 *
 * @param database the library's, where it lies on a server
 */
export function knowingTaught(set: FaceSet, database?: Database): FaceSet {
  const { classes, refused } = readSoundTaught({ ...set, ...(database && { database }) }, set.model);
  const remarks = [...(set.remarks ?? []), ...refused];
  return { ...set, model: withTaught(set.model, classes), ...(remarks.length > 0 && { remarks }) };
}
