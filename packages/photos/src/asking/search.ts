import { resolve } from "node:path";
import type { FaceSet } from "@semblant/answers";
import { shiftOf, withoutFaces } from "@semblant/answers/internals";
import { DataError, type DomainShift, OptionError } from "@semblant/core";
import { refuseUnknown } from "@semblant/core/internals";
import type { FaceFilter } from "../library/face-filter.ts";
import { Library, searchingOf } from "../library/library.ts";
import { shiftOfLibrary } from "../library/library-shift.ts";
import type { OpenLibraryOptions } from "../library/open-options.ts";
import { type LibraryHits, type Query, searchLibrary } from "../library/search-library.ts";
import type { SheetMaking } from "../sheets/sheet.ts";
import { checkSheetName, writeSheet } from "../sheets/write-sheet.ts";
import { openNearest } from "./nearest-library.ts";
import { refuseUnmatched } from "./photo-folder.ts";
import type { Photos } from "./photos.ts";
import { queryInWords } from "./query-in-words.ts";
import { searchSet } from "./search-set.ts";

export interface SearchOptions extends Pick<OpenLibraryOptions, "reader" | "model" | "smallest"> {
  /** The library's file (`.semblant/library.sqlite` in the folder), or the address of a PostgreSQL server. */
  readonly library?: string;
  /** How many faces (12). */
  readonly k?: number;
  readonly filter?: FaceFilter;
  /** By the index beside the library, which is faster for very many faces and finds most of what exact search does (false). */
  readonly approximate?: boolean;
  /** Writes the answer as a page to this file. */
  readonly sheet?: string;
}

/** What a search found, and the photos that it could not look at. */
export interface SearchAnswer extends LibraryHits {
  /** Paths of photos in which no face was found; none where a filter asks for more than a folder. */
  readonly withoutFaces: readonly string[];
  /** How unlike the faces that the model learned from those of the library, or the faces searched, are; where its card can say. */
  readonly shift?: DomainShift;
}

const optionNames = ["library", "k", "filter", "approximate", "sheet", "reader", "model", "smallest"] as const;
const whenOpened = ["library", "reader", "model", "smallest"] as const;

/**
 * The faces most like a face, a photo, a picture or an embedding, the nearest first; or those that words fit best. A folder is asked as it
 * was read last: its library, or that of the nearest folder above it. Faces in memory are searched by words, embedding or id.
 *
 * @param photos a folder, an open library, or faces
 * @throws OptionError if there is no library, the query is none of these, or an option is unknown or out of range
 * @throws DataError if nothing was indexed yet, the face is not there, no face is in the photo, the reader's model is another,
 * or the filter lets no face through
 *
 * @example
 * await search("no/such/folder", "happy");
 * // throws OptionError: search: expected a library in no/such/folder or above it, but there is none.
 */
export async function search(
  photos: Photos,
  query: Query,
  options: SearchOptions = {},
  progress: (text: string) => void = () => {},
): Promise<SearchAnswer> {
  refuseUnknown("search", options, optionNames);
  checkSheetName("search", options.sheet);
  if (typeof photos === "string") {
    const { library: file, reader, model, smallest, ...asking } = options;
    const opening = {
      ...(file !== undefined && { file }),
      ...(reader && { reader }),
      ...(model !== undefined && { model }),
      ...(smallest !== undefined && { smallest }),
    };
    using library = await openNearest("search", photos, { ...opening, readonly: "auto" });
    return await inLibrary(library, query, asking, progress);
  }
  const stray = whenOpened.find((name) => options[name] !== undefined);
  if (stray !== undefined) throw new OptionError(`search: expected a folder of photos with ${stray}, but got what is open already.`);
  if (photos instanceof Library) return inLibrary(photos, query, options, progress);
  return inFaces(photos, query, options, progress);
}

type Asking = Omit<SearchOptions, (typeof whenOpened)[number]>;

async function inLibrary(
  library: Library,
  query: Query,
  { k, filter, approximate, sheet }: Asking,
  progress: (text: string) => void,
): Promise<SearchAnswer> {
  progress("searching ...");
  if (filter !== undefined) refuseUnmatched("search", library, filter);
  const how = { ...(k !== undefined && { k }), ...(filter && { filter }), ...(approximate !== undefined && { approximate }) };
  const answer = await searchLibrary(searchingOf(library), query, how);
  if (filter !== undefined && answer.searched === 0) {
    throw new DataError("search: expected faces that --filter lets through, but only the one that was asked about is.");
  }
  const shift = shiftOfLibrary(searchingOf(library));
  const whole = { ...answer, withoutFaces: library.withoutFaces(filter), ...(shift && { shift }) };
  if (sheet !== undefined) await writeSheet(sheet, await sheetOf(library.faceSet({ hidden: true }), whole), progress);
  return whole;
}

async function inFaces(set: FaceSet, query: Query, { k, filter, approximate, sheet }: Asking, progress: (text: string) => void) {
  const stray = filter !== undefined ? "filter" : approximate !== undefined ? "approximate" : undefined;
  if (stray !== undefined) throw new OptionError(`search: expected a folder or library with ${stray}, but got faces.`);
  progress("searching ...");
  const shift = shiftOf(set);
  const found = searchSet(set, query, { ...(k !== undefined && { k }) });
  const answer = { ...found, withoutFaces: withoutFaces(set), ...(shift && { shift }) };
  if (sheet !== undefined) await writeSheet(sheet, await sheetOf(set, answer), progress);
  return answer;
}

async function sheetOf(set: FaceSet, answer: SearchAnswer): Promise<SheetMaking> {
  const { searchSheet } = await import("../sheets/search-sheet.ts");
  const { query } = answer;
  const words = queryInWords(query);
  if (query.kind === "face") return searchSheet(set, answer, { words, face: query.face });
  if (query.kind !== "photo") return searchSheet(set, answer, { words });
  return searchSheet(set, answer, { words, picture: { ...query, path: resolve(query.face === undefined ? "." : set.root, query.path) } });
}
