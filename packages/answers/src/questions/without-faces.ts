import type { FaceSet } from "../face-sets/face-set.ts";

/** Paths of a set's photos in which no face was found: what answers about faces say nothing of. */
export function withoutFaces({ faces, photos }: Pick<FaceSet, "faces" | "photos">): string[] {
  const seen = new Set(faces.map(({ photo }) => photo));
  return [...photos.values()]
    .filter(({ id }) => !seen.has(id))
    .map(({ path }) => path)
    .sort();
}
