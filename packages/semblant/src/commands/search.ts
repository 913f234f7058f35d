import { resolve } from "node:path";
import { DataError, printable, refuseUnknown } from "@semblant/core";
import type { FaceFilter } from "../library/face-filter.ts";
import { addFilter } from "../library/filter-words.ts";
import type { Library, OpenLibraryOptions } from "../library/library.ts";
import type { LibraryAnswer, LibraryQuery } from "../library/search-library.ts";
import { noFaceFound } from "../sheets/no-face.ts";
import { percent, type SheetMaking } from "../sheets/sheet.ts";
import type { CommandPage } from "../terminal/page.ts";
import { wholeNumber } from "../terminal/parse.ts";
import { formatTable } from "../terminal/table.ts";
import type { CommandModule } from "./command.ts";
import { openNearest } from "./nearest-library.ts";
import { refuseUnmatched } from "./photo-folder.ts";
import { smallestFlag } from "./smallest-flag.ts";
import { checkSheetName, sheetFlag, writeSheet } from "./write-sheet.ts";

export const page: CommandPage = {
  name: "search",
  usage: "<face|photo|words> [options]",
  sentence: "Find the faces of a library whose expressions are most like a face's, or that words fit best.",
  examples: [
    ["semblant search me.jpg -k 24 --sheet alike.html", "like this one"],
    ['semblant search "happy, mouth open"', "what words say"],
    ["semblant search 1204 --filter folder=2024", "like face 1204"],
  ],
  arguments: ["<query>"],
  options: [
    { flags: "-k, --count <n>", text: "how many faces", default: "12", parse: wholeNumber("count", 1) },
    {
      flags: "--filter <conditions>",
      text: "folder=, since=, until=, expression=, side>=, sharpness>=, score>=, turn<=, hidden=yes; may be given several times",
      default: "all",
      parse: addFilter,
    },
    { flags: "--approximate", text: "by an index, for very many faces; says how much it finds" },
    sheetFlag,
    { flags: "--in <folder>", text: "whose photos", default: "this one, or above" },
    { flags: "--library <file>", text: "where the library is", default: ".semblant/ in the folder" },
    { flags: "-m, --model <which>", text: "a model's file, or small", default: "the one that ships" },
    smallestFlag,
  ],
  notes: [
    "Words: the classes and what people say for them, not sad, happiness/2 (a sub-class), mouth open, eyes closed, frontal, sharp; with commas between. Of several faces in a photo the largest is meant.",
    "Likeness is of expressions, and of persons too: a page says how often the nearest face is the same person.",
  ],
};

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
function asked(query: LibraryAnswer["query"]): string {
  if (query.kind === "words") return query.words;
  if (query.kind === "face") return `face ${query.face} of ${printable(query.path)}`;
  if (query.kind === "embedding") return "an embedding";
  const which = query.of > 1 ? `the largest of ${query.of} faces in` : "the face in";
  return `${which} ${query.kind === "photo" ? printable(query.path) : "the picture"}`;
}

export const command: CommandModule = {
  page,
  async run([query], given, terminal) {
    const { count, json: _json, quiet: _quiet, color: _color, ...options } = given as SearchPhotosOptions & Record<string, unknown>;
    const answer = await searchPhotos(query as string, { ...options, ...(count !== undefined && { k: count as number }) }, terminal.live);
    terminal.endLive();
    const { hits, searched, exact, recall, identityLeak, withoutFaces } = answer;
    const how = exact ? "exact" : `approximate, finds ${(100 * (recall ?? 0)).toFixed(1)} % of the nearest`;
    const words = answer.query.kind === "words";
    terminal.print(
      `${hits.length} of ${searched.toLocaleString("en-US")} faces ${words ? "for" : "like"} ${asked(answer.query)} (${how})\n`,
    );
    const rows = hits.map(({ face, distance, fit, looks, probability, verdict, path }) => [
      path,
      `#${face}`,
      distance === undefined ? (fit as number).toFixed(3) : distance.toFixed(3),
      verdict === "named" || verdict === "corrected" ? `${looks} ${percent(probability)}` : looks,
    ]);
    for (const remark of answer.remarks ?? []) terminal.note(`search: ${remark}`);
    if (hits.length > 0) terminal.print(formatTable([["", "face", words ? "fit" : "distance", "looks"], ...rows]));
    const faceless = noFaceFound(withoutFaces, { so: "not searched" });
    if (faceless !== undefined) terminal.print(`\n${faceless}`);
    if (!words && identityLeak !== undefined) {
      terminal.print(
        `\nThe nearest face is the same person in ${Math.round(identityLeak.share)} % of cases (measured on ${identityLeak.n} ${identityLeak.data}; by chance ${Math.round(identityLeak.chance)} %).`,
      );
    }
    if (options.sheet !== undefined) terminal.print(`\nsheet: ${options.sheet} (holds copies of faces)`);
    terminal.result({ ...answer, ...(options.sheet !== undefined && { sheet: options.sheet }) });
    return 0;
  },
};
