import type { FaceSet } from "@semblant/answers";

const known = new WeakMap<FaceSet, ReadonlyMap<number, number>>();

/** The row of each face of a set by its id; made once per set. */
export function rowsOf(set: FaceSet): ReadonlyMap<number, number> {
  const before = known.get(set);
  if (before !== undefined) return before;
  const rows = new Map(set.faces.map(({ id }, row) => [id, row]));
  known.set(set, rows);
  return rows;
}
