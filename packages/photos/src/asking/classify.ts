import { type ClassifiedFaces, classifyFaces, withTaught } from "@semblant/answers";
import { readTaught } from "../taught/taught-file.ts";
import { facesOfNamed } from "./named-photos.ts";
import type { PhotosOptions } from "./photo-folder.ts";
import type { Answered, Photos } from "./photos.ts";

export interface ClassifyOptions extends Omit<PhotosOptions, "taught"> {
  /** Another folder, whose library was taught classes: they are named too. A folder's own are in any case, unless it is false. */
  readonly taught?: string | boolean;
  /** Threads the networks may use, where photos are named one by one. */
  readonly threads?: number;
}

/**
 * What each face looks like: a distribution over the model's expressions, and a verdict: "named"; "unsure", torn between several; "none of
 * these", unlike anything that the model has seen; "turned", on its side or head and not to be righted; or "corrected" by a person. A photo
 * that cannot be read is a record in `errors`. Ten faces and more are heard as a set: where it is unlike what the model learned from,
 * `shift` says so, and probabilities are discounted.
 *
 * @param photos a folder, which is indexed first, photos by their paths, an open library, or faces
 * @throws OptionError if no photo is named, or an option is unknown or out of range
 * @throws DataError if none can be read
 *
 * @example
 * await classify([]); // throws OptionError: classify: expected photos, but got none.
 */
export async function classify(
  photos: Photos | readonly string[],
  options: ClassifyOptions = {},
  progress: (text: string) => void = () => {},
): Promise<Answered<ClassifiedFaces>> {
  const { taught, threads, ...of } = options;
  const asking = { ...of, ...(threads !== undefined && { threads }), ...(typeof taught === "boolean" && { taught }) };
  // of a folder, with what its library was taught
  const { set: known, oneByOne: _, ...asked } = await facesOfNamed("classify", photos, asking, progress);
  const set = typeof taught === "string" ? { ...known, model: withTaught(known.model, readTaught(taught, known.model)) } : known;
  return { ...classifyFaces(set), ...asked, set };
}
