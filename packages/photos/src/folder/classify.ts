import { type ClassifiedFaces, classifyFaces } from "../questions/classify.ts";
import type { PhotoSet } from "../reading/photo-set.ts";
import { withTaught } from "../taught/taught-classes.ts";
import { readTaught } from "../taught/taught-file.ts";
import { isFolder, openPhotoFiles, type PhotoFilesOptions } from "./photo-files.ts";
import { openPhotoFolder } from "./photo-folder.ts";

export interface ClassifyPhotosOptions extends PhotoFilesOptions {
  /** Whether links that lead out of a folder are followed (false). Photos that are named are read, whatever links to them. */
  readonly followLinks?: boolean;
  /** A folder whose library was taught classes: they are named too. */
  readonly taught?: string;
}

/** Photos' faces and what they look like. */
export interface ClassifiedPhotos extends PhotoSet {
  readonly answer: ClassifiedFaces;
}

/**
 * What each face in photos looks like; see {@link classifyFaces}. A photo that cannot be read is a record in `errors`. A single folder
 * is indexed first.
 *
 * @throws OptionError if no photo is named
 * @throws DataError if none can be read
 */
export async function classifyPhotos(
  photos: readonly string[],
  options: ClassifyPhotosOptions = {},
  progress: (text: string) => void = () => {},
): Promise<ClassifiedPhotos> {
  const { taught, followLinks, ...of } = options;
  const folder = photos.length === 1 && isFolder(photos[0] as string) ? (photos[0] as string) : undefined;
  const { threads: _threads, ...ofFolder } = of;
  const opened =
    folder === undefined
      ? await openPhotoFiles("classify", photos, of, progress)
      : await openPhotoFolder("classify", folder, { ...ofFolder, ...(followLinks !== undefined && { followLinks }) }, progress);
  const { set: known } = opened; // of a folder, with what its library was taught
  const set = taught === undefined ? known : { ...known, model: withTaught(known.model, readTaught(taught, known.model)) };
  return { set, errors: opened.errors, answer: classifyFaces(set) };
}
