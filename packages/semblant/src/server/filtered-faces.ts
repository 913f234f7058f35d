import { chooseFaces, type FaceChoice, type FaceSet } from "@semblant/answers";
import type { Library } from "@semblant/photos";
import { facesOfLibrary } from "@semblant/photos/internals";

/**
 * The faces of a library that are meant, with the classes that it was taught. What a library's own filter knows is asked of it, so that
 * other faces are not read; the rest is chosen of these.
 *
 * @throws DataError if nothing was indexed yet, or the filter lets no face through
 * @throws OptionError if the filter is out of range
 */
export function filteredFaces(library: Library, { people, without, ...filter }: FaceChoice): FaceSet {
  const given = Object.keys(filter).length > 0;
  const set = facesOfLibrary("library", library, given ? { filter } : {});
  return chooseFaces(set, { ...(people && { people }), ...(without && { without }) });
}
