import type { FaceSet } from "@semblant/answers";
import type { FaceFilter } from "@semblant/api";
import { OptionError } from "@semblant/core";
import type { Library } from "@semblant/photos";
import { facesOfLibrary, fileOf } from "@semblant/photos/internals";

/**
 * The faces of a library that a filter lets through, with the classes that it was taught.
 *
 * @throws DataError if nothing was indexed yet, or the filter lets no face through
 * @throws OptionError if the filter is out of range
 */
export function filteredFaces(library: Library, { people, ...filter }: FaceFilter): FaceSet {
  const given = Object.keys(filter).length > 0;
  const set = facesOfLibrary("library", library, given ? { filter } : {});
  if (people === undefined) return set;
  const { least = 0, most = Number.POSITIVE_INFINITY } = people;
  if (!(least <= most)) throw new OptionError(`filter: expected people from ${least} to at least as many, but got ${most}.`);
  const counts = new Map(fileOf(library).prepare("SELECT id, faces FROM photos").raw().all() as [number, number][]);
  const fits = (photo: number) => (counts.get(photo) ?? 0) >= least && (counts.get(photo) ?? 0) <= most;
  const rows = [...set.faces.keys()].filter((row) => fits(set.faces[row]?.photo as number));
  return {
    ...set,
    faces: rows.map((row) => set.faces[row] as FaceSet["faces"][number]),
    embeddings: set.embeddings.take(rows),
    photos: new Map([...set.photos].filter(([photo]) => fits(photo))),
  };
}
