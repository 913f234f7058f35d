import type { FaceSet } from "@semblant/answers";
import type { Shelf } from "../shelf/shelf.ts";
import { shelfError } from "../shelf/shelf-error.ts";
import { rowsOf } from "./rows-of-faces.ts";

/**
 * Where a face is.
 *
 * @throws DataError if there is none (missing), or nothing was indexed
 */
export async function placeOf(shelf: Shelf, id: number): Promise<Pick<FaceSet["faces"][number], "photo" | "box">> {
  if (shelf.placeOf === undefined) {
    const set = await shelf.faces();
    return set.faces[rowOf(set, id)] as FaceSet["faces"][number];
  }
  const found = await shelf.placeOf(id);
  if (found !== undefined) return found;
  throw missing(id);
}

/** The row of a face in a set. */
export function rowOf(set: FaceSet, id: number): number {
  const row = rowsOf(set).get(id);
  if (row !== undefined) return row;
  throw missing(id);
}

const missing = (id: number) => shelfError("missing", `faces: expected the id of a face, but ${id} is none.`);
