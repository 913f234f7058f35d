import { OptionError } from "@semblant/core";
import { type ClusterFacesOptions, clusterFaces, type FaceGroups } from "../questions/cluster.ts";
import { type OpenedFolder, openPhotoFolder, type PhotoFolderOptions } from "./photo-folder.ts";

export type ClusterFolderOptions = PhotoFolderOptions & ClusterFacesOptions;

/** A folder's faces in groups. */
export interface ClusteredFolder extends OpenedFolder {
  readonly answer: FaceGroups;
}

/**
 * Reads what is new in a folder and groups its faces by expression; see {@link clusterFaces}.
 *
 * @throws what {@link clusterFaces} and opening the folder throw
 */
export async function clusterFolder(
  folder: string,
  options: ClusterFolderOptions = {},
  progress: (text: string) => void = () => {},
): Promise<ClusteredFolder> {
  const { k, similarity, top, least, seed, ...of } = options;
  const opened = await openPhotoFolder("cluster", folder, of, progress);
  refuseMoreThan(opened.set.faces.length, "faces", k);
  progress("grouping faces ...");
  const asked = Object.entries({ k, similarity, top, least, seed }).filter(([, value]) => value !== undefined);
  return { ...opened, answer: clusterFaces(opened.set, Object.fromEntries(asked)) };
}

/** Refuses more groups than there is to group. */
export function refuseMoreThan(most: number, noun: string, groups: number | undefined): void {
  if (groups === undefined || groups <= most || most === 0) return;
  throw new OptionError(`--groups: expected a whole number from 1 to the ${most} ${noun}, but got ${groups}.`);
}
