import { type Album, type AlbumOfFacesOptions, albumOfFaces } from "@semblant/answers";
import { albumOptions } from "@semblant/answers/internals";
import type { PhotosOptions } from "./photo-folder.ts";
import { type Answered, facesAsked, type Photos, partOptions } from "./photos.ts";

export type AlbumOptions = PhotosOptions & AlbumOfFacesOptions;

/**
 * The few pictures that sum up photos: typical and different expressions, people (by their looks and clothes: there is no model of
 * identity) and times, no two near-duplicates. Each says what part of the album it stands for, and why it is there.
 *
 * @param photos a folder, an open library, or faces
 * @throws OptionError if an option is out of range or unknown, or a photo to keep is not there
 * @throws DataError if the folder cannot be opened, or has no faces and photos without may not stand
 *
 * @example
 * await album("no/such/folder", { size: 6 }); // throws DataError: library: expected a folder of photos, but there is no no/such/folder.
 */
export async function album(
  photos: Photos,
  options: AlbumOptions = {},
  progress: (text: string) => void = () => {},
): Promise<Answered<Album>> {
  const [own, of] = partOptions<AlbumOfFacesOptions, PhotosOptions>(options, albumOptions);
  const asked = await facesAsked("album", photos, of, progress);
  progress("choosing pictures ...");
  return { ...albumOfFaces(asked.set, own), ...asked };
}
