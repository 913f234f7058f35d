import { type BestOfFacesOptions, type BestShots, bestOfFaces } from "@semblant/answers";
import { bestOptions } from "@semblant/answers/internals";
import { facesOfNamed } from "./named-photos.ts";
import type { PhotosOptions } from "./photo-folder.ts";
import { type Answered, type Photos, partOptions } from "./photos.ts";

export type BestOptions = PhotosOptions & BestOfFacesOptions;

/**
 * The best shot of each moment: near-duplicates are grouped, and ranked by the wanted expression over all faces, open eyes and sharpness.
 * Every face counts, the worst most. Photos that are named one by one are taken for shots of one moment.
 *
 * @param photos a folder, photos by their paths, an open library, or faces
 * @throws OptionError if the expression is none of the model's, or an option is unknown
 * @throws DataError if the folder or photos cannot be read, or no face was found in them
 *
 * @example
 * await best("no/such/folder"); // throws DataError: photos: expected a photo that can be read, but got no/such/folder
 */
export async function best(
  photos: Photos | readonly string[],
  options: BestOptions = {},
  progress: (text: string) => void = () => {},
): Promise<Answered<BestShots>> {
  const [own, of] = partOptions<BestOfFacesOptions, PhotosOptions>(options, bestOptions);
  const { oneByOne, ...asked } = await facesOfNamed("best", photos, of, progress);
  return { ...bestOfFaces(asked.set, { oneMoment: oneByOne, ...own }), ...asked };
}
