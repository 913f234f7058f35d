import { closeSync, openSync, readSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { DataError } from "@semblant/core";
import { inFileWords, show } from "@semblant/core/internals";
import { splitNamed } from "../dataset/split-names.ts";
import { filesIn, foldersIn, readable } from "../survey/folders.ts";
import { decodeText } from "../text/decode-text.ts";
import { parseTable } from "../text/parse-table.ts";
import { columnsExpected, type LabelledRows, labelledRows, namesPathAndLabel } from "./columns.ts";

/** A table in a folder, as far as its beginning tells. */
export interface FoundTable {
  /** Path of the file. */
  readonly path: string;
  /** The first line. */
  readonly header: string;
  /** The first of its rows; undefined where it cannot be known which columns hold pictures and labels. */
  readonly beginning: LabelledRows | undefined;
}

const tableEnding = /\.(csv|tsv|tab|psv|txt|lst)$/i;
/** Endings of files that are tables and nothing else; a text may be a table, or words to read. */
const surelyTable = /\.(csv|tsv|tab|psv)$/i;
/** As much of a file as is looked at. */
const beginning = 65_536;

/**
 * The tables that lie in a folder itself: those that are known to hold pictures and labels, and those that are not. Of texts (.txt, .lst)
 * only those count that name pictures.
 */
export function tablesIn(folder: string): FoundTable[] {
  return filesIn(folder)
    .filter((name) => tableEnding.test(name) && statSync(join(folder, name), { throwIfNoEntry: false })?.isFile() === true)
    .map((name) => lookAtTable(join(folder, name)))
    .filter((table) => table.beginning !== undefined || surelyTable.test(table.path));
}

/** What the beginning of a file tells, if it is a table. */
export function lookAtTable(path: string): FoundTable {
  const text = beginningOf(path);
  const [header = ""] = text.split(/\r?\n/);
  return { path, header: header.trim(), beginning: beginningRows(path, text) };
}

function beginningRows(path: string, text: string): LabelledRows | undefined {
  try {
    return labelledRows(parseTable(path, text));
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    return undefined;
  }
}

/**
 * The tables that say together what is in a folder: one, or one per split whose names say which (`train.csv`, `test_labels.csv`); undefined
 * where there is none.
 *
 * @throws DataError if there are several that do not say which split each is
 */
export function tablesToRead(root: string, tables: readonly FoundTable[]): FoundTable[] | undefined {
  if (tables.length === 0) return undefined;
  if (tables.length === 1) return [...tables];
  const splits = tables.map(({ path }) => splitOfTable(path));
  if (splits.every((split) => split !== undefined) && new Set(splits).size === tables.length) return [...tables];
  const names = tables.map(({ path }) => basename(path)).sort();
  throw new DataError(
    `data at ${root}: expected one table of paths and labels, but got ${names.join(", ")}.\n  Name the one that is meant.`,
  );
}

/**
 * The split that the name of a table means, or undefined.
 *
 * @example
 * splitOfTable("faces/test_labels.csv"); // "test"
 */
export function splitOfTable(path: string) {
  const words = basename(path)
    .replace(/\.[^.]+$/, "")
    .split(/[^A-Za-z]+/);
  return words.map(splitNamed).find((split) => split !== undefined);
}

/** Tables in the folders of a folder, those that hold pictures left out: `annotations/labels.csv` beside `images/`. */
export function tablesBelow(root: string): FoundTable[] {
  return foldersIn(root)
    .filter((folder) => !holdsPictures(join(root, folder)))
    .flatMap((folder) => tablesIn(join(root, folder)))
    .filter(({ beginning }) => beginning !== undefined);
}

/** In a folder of pictures, more files than these that could be tables are rather facts of single pictures. */
const mostAmongPictures = 8;

/** Tables that lie among the pictures in the folders of a folder: `images/labels.csv`. */
export function tablesAmongPictures(root: string): FoundTable[] {
  return foldersIn(root)
    .map((folder) => join(root, folder))
    .filter((folder) => holdsPictures(folder) && filesIn(folder).filter((name) => tableEnding.test(name)).length <= mostAmongPictures)
    .flatMap(tablesIn);
}

function holdsPictures(folder: string): boolean {
  return filesIn(folder).some((name) => readable.test(name));
}

/** The files in a folder and its folders that are called as labels are, but are no text: `labels.xlsx`, `images/annotations.json`. */
export function tablesOfOtherKinds(root: string): string[] {
  return ["", ...foldersIn(root)].flatMap((folder) =>
    filesIn(join(root, folder))
      .filter((name) => otherTable.test(name))
      .map((name) => join(folder, name)),
  );
}
const otherTable = /(label|annotation|emotion|expression|metadata)[^/]*\.(xlsx?|ods|jsonl?|ndjson|parquet|xml)$/i;

/** Whether a table has the names that ours have. */
export function isOurs({ beginning }: FoundTable): boolean {
  return beginning !== undefined && namesPathAndLabel(beginning);
}

/** Why a table is not read, as a fault says it. */
export function whyNotRead({ path, header, beginning }: FoundTable): string {
  if (beginning !== undefined) return `it is not read, since folders say the labels here. To read it, name it: ${path}`;
  return `it is not read: expected ${columnsExpected}, but its first line is ${show(header.slice(0, 60))}.`;
}

function beginningOf(path: string): string {
  try {
    const file = openSync(path, "r");
    try {
      const bytes = Buffer.alloc(beginning);
      const length = readSync(file, bytes, 0, bytes.length, 0);
      const text = decodeText(bytes.subarray(0, length), { cut: length === beginning });
      const end = text.lastIndexOf("\n");
      return length === beginning && end >= 0 ? text.slice(0, end + 1) : text;
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw inFileWords(error, path);
  }
}
