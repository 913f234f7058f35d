import type { SavedMap } from "../../../work/saved-map.ts";

/** Faces of a library on a map that was kept. */
export interface LaidOut {
  /** (faces, 2): (0, 0) where a face is not on the map. */
  readonly positions: Float32Array;
  /** (faces): 1 where it is on the map. */
  readonly known: Uint8Array;
  /** (faces): 1 where it was placed there after the map was made. */
  readonly placed: Uint8Array;
  readonly found: number;
}

/** Where the faces of these ids are on a kept map. Faces that left the library leave the map. */
export function layOut(id: Float64Array, saved: SavedMap): LaidOut {
  const rowOf = new Map<number, number>();
  for (let row = 0; row < saved.ids.length; row++) rowOf.set(saved.ids[row] as number, row);
  const positions = new Float32Array(2 * id.length);
  const known = new Uint8Array(id.length);
  const placed = new Uint8Array(id.length);
  let found = 0;
  for (let i = 0; i < id.length; i++) {
    const row = rowOf.get(id[i] as number);
    if (row === undefined) continue;
    positions.set(saved.positions.subarray(2 * row, 2 * row + 2), 2 * i);
    known[i] = 1;
    placed[i] = saved.placed[row] as number;
    found += 1;
  }
  return { positions, known, placed, found };
}
