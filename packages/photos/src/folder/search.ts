import { resolve } from "node:path";
import { DataError, printable, refuseUnknown } from "@semblant/core";
import type { FaceFilter } from "../library/face-filter.ts";
import type { Library } from "../library/library.ts";
import type { OpenLibraryOptions } from "../library/open-options.ts";
import type { LibraryAnswer, LibraryQuery } from "../library/search-library.ts";
import type { SheetMaking } from "../sheets/sheet.ts";
import { checkSheetName, writeSheet } from "../sheets/write-sheet.ts";
import { openNearest } from "./nearest-library.ts";
import { refuseUnmatched } from "./photo-folder.ts";

export interface SearchPhotosOptions extends Pick<OpenLibraryOptions, "reader" | "model" | "smallest"> {
  /** The folder whose library is searched, or one in it ("."). */
  readonly in?: string;
  /** The library's file (`.semblant/library.sqlite` in the folder). */
  readonly library?: string;
  /** How many faces (12). */
  readonly k?: number;
  readonly filter?: FaceFilter;
  readonly approximate?: boolean;
  /** Writes the answer as a page to this file. */
  readonly sheet?: string;
}

/** What a search of a folder's library found, and the photos that it could not look at. */
export interface PhotosAnswer extends LibraryAnswer {
  /** Paths of photos in which no face was found; none where a filter asks for more than a folder. */
  readonly withoutFaces: readonly string[];
}

/**
 * Searches the library of a folder; see `Library.search`.
 *
 * @throws OptionError if there is no library, the query is none, or an option is unknown or out of range
 * @throws DataError if the filter lets no face through
 */
export async function searchPhotos(
  query: LibraryQuery,
  options: SearchPhotosOptions = {},
  progress: (text: string) => void = () => {},
): Promise<PhotosAnswer> {
  refuseUnknown("searchPhotos", options, ["in", "library", "k", "filter", "approximate", "sheet", "reader", "model", "smallest"]);
  const { in: folder = ".", library: file, k, filter, approximate, sheet, ...opening } = options;
  checkSheetName("search", sheet);
  const library = await openNearest("search", folder, { ...opening, readonly: "auto", ...(file !== undefined && { file }) });
  try {
    progress("searching ...");
    if (filter !== undefined) refuseUnmatched("search", library, filter);
    const answer = await library.search(query, {
      ...(k !== undefined && { k }),
      ...(filter && { filter }),
      ...(approximate !== undefined && { approximate }),
    });
    if (filter !== undefined && answer.searched === 0) {
      throw new DataError("search: expected faces that --filter lets through, but only the one that was asked about is.");
    }
    const whole = { ...answer, withoutFaces: library.withoutFaces(filter) };
    if (sheet !== undefined) await writeSheet(sheet, await sheetOf(library, whole), progress);
    return whole;
  } finally {
    library.close();
  }
}

async function sheetOf(library: Library, answer: PhotosAnswer): Promise<SheetMaking> {
  const { searchSheet } = await import("../sheets/search-sheet.ts");
  const { query } = answer;
  const set = library.faceSet({ hidden: true });
  const words = asked(query);
  if (query.kind === "face") return searchSheet(set, answer, { words, face: query.face });
  if (query.kind !== "photo") return searchSheet(set, answer, { words });
  return searchSheet(set, answer, { words, picture: { ...query, path: resolve(query.face === undefined ? "." : set.root, query.path) } });
}

/** What was searched for, in words. */
export function asked(query: LibraryAnswer["query"]): string {
  if (query.kind === "words") return query.words;
  if (query.kind === "face") return `face ${query.face} of ${printable(query.path)}`;
  if (query.kind === "embedding") return "an embedding";
  const which = query.of > 1 ? `the largest of ${query.of} faces in` : "the face in";
  return `${which} ${query.kind === "photo" ? printable(query.path) : "the picture"}`;
}
