import type { Box } from "@semblant/faces";
import { fileOf, type Library } from "./library.ts";

/** Where a face of a library is: its photo, and its box in the pixels of that; undefined where there is none of this id. */
export function placeOfFace(library: Library, face: number): { readonly photo: number; readonly box: Box } | undefined {
  const row = fileOf(library).prepare("SELECT photo, x, y, width, height FROM faces WHERE id = ?").get(face) as
    | (Box & { readonly photo: number })
    | undefined;
  if (row === undefined) return undefined;
  const { photo, ...box } = row;
  return { photo, box };
}
