import type { FaceSet } from "@semblant/answers";
import type { Shelf } from "../shelf/shelf.ts";
import { shelfError } from "../shelf/shelf-error.ts";
import { rowsOf } from "./rows-of-faces.ts";

/**
 * A face by its id.
 *
 * @throws DataError if there is none (missing), or nothing was indexed
 */
export async function faceOf(shelf: Shelf, id: number): Promise<FaceSet["faces"][number]> {
  const set = await shelf.faces();
  return set.faces[rowOf(set, id)] as FaceSet["faces"][number];
}

/** The row of a face in a set. */
export function rowOf(set: FaceSet, id: number): number {
  const row = rowsOf(set).get(id);
  if (row !== undefined) return row;
  throw shelfError("missing", `faces: expected the id of a face, but ${id} is none.`);
}
