import type { FaceSet } from "@semblant/answers";
import { shiftOf } from "@semblant/answers/internals";
import { OptionError } from "@semblant/core";
import { refuseUnknown } from "@semblant/core/internals";
import { Library } from "../library/library.ts";
import { facesOfLibrary, type OpenedFolder, openPhotoFolder, type PhotosOptions, photosOptions } from "./photo-folder.ts";

/**
 * What a question is asked of: a folder by its path, whose library is opened and brought up to date first; an open library, which is asked
 * as it is; or faces that are in memory already.
 */
export type Photos = string | Library | FaceSet;

/** An answer, with the faces that it was made from and the photos that could not be read. */
export type Answered<Answer> = Answer & OpenedFolder;

/**
 * The faces that a question is asked of.
 *
 * @throws OptionError if an option is unknown or out of range, or means a folder where there is none
 * @throws DataError as opening a folder does, or if the filter lets no face through
 */
export async function facesAsked(
  where: string,
  photos: Photos,
  options: PhotosOptions,
  progress: (text: string) => void,
): Promise<OpenedFolder> {
  return withShift(await openedFor(where, photos, options, progress));
}

async function openedFor(where: string, photos: Photos, options: PhotosOptions, progress: (text: string) => void): Promise<OpenedFolder> {
  if (typeof photos === "string") return openPhotoFolder(where, photos, options, progress);
  refuseUnknown(where, options, photosOptions);
  const [got, taken] = photos instanceof Library ? ["an open library", ofLibrary] : ["faces", ofFaces];
  const stray = photosOptions.find((name) => options[name] !== undefined && !taken.includes(name));
  if (stray !== undefined) throw new OptionError(`${where}: expected a folder of photos with ${stray}, but got ${got}.`);
  if (!(photos instanceof Library)) return { set: photos, errors: [] };
  return { set: facesOfLibrary(where, photos, options), errors: [] };
}

/** The same, with how unlike the faces that the model learned from these are. */
export function withShift(opened: OpenedFolder): OpenedFolder {
  const shift = shiftOf(opened.set);
  return { ...opened, ...(shift && { shift }) };
}

/** What an open library can still be told, and what faces can. */
const ofLibrary: readonly string[] = ["filter", "taught", "note"];
const ofFaces: readonly string[] = ["note"];

/** A question's own options, by their names, and the others; those that are undefined are left out. */
export function partOptions<Own extends object, Others extends object>(
  options: Own & Others,
  names: readonly (keyof Own & string)[],
): [Own, Others] {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  const isOwn = ([name]: [string, unknown]) => (names as readonly string[]).includes(name);
  return [Object.fromEntries(given.filter(isOwn)) as Own, Object.fromEntries(given.filter((one) => !isOwn(one))) as Others];
}
