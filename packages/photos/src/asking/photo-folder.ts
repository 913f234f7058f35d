import { statSync } from "node:fs";
import type { FaceSet } from "@semblant/answers";
import { DataError, type DomainShift, OptionError } from "@semblant/core";
import { duration, isPictureName, printable, refuseUnknown, remark, show } from "@semblant/core/internals";
import { embeddingsAdvice, isEmbeddingsName, isOtherTable } from "@semblant/files/internals";
import { rememberedLine } from "../library/exclusions.ts";
import type { FaceFilter } from "../library/face-filter.ts";
import { fileOf } from "../library/file-of.ts";
import type { IndexSummary } from "../library/index-photos.ts";
import { isBeingIndexed } from "../library/indexing-lock.ts";
import type { Library } from "../library/library.ts";
import { passedOverLine } from "../library/passed-over.ts";
import type { LibraryReader } from "../reading/reading.ts";
import { counted } from "../sheets/sheet.ts";
import { knowingTaught } from "../taught/knowing-taught.ts";

export interface PhotosOptions {
  /** The library's file (`.semblant/library.sqlite` in the folder), or the address of a PostgreSQL server. */
  readonly library?: string;
  /** Another model: a path, or "small". */
  readonly model?: string;
  /** The smallest faces that are looked for, in pixels; see `OpenLibraryOptions`. */
  readonly smallest?: number;
  /** What reads faces, where it is not the model that ships: for programs that have one at hand. */
  readonly reader?: () => Promise<LibraryReader>;
  /** Whether what is new in the folder is read first (true). */
  readonly index?: boolean;
  /** The only faces that are asked about. */
  readonly filter?: FaceFilter;
  /** Whether the classes that the library was taught are known beside the model's own (true). */
  readonly taught?: boolean;
  /** Whether links that lead out of the folder are followed as new photos are looked for (false). */
  readonly followLinks?: boolean;
  readonly signal?: AbortSignal;
  /** Is told what the answer leaves out: where another process is indexing the folder, it is of what was read so far. */
  readonly note?: (text: string) => void;
}

/** The names of {@link PhotosOptions}. */
export const photosOptions = [
  "library",
  "model",
  "smallest",
  "reader",
  "index",
  "filter",
  "taught",
  "followLinks",
  "signal",
  "note",
] as const;

/** A folder's faces, and what could not be read. */
export interface OpenedFolder {
  readonly set: FaceSet;
  readonly errors: IndexSummary["errors"];
  /** How unlike the faces that the model learned from these are, from ten faces on and where the model's card can say. */
  readonly shift?: DomainShift;
}

/**
 * Opens a folder's library, reads what is new in it, and takes its faces, with the classes that it was taught. Where another process is
 * indexing it, what that has read so far is taken; a library that may only be read answers with what it knows.
 *
 * @throws DataError if there is no such folder, it has no photos, or its library cannot be opened
 * @throws OptionError if an option is unknown or out of range
 */
export async function openPhotoFolder(
  where: string,
  folder: string,
  options: PhotosOptions = {},
  progress: (text: string) => void = () => {},
): Promise<OpenedFolder> {
  refuseUnknown(where, options, photosOptions);
  refuseFile(where, folder);
  const { library: file, model, smallest, reader, index = true } = options;
  const { openLibrary } = await import("../library/library.ts");
  const library = await openLibrary(folder, {
    ...(file !== undefined && { file }),
    ...(model !== undefined && { model }),
    ...(smallest !== undefined && { smallest }),
    ...(reader !== undefined && { reader }),
    readonly: "auto",
  });
  try {
    const { errors, remarks } =
      index && !library.readonly
        ? await readNew(where, { folder, library }, options, progress)
        : { errors: [], remarks: index ? [`${library.path} may only be read: new photos were not looked for`] : [] };
    const set = facesOfLibrary(where, library, options);
    const all = [...remarkLines(library.remarks()), ...remarks, ...(set.remarks ?? [])];
    return { set: all.length === 0 ? set : { ...set, remarks: all }, errors };
  } finally {
    library.close();
  }
}

/**
 * The faces of an open library that a filter lets through, with the classes that it was taught.
 *
 * @throws DataError if nothing was indexed yet, or the filter lets no face through
 */
export function facesOfLibrary(
  where: string,
  library: Library,
  { filter, taught = true }: Pick<PhotosOptions, "filter" | "taught">,
): FaceSet {
  const found = library.faceSet(filter);
  if (filter !== undefined && found.photos.size === 0) refuseUnmatched(where, library, filter);
  return taught ? knowingTaught(found, fileOf(library)) : found;
}

