import { OptionError } from "@semblant/core";
import { isFolder, openPhotoFiles } from "./photo-files.ts";
import type { OpenedFolder, PhotosOptions } from "./photo-folder.ts";
import { facesAsked, type Photos, withShift } from "./photos.ts";

/** The faces that a question is asked of, and whether their photos were named one by one. */
export interface NamedPhotos extends OpenedFolder {
  readonly oneByOne: boolean;
}

/**
 * {@link facesAsked}, or the faces of photos by their paths, which are read without a library.
 *
 * @throws OptionError if no photo is named, several folders are, or photos are to be filtered or are named with a library
 * @throws DataError if none can be read
 */
export async function facesOfNamed(
  where: string,
  photos: Photos | readonly string[],
  { threads, ...of }: PhotosOptions & { readonly threads?: number },
  progress: (text: string) => void,
): Promise<NamedPhotos> {
  const paths = typeof photos === "string" ? [photos] : Array.isArray(photos) ? (photos as readonly string[]) : undefined;
  const [first] = paths ?? [];
  const folder = paths?.length === 1 && first !== undefined && isFolder(first) ? first : undefined;
  if (paths === undefined || folder !== undefined) {
    return { ...(await facesAsked(where, folder ?? (photos as Photos), of, progress)), oneByOne: false };
  }
  const stray = of.filter !== undefined ? "filter" : of.library !== undefined ? "library" : undefined;
  if (stray !== undefined) throw new OptionError(`${where}: expected a folder for a ${stray}, but got photos.`);
  const { model, reader, smallest } = of;
  const reading = {
    ...(model !== undefined && { model }),
    ...(reader && { reader }),
    ...(smallest !== undefined && { smallest }),
    ...(threads !== undefined && { threads }),
  };
  return { ...withShift(await openPhotoFiles(where, paths, reading, progress)), oneByOne: true };
}
