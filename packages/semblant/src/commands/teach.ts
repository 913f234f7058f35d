import { existsSync } from "node:fs";
import { relative, resolve, sep } from "node:path";
import { DataError, Embeddings, OptionError, refuseUnknown, show } from "@semblant/core";
import { dropTaught, keepTaught } from "../library/change-taught.ts";
import type { FaceRecord, FaceSet } from "../library/face-set.ts";
import { withTaught } from "../questions/taught-classes.ts";
import { readSoundTaught, readTaught } from "../questions/taught-file.ts";
import { type Taught, type TeachOptions, teach } from "../questions/teach.ts";
import { withoutFaces } from "../questions/without-faces.ts";
import { noFaceFound } from "../sheets/no-face.ts";
import { percent } from "../sheets/sheet.ts";
import type { CommandPage } from "../terminal/page.ts";
import type { CommandModule } from "./command.ts";
import { nearestFolder } from "./nearest-library.ts";
import { openPhotoFiles } from "./photo-files.ts";
import { folderFlags, openPhotoFolder, type PhotoFolderOptions } from "./photo-folder.ts";

export const page: CommandPage = {
  name: "teach",
  usage: "<name> [faces...] [options]",
  sentence: "Teach a folder's library a new class from a few faces, with no training, and say how well it separates.",
  examples: [
    ["semblant teach bored a.jpg b.jpg --in photos/", "from photos"],
    ["semblant teach bored 17 203 288 --in photos/", "from faces by number"],
    ["semblant teach bored --forget --in photos/", "forget it again"],
  ],
  arguments: ["<name>", "[faces...]"],
  options: [
    { flags: "--in <folder>", text: "whose library is taught", default: "this one, or above" },
    { flags: "--anyway", text: "keep a class that does not separate well" },
    { flags: "--forget", text: "forget the class" },
    ...folderFlags.filter(({ flags }) => !flags.startsWith("--filter")),
  ],
  notes: [
    "Faces are photos (the largest face of each) or numbers that search and cluster show. Five to ten tell most of what can be told. Each face is left out in turn, and the others are asked to find it. A class that finds too few of its own is refused: to the model they have no look in common.",
  ],
};

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
 * Teaches the library of a folder, or of the nearest folder above it, a class from photos or from faces by their ids, and keeps it beside the library where it separates; see
 * {@link teach}. A class of that name that was taught before is replaced.
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

/** What was learned, in a few lines. */
export function formatTaught({ answer, file, classes, withoutFaces }: TaughtFolder): string {
  const { name, examples, separation, found, reason } = answer;
  const { recall, nearest, dPrime, renamed, accuracy } = separation;
  const faceless = noFaceFound(withoutFaces);
  const from = `${name}, from ${examples} ${examples === 1 ? "face" : "faces"}`;
  return [
    file === undefined ? `${from}: not kept, since ${reason}` : `${from}: kept${reason === undefined ? "" : `, though ${reason}`}`,
    ...(recall === undefined ? [] : [`  left out in turn, ${Math.round(recall * examples)} of ${examples} examples were found`]),
    `  nearest to ${nearest}: d' ${dPrime.toFixed(1)}; takes over ${renamed.faces} of its ${renamed.of} faces here`,
    ...(accuracy === undefined ? [] : [`  told from ${nearest} rightly: about ${percent(accuracy)}`]),
    `  ${found} other ${found === 1 ? "face looks" : "faces look"} so`,
    ...(faceless === undefined ? [] : [`  ${faceless}`]),
    ...(file === undefined
      ? ["  Give five to ten faces that look alike; --anyway keeps it as it is."]
      : [`  classes now: ${classes.join(", ")}`, `  kept in ${file}`]),
  ].join("\n");
}

export const command: CommandModule = {
  page,
  async run([name, faces], given, terminal) {
    const { json: _json, quiet: _quiet, color: _color, in: folder = ".", forget, ...options } = given as Record<string, unknown>;
    refuseUnknown("teach", options, ["anyway", "library", "model", "smallest", "followLinks", "index"]);
    if (forget === true) {
      const { anyway: _anyway, index: _index, ...of } = options;
      const left = await forgetTaught(folder as string, name as string, of as PhotoFolderOptions);
      terminal.print(`${name as string}: forgotten. Taught classes left: ${left.join(", ") || "none"}`);
      terminal.result({ forgotten: name, taught: left });
      return 0;
    }
    const result = await teachFolder(
      folder as string,
      name as string,
      faces as string[],
      { ...(options as TeachFolderOptions), note: terminal.note },
      terminal.live,
    );
    terminal.endLive();
    terminal.print(formatTaught(result));
    const { taught: _taught, ...answer } = result.answer;
    terminal.result({
      ...answer,
      kept: result.file !== undefined,
      ...(result.file !== undefined && { file: result.file }),
      classes: result.classes,
      withoutFaces: result.withoutFaces,
    });
    return result.file === undefined ? 1 : 0;
  },
};
