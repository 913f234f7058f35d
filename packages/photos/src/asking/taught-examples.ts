import { existsSync } from "node:fs";
import { relative, resolve, sep } from "node:path";
import type { FaceRecord, FaceSet } from "@semblant/answers";
import { DataError, Embeddings } from "@semblant/core";
import type { PhotoSet } from "../reading/photo-set.ts";

/** Embeds the largest face in each of photos that are not in a library. */
export type ReadPhotos = (paths: readonly string[]) => Promise<readonly Float32Array[]>;

/**
 * The examples of a class: ids of the set's faces where all are, else the embeddings of all.
 *
 * @param faces ids, and photos of the set or elsewhere
 */
export async function examplesOf(
  set: FaceSet,
  faces: readonly (string | number)[],
  read: ReadPhotos,
): Promise<readonly number[] | Embeddings> {
  const here: number[] = [];
  const elsewhere: string[] = [];
  for (const face of faces) {
    const id = typeof face === "number" ? face : /^#?(\d+)$/.exec(face.trim())?.[1];
    const inside = id === undefined ? largestOf(set, face as string) : Number(id);
    if (inside !== undefined) here.push(inside);
    else elsewhere.push(face as string);
  }
  if (elsewhere.length === 0) return here;
  const others = await read(elsewhere);
  const own = here.map((id) => set.faces.findIndex((face) => face.id === id)).filter((row) => row >= 0);
  const values = [...set.embeddings.take(own).values, ...others.flatMap((embedding) => [...embedding])];
  return new Embeddings(Float32Array.from(values), set.embeddings.columns);
}

/**
 * The embedding of the largest face in each photo.
 *
 * @throws DataError if a photo could not be read, or no face was found in one
 */
export function largestFaces({ set, errors }: PhotoSet, paths: readonly string[]): Float32Array[] {
  const [failed] = errors;
  if (failed)
    throw new DataError(`teach: expected photos of faces, but ${failed.path} could not be read: ${failed.reason.replace(/\.$/, "")}.`);
  return paths.map((path) => {
    const id = largestOf(set, path);
    if (id === undefined) throw noFace(path);
    return set.embeddings.row(set.faces.findIndex((face) => face.id === id));
  });
}

/** What is said of a photo that was to show a class. */
export const noFace = (path: string) => new DataError(`teach: expected a face in ${path}, but none was found there.`);

/** The largest of faces. */
export function largest<F extends Pick<FaceRecord, "box">>(faces: readonly F[]): F | undefined {
  const area = ({ box }: F) => box.width * box.height;
  return faces.reduce<F | undefined>((most, face) => (most === undefined || area(face) > area(most) ? face : most), undefined);
}

/** The id of the largest face in a photo of the set, by its path in the set or on disk. */
function largestOf(set: FaceSet, path: string): number | undefined {
  const inside = existsSync(path) ? relative(set.root, resolve(path)).split(sep).join("/") : path;
  return largest(set.faces.filter((face) => [inside, path].includes(set.photos.get(face.photo)?.path ?? "")))?.id;
}
