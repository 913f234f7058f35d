import { resolve } from "node:path";
import { type ClassifiedFaces, classifyFaces, type NamedClass, type SetModel, withTaught } from "@semblant/answers";
import { fileOf } from "../library/file-of.ts";
import { readTaught } from "../taught/taught-file.ts";
import { facesOfNamed } from "./named-photos.ts";
import { openNearest } from "./nearest-library.ts";
import type { PhotosOptions } from "./photo-folder.ts";
import type { Answered, Photos } from "./photos.ts";

export interface ClassifyOptions extends Omit<PhotosOptions, "taught"> {
  /** Another folder, whose library was taught classes: they are named too. A folder's own are in any case, unless it is false. */
  readonly taught?: string | boolean;
  /** Where a library lies that is not in its folder: that of `taught`, where it is a folder; else that of the photos' folder. */
  readonly library?: string;
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
  const { taught, threads, library, ...of } = options;
  const isOfPhotos = typeof taught !== "string" || (typeof photos === "string" && resolve(photos) === resolve(taught));
  const own = library !== undefined && isOfPhotos ? { library } : {};
  const asking = { ...of, ...own, ...(threads !== undefined && { threads }), ...(typeof taught === "boolean" && { taught }) };
  // of a folder, with what its library was taught
  const { set: known, oneByOne: _, ...asked } = await facesOfNamed("classify", photos, asking, progress);
  const classes = typeof taught === "string" ? await taughtIn(taught, library, known.model) : undefined;
  const set = classes === undefined ? known : { ...known, model: withTaught(known.model, classes) };
  return { ...classifyFaces(set), ...asked, set };
}

/** The classes that a folder's library was taught, which may lie elsewhere. */
async function taughtIn(folder: string, place: string | undefined, model: SetModel): Promise<readonly NamedClass[]> {
  if (place === undefined) return readTaught(folder, model);
  using library = await openNearest("classify", folder, { file: place, readonly: "auto" });
  return readTaught({ root: library.root, library: library.path, database: fileOf(library) }, model);
}
