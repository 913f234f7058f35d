import { type ClusterFacesOptions, clusterFaces, type FaceGroups } from "@semblant/answers";
import { clusterOptions, clusterRows, type RowGroups } from "@semblant/answers/internals";
import { Embeddings, OptionError } from "@semblant/core";
import type { PhotosOptions } from "./photo-folder.ts";
import { type Answered, facesAsked, type Photos, partOptions } from "./photos.ts";

export type ClusterOptions = PhotosOptions & ClusterFacesOptions;

/**
 * Groups faces by expression: by a Gaussian mixture with k groups, or as many as BIC says; or by likeness, where faces of a group are on
 * average at least `similarity` alike. What people said of pairs is kept: faces that must be together are, and those that must not are not.
 * Rows of embeddings, whatever they are of, are grouped by a Gaussian mixture.
 *
 * @param photos a folder, an open library, faces, or embeddings
 * @throws OptionError if an option is out of range or unknown, both a number and a similarity are given, or embeddings are given with what
 * only photos have
 * @throws DataError if the folder cannot be opened, or has no faces
 *
 * @example
 * const rows = new Embeddings(Float32Array.of(0, 0.1, 0.2, 9, 9.1), 1);
 * (await cluster(rows, { k: 2 })).groups.map(({ size }) => size); // [3, 2]
 */
export function cluster(photos: Photos, options?: ClusterOptions, progress?: (text: string) => void): Promise<Answered<FaceGroups>>;
export function cluster(rows: Embeddings, options?: ClusterOptions, progress?: (text: string) => void): Promise<RowGroups>;
export async function cluster(
  photos: Photos | Embeddings,
  options: ClusterOptions = {},
  progress: (text: string) => void = () => {},
): Promise<Answered<FaceGroups> | RowGroups> {
  const [own, of] = partOptions<ClusterFacesOptions, PhotosOptions>(options, clusterOptions);
  if (photos instanceof Embeddings) {
    refuseMoreThan(photos.rows, "rows", own.k);
    return clusterRows(photos, { ...own, ...of });
  }
  const asked = await facesAsked("cluster", photos, of, progress);
  refuseMoreThan(asked.set.faces.length, "faces", own.k);
  progress("grouping faces ...");
  return { ...clusterFaces(asked.set, own), ...asked };
}

/** Refuses more groups than there is to group. */
function refuseMoreThan(most: number, noun: string, groups: number | undefined): void {
  if (groups === undefined || groups <= most || most === 0) return;
  throw new OptionError(`--groups: expected a whole number from 1 to the ${most} ${noun}, but got ${groups}.`);
}
