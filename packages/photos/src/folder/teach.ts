import { existsSync } from "node:fs";
import { relative, resolve, sep } from "node:path";
import { DataError, Embeddings, OptionError, show } from "@semblant/core";
import type { FaceRecord, FaceSet } from "../face-sets/face-set.ts";
import { dropTaught, keepTaught } from "../library/change-taught.ts";
import { type Taught, type TeachOptions, teach } from "../questions/teach.ts";
import { withoutFaces } from "../questions/without-faces.ts";
import { withTaught } from "../taught/taught-classes.ts";
import { readSoundTaught, readTaught } from "../taught/taught-file.ts";
import { nearestFolder } from "./nearest-library.ts";
import { openPhotoFiles } from "./photo-files.ts";
import { openPhotoFolder, type PhotoFolderOptions } from "./photo-folder.ts";

export interface TeachFolderOptions extends Omit<PhotoFolderOptions, "filter" | "taught">, TeachOptions {
  /** Keeps a class that does not separate well (false). */
  readonly anyway?: boolean;
}

/** What a library was taught. */
export interface TaughtFolder {
  readonly answer: Taught;
  /** Where it is kept; absent where it was refused. */
  readonly file?: string;
  /** All classes that the library knows now. */
  readonly classes: readonly string[];
  /** Paths of the folder's photos in which no face was found. */
  readonly withoutFaces: readonly string[];
}

/**
 * Teaches the library of a folder, or of the nearest folder above it, a class from photos or from faces by their ids,
 * and keeps it beside the library where it separates; see {@link teach}. A class of that name that was taught before is
 * replaced.
 *
 * @throws OptionError if there is no library
 * @throws what {@link teach}, opening the folder and reading photos throw
 */
export async function teachFolder(
  folder: string,
  name: string,
  faces: readonly (string | number)[],
  options: TeachFolderOptions = {},
  progress: (text: string) => void = () => {},
): Promise<TaughtFolder> {
  const { anyway = false, leastRecall, leastSeparation, ...of } = options;
  const own = await nearestFolder("teach", folder, of.library);
  const { set } = await openPhotoFolder("teach", own, { ...of, taught: false }, progress);
  const known = readTaught(set, set.model).filter((taught) => taught.name !== name.trim());
  const examples = await examplesOf(set, faces, of, progress);
  const answer = teach({ ...set, model: withTaught(set.model, known) }, name, examples, {
    ...(leastRecall !== undefined && { leastRecall }),
    ...(leastSeparation !== undefined && { leastSeparation }),
  });
  const faceless = withoutFaces(set);
  const classes = [...set.model.classes, ...known.map((taught) => taught.name)];
  if (!answer.accepted && !anyway) return { answer, classes, withoutFaces: faceless };
  const kept = await keepTaught(libraryOf(set), answer.taught);
  return { answer, file: kept.file, classes: [...set.model.classes, ...kept.classes.map((taught) => taught.name)], withoutFaces: faceless };
}

/**
 * Forgets a class that the library of a folder, or of the nearest folder above it, was taught.
 *
 * @throws OptionError if there is no library, or it was taught no such class
 */
export async function forgetTaught(folder: string, name: string, options: PhotoFolderOptions = {}): Promise<readonly string[]> {
  const own = await nearestFolder("teach", folder, options.library);
  const { set } = await openPhotoFolder("teach", own, { ...options, index: false, taught: false });
  const rest = await dropTaught(libraryOf(set), name.trim());
  if (rest !== undefined) return rest.map((taught) => taught.name);
  const names = readSoundTaught(set, set.model).classes.map((taught) => taught.name);
  throw new OptionError(`teach: expected a class that was taught (${names.join(", ") || "none"}), but got ${show(name)}.`);
}

const libraryOf = ({ root, library, model }: FaceSet) => ({ root, library: library as string, model });

/** Ids of the set's faces where all are, else the embeddings of all. */
async function examplesOf(
  set: FaceSet,
  faces: readonly (string | number)[],
  options: PhotoFolderOptions,
  progress: (text: string) => void,
): Promise<readonly number[] | Embeddings> {
  const here: number[] = [];
  const elsewhere: string[] = [];
  for (const face of faces) {
    const id = typeof face === "number" ? face : /^#?(\d+)$/.exec(face.trim())?.[1];
    const inside = id === undefined ? largestOf(set, face as string) : Number(id);
    if (inside !== undefined) here.push(inside);
    else elsewhere.push(face as string);
  }
  if (elsewhere.length === 0) return here;
  const { model, smallest, reader } = options;
  const reading = { ...(model !== undefined && { model }), ...(smallest !== undefined && { smallest }), ...(reader && { reader }) };
  const read = await openPhotoFiles("teach", elsewhere, reading, progress);
  const [failed] = read.errors;
  if (failed)
    throw new DataError(`teach: expected photos of faces, but ${failed.path} could not be read: ${failed.reason.replace(/\.$/, "")}.`);
  const rows = elsewhere.map((path) => {
    const id = largestOf(read.set, path);
    if (id === undefined) throw new DataError(`teach: expected a face in ${path}, but none was found there.`);
    return read.set.faces.findIndex((face) => face.id === id);
  });
  const own = here.map((id) => set.faces.findIndex((face) => face.id === id)).filter((row) => row >= 0);
  const [a, b] = [set.embeddings.take(own), read.set.embeddings.take(rows)];
  return new Embeddings(Float32Array.of(...a.values, ...b.values), set.embeddings.columns);
}

/** The id of the largest face in a photo of the set, by its path in the set or on disk. */
function largestOf(set: FaceSet, path: string): number | undefined {
  const inside = existsSync(path) ? relative(set.root, resolve(path)).split(sep).join("/") : path;
  const own = set.faces.filter((face) => [inside, path].includes(set.photos.get(face.photo)?.path ?? ""));
  const area = ({ box }: FaceRecord) => box.width * box.height;
  return own.reduce<FaceRecord | undefined>((most, face) => (most === undefined || area(face) > area(most) ? face : most), undefined)?.id;
}
