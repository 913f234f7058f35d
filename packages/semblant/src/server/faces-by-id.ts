import type { FaceSet } from "@semblant/answers";

/** The same faces, in the order of their ids. */
export function facesById(set: FaceSet): FaceSet {
  const rows = [...set.faces.keys()].sort((a, b) => (set.faces[a]?.id as number) - (set.faces[b]?.id as number));
  return { ...set, faces: rows.map((row) => set.faces[row] as FaceSet["faces"][number]), embeddings: set.embeddings.take(rows) };
}