/** What cannot be read, and what else is to be known of the folder, each in a sentence. */
interface ReadNew {
  readonly errors: IndexSummary["errors"];
  readonly remarks: readonly string[];
}

/** Reads what is new. */
async function readNew(
  where: string,
  { folder, library }: { readonly folder: string; readonly library: Library },
  { followLinks = false, signal, note = () => {} }: PhotosOptions,
  progress: (text: string) => void,
): Promise<ReadNew> {
  progress("looking for new photos ...");
  try {
    const steps = library.index({ followLinks, unlessBusy: true, ...(signal && { signal }) });
    let step = await steps.next();
    while (!step.done) {
      const { done, total, secondsLeft, errors: failed } = step.value;
      const bad = failed > 0 ? `  ${failed} cannot be read` : "";
      progress(`reading photos: ${done}/${total}${bad}  ${duration(secondsLeft)} left`);
      step = await steps.next();
    }
    const { photos, errors, links, passedOver, remembered } = step.value;
    const line = linksLine(links);
    if (line !== undefined) remark(`${where}: ${line}`);
    const passed = passedOverLine(passedOver);
    const leftOut = rememberedLine(remembered);
    if (photos > 0) return { errors, remarks: [passed, leftOut].filter((text) => text !== undefined) };
    const [first] = errors;
    const found = passed === undefined ? "none was found" : `none was found (${passed})`;
    const why = first === undefined ? found : `none of ${errors.length} can be read (${first.path}: ${first.reason})`;
    throw new DataError(`${where}: expected photos in ${folder}, but ${why}.`);
  } catch (error) {
    if (!isBeingIndexed(error)) throw error;
    progress("another process is indexing the folder: waiting for its first photo ...");
    const photos = await firstPhotos(library);
    if (photos === 0) {
      throw new DataError(
        `${where}: expected photos that were read, but another process has only begun to index ${folder}.\n  Try again soon.`,
      );
    }
    note(`${where}: another process is indexing ${folder}: this is of the ${counted(photos, "photo")} that it has read so far.`);
    return { errors: [], remarks: [] };
  }
}

/** Seconds in which another process that has begun will have read a photo. */
const patience = 20;

/** How many photos a library has that another process fills, which may have begun just now. */
async function firstPhotos(library: Library): Promise<number> {
  for (let waited = 0; ; waited += 0.2) {
    const { photos } = library.counts();
    if (photos > 0 || waited >= patience) return photos;
    await new Promise((done) => setTimeout(done, 200));
  }
}

/**
 * Refuses a filter that lets no face through, and says why.
 *
 * @throws DataError if there is a reason to be said
 */
export function refuseUnmatched(where: string, library: Library, filter: FaceFilter): void {
  const why = library.unmatched(filter);
  if (why !== undefined) throw new DataError(`${where}: expected faces that --filter lets through, but ${why}.`);
}

/**
 * Refuses a file where a folder of photos is asked for, and says what the file can be asked.
 *
 * @throws OptionError if it is one
 */
export function refuseFile(where: string, folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isFile() !== true) return;
  const photo = isPictureName(folder);
  const what = photo ? "a photo" : isEmbeddingsName(folder) ? "exported embeddings" : "a file";
  const advice = photo
    ? "\n  Of one photo: semblant classify PHOTO"
    : what === "exported embeddings"
      ? "\n  semblant map and semblant cluster take them."
      : isOtherTable(folder)
        ? embeddingsAdvice
        : "";
  if (where === "cluster" && what === "a file") {
    throw new OptionError(`cluster: expected a folder of photos or exported embeddings, but ${show(folder)} is another file.${advice}`);
  }
  throw new OptionError(`${where}: expected a folder of photos, but ${show(folder)} is ${what}.${advice}`);
}

/** A line about links that were not followed, where there are any. */
export function linksLine(links: IndexSummary["links"]): string | undefined {
  if (links.length === 0) return undefined;
  const named = links.slice(0, shownLinks).map((path) => printable(path));
  const lead = `${counted(links.length, "link")} out of the folder ${links.length === 1 ? "was" : "were"} not followed (--follow-links)`;
  return `${lead}: ${named.join(", ")}${links.length > shownLinks ? " ..." : ""}`;
}

const shownLinks = 5;

/** What is to be known of how photos were read: a line each, of a few. */
export function remarkLines(remarks: IndexSummary["remarks"], most = shownLinks): string[] {
  const lines = remarks.slice(0, most).map(({ path, remark }) => `${printable(path)}: ${remark}`);
  return remarks.length > most
    ? [...lines, `${counted(remarks.length - most, "more photo")} with a remark: semblant index --json has all`]
    : lines;
}
