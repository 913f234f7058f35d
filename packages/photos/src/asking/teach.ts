import { resolve } from "node:path";
import { type FaceSet, type Learned, type LearnOptions, learnClass, withTaught } from "@semblant/answers";
import { learnOptions, withoutFaces } from "@semblant/answers/internals";
import { OptionError } from "@semblant/core";
import { refuseUnknown, show } from "@semblant/core/internals";
import type { Database } from "../database/database.ts";
import { isServerAddress } from "../database/server-address.ts";
import { dropTaught, keepTaught } from "../library/change-taught.ts";
import { fileOf, Library, openLibrary, searchingOf } from "../library/library.ts";
import { readSoundTaught, readTaught } from "../taught/taught-file.ts";
import { nearestFolder } from "./nearest-library.ts";
import { openPhotoFiles } from "./photo-files.ts";
import { openPhotoFolder, type PhotosOptions } from "./photo-folder.ts";
import { facesAsked, partOptions } from "./photos.ts";
import { examplesOf, largest, largestFaces, noFace, type ReadPhotos } from "./taught-examples.ts";

/** What a library is taught. */
export interface Lesson {
  /** The class's name. */
  readonly name: string;
  /** Faces that show it: photos, of which the largest face is meant, or ids of the library's faces (12 or "#12"). */
  readonly faces: readonly (string | number)[];
}

export type TeachOptions = Omit<PhotosOptions, "filter" | "taught"> & LearnOptions & OwnOptions;

interface OwnOptions {
  /** Keeps a class that does not separate well (false). */
  readonly anyway?: boolean;
}

/** What a library learned. */
export interface Taught extends Learned {
  /** Where it is kept; absent where it was refused. */
  readonly file?: string;
  /** All classes that the library knows now. */
  readonly classes: readonly string[];
  /** Paths of the library's photos in which no face was found. */
  readonly withoutFaces: readonly string[];
}

/**
 * Teaches a library a new class from a few faces, without training: one more Gaussian beside the model's. Says how well it separates from
 * the others, and keeps it beside the library where it separates; a class of that name that was taught before is replaced.
 *
 * @param photos a folder, whose library it is or that of the nearest folder above it, or an open library
 * @throws OptionError if there is no library, the name is a class of the model's, or an option is out of range or unknown
 * @throws DataError if a face is not there, a photo cannot be read, or the library may only be read
 *
 * @example
 * await teach("no/such/folder", { name: "smirk", faces: [12, 40] });
 * // throws OptionError: teach: expected a library in no/such/folder or above it, but there is none.
 */
export async function teach(
  photos: string | Library,
  lesson: Lesson,
  options: TeachOptions = {},
  progress: (text: string) => void = () => {},
): Promise<Taught> {
  refuseUnknown("teach", lesson, ["name", "faces"]);
  const { name, faces } = lesson;
  const [own, of] = partOptions<LearnOptions & OwnOptions, PhotosOptions>(options, [...learnOptions, "anyway"]);
  const { anyway = false, ...learning } = own;
  using asked = await libraryFaces(photos, of, progress);
  const { set, read } = asked;
  const place = placeOf(asked);
  const known = readTaught(place, set.model).filter((taught) => taught.name !== name.trim());
  const examples = await examplesOf(set, faces, read);
  const learned = learnClass({ ...set, model: withTaught(set.model, known) }, name, examples, learning);
  const faceless = withoutFaces(set);
  const classes = [...set.model.classes, ...known.map((taught) => taught.name)];
  if (!learned.accepted && !anyway) return { ...learned, classes, withoutFaces: faceless };
  const kept = await keepTaught(place, learned.taught);
  return { ...learned, file: kept.file, classes: [...set.model.classes, ...kept.classes.map(nameOf)], withoutFaces: faceless };
}

/**
 * Forgets a class that a library was taught.
 *
 * @returns the names of those that are left
 * @throws OptionError if there is no library, or it was taught no such class
 *
 * @example
 * await forgetTaught("no/such/folder", "smirk");
 * // throws OptionError: teach: expected a library in no/such/folder or above it, but there is none.
 */
export async function forgetTaught(photos: string | Library, name: string, options: PhotosOptions = {}): Promise<readonly string[]> {
  using asked = await libraryFaces(photos, typeof photos === "string" ? { ...options, index: false } : options, () => {});
  const place = placeOf(asked);
  const rest = await dropTaught(place, name.trim());
  if (rest !== undefined) return rest.map(nameOf);
  const names = readSoundTaught(place, place.model).classes.map(nameOf);
  throw new OptionError(`teach: expected a class that was taught (${names.join(", ") || "none"}), but got ${show(name)}.`);
}

const nameOf = ({ name }: { readonly name: string }) => name;
const placeOf = ({ set: { root, library, model }, database }: AskedLibrary) => ({
  root,
  library: library as string,
  ...(database && { database }),
  model,
});

/** A library's faces, and what reads photos that are not in it. */
interface AskedLibrary extends Disposable {
  readonly set: FaceSet;
  readonly read: ReadPhotos;
  /** Where what it was taught is kept with it. */
  readonly database?: Database;
}

/** A library's faces with the model as it is without what it was taught, and what reads photos that are not in the library. */
async function libraryFaces(photos: string | Library, options: PhotosOptions, progress: (text: string) => void): Promise<AskedLibrary> {
  const untaught = { ...options, taught: false };
  if (photos instanceof Library) {
    const { readPhoto } = searchingOf(photos);
    const { set } = await facesAsked("teach", photos, untaught, progress);
    const embed = async (path: string) => {
      const face = largest((await readPhoto(resolve(path))).faces);
      if (face === undefined) throw noFace(path);
      return face.embedding;
    };
    return { set, read: (paths) => Promise.all(paths.map(embed)), database: fileOf(photos), [Symbol.dispose]() {} };
  }
  const own = await nearestFolder("teach", photos, options.library);
  const { set } = await openPhotoFolder("teach", own, untaught, progress);
  const { model, smallest, reader } = options;
  const reading = { ...(model !== undefined && { model }), ...(smallest !== undefined && { smallest }), ...(reader && { reader }) };
  const read = async (paths: readonly string[]) => largestFaces(await openPhotoFiles("teach", paths, reading, progress), paths);
  if (options.library === undefined || !isServerAddress(options.library)) return { set, read, [Symbol.dispose]() {} };
  const library = await openLibrary(own, { file: options.library, readonly: "auto" });
  return { set, read, database: fileOf(library), [Symbol.dispose]: () => library.close() };
}
