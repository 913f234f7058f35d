import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { DataError } from "@semblant/core";
import type { CacheOption } from "../images/image-cache.ts";
import { readImageFiles } from "../images/image-files.ts";
import type { ImageStore } from "../images/image-store.ts";
import { droppedFor, type Fault, imageFault, stopOnFaults } from "../survey/fault.ts";
import type { FerPlace } from "./fer-place.ts";
import { ferPlusFolders, readLabelTable, readVotes, rowsByName, type VoteRow, type VoteTable } from "./fer-plus-tables.ts";
import { readFer2013Pixels } from "./fer2013-pixels.ts";

/** Votes, and where the image of each row is. */
interface Source {
  readonly table: VoteTable;
  readonly images: ImageStore;
  /** Row in `images` of row i of the table, or why it has none. */
  readonly imageOf: (i: number) => number | string;
  readonly faults: readonly Fault[];
}

interface Reading {
  readonly cache: CacheOption;
  readonly followLinks: boolean;
}

export type VotesFile = "label.csv" | "fer2013new.csv";
export type FerPlusPlace = Extract<FerPlace, { kind: "FER+ table" | "FER+ folders" }>;

/** The votes of a place, and its images. */
export function readSource(place: FerPlusPlace, source: VotesFile, how: Reading): Promise<Source> {
  const { cache } = how;
  if (place.kind === "FER+ folders") return readFolders(place.root, how);
  return source === "label.csv" ? readNamedRows(place, cache) : readRows(place.root, place.pixels, cache);
}

/** Row i of fer2013new.csv is row i of fer2013.csv. */
async function readRows(root: string, pixels: string, cache: CacheOption): Promise<Source> {
  const table = readVotes(root);
  const { images, emotions, splits, faults } = await readFer2013Pixels(pixels, cache);
  if (table.rows.length !== images.count) {
    throw new DataError(
      `FER+ at ${root}: fer2013new.csv has ${table.rows.length} rows, but ${basename(pixels)} has ${images.count}; ` +
        `row i of one is row i of the other.\n  One of the files is cut short: the originals have 35887 rows.`,
    );
  }
  const wrong = table.rows.findIndex((row, i) => row.split !== splits[i]);
  if (wrong >= 0 && faults.length === 0 && table.faults.every((fault) => !fault.stops)) {
    throw new DataError(
      `FER+ at ${root}: row ${wrong} is ${table.rows[wrong]?.split} in fer2013new.csv, but ${splits[wrong]} ` +
        `in ${basename(pixels)}.\n  Rows have been moved or left out: use the original files.`,
    );
  }
  return { table, images, imageOf: (i) => ((emotions[i] as number) < 0 ? "the row is faulty" : i), faults };
}

/** The names of label.csv go to rows of fer2013.csv through fer2013new.csv. */
async function readNamedRows(place: Extract<FerPlace, { kind: "FER+ table" }>, cache: CacheOption): Promise<Source> {
  const { root, pixels, labelRoot } = place;
  const names = await readRows(root, pixels, cache);
  const byName = rowsByName(names.table.rows);
  const table = readLabelTables(labelRoot as string);
  const unknown = table.rows.flatMap(({ split, name }): Fault[] => {
    if (byName.has(name)) return [];
    const [folder] = ferPlusFolders.find(([, of]) => of === split) as readonly [string, string];
    return [{ kind: "missing", file: `${folder}/${name}`, problem: "no row of fer2013new.csv has this name.", stops: false }];
  });
  return {
    table: { rows: table.rows, faults: [...names.table.faults, ...table.faults] },
    images: names.images,
    imageOf: (i) => {
      const row = byName.get((table.rows[i] as VoteRow).name);
      return row === undefined ? droppedFor("missing") : names.imageOf(row);
    },
    faults: [...names.faults, ...unknown],
  };
}

/** The images lie beside their label.csv. */
async function readFolders(root: string, { cache, followLinks }: Reading): Promise<Source> {
  const table = readLabelTables(root);
  stopOnFaults(
    "FER+",
    root,
    table.faults.filter(({ kind }) => kind === "outside the folder"),
  );
  const folderOf = new Map(ferPlusFolders.map(([folder, split]) => [split, folder]));
  const files = table.rows.map(({ split, name }) => `${folderOf.get(split)}/${name}`);
  const options = { root, name: "ferplus", cache, followLinks, width: 48, height: 48, channels: 1, exact: true };
  const { images, rows, faults } = await readImageFiles(files, options);
  if (images.count === 0) {
    throw new DataError(
      `FER+ at ${root}: none of the ${files.length} images that label.csv names can be read; the first ` +
        `is ${files[0]}.\n  Put fer2013.csv and fer2013new.csv there instead, or make the images with FERPlus's own script.`,
    );
  }
  const broken = new Map(faults.map(([file, problem]) => [file, imageFault(files[file] as string, problem)]));
  const imageOf = (i: number): number | string => {
    const fault = broken.get(i);
    return fault ? droppedFor(fault.kind) : (rows[i] as number);
  };
  return { table, images, imageOf, faults: [...broken.values()] };
}

function readLabelTables(root: string): VoteTable {
  const missing = ferPlusFolders.find(([folder]) => !existsSync(join(root, folder, "label.csv")));
  if (missing) {
    throw new DataError(
      `FER+ at ${root}: no file ${missing[0]}/label.csv.\n  FERPlus has three folders, FER2013Train, ` +
        `FER2013Valid and FER2013Test, with a label.csv each.`,
    );
  }
  const tables = ferPlusFolders.map(([folder, split]) => readLabelTable(root, folder, split));
  return { rows: tables.flatMap(({ rows }) => rows), faults: tables.flatMap(({ faults }) => faults) };
}

/**
 * The file with the votes.
 *
 * @throws DataError if it is not there
 */
export function sourceOfVotes(place: FerPlusPlace, asked: VotesFile | null): VotesFile {
  if (place.kind === "FER+ folders") {
    if (asked === "fer2013new.csv")
      throw new DataError(`FER+ at ${place.root}: fer2013new.csv goes by the rows of fer2013.csv, and only images are here.`);
    return "label.csv";
  }
  if (!place.hasVotes) throw noVotes(place.root);
  if (asked === "label.csv" && place.labelRoot === undefined) throw new DataError(`FER+ at ${place.root}: no file FER2013Train/label.csv.`);
  return asked ?? (place.labelRoot === undefined ? "fer2013new.csv" : "label.csv");
}

/** The error for pixels without votes. */
export function noVotes(root: string): DataError {
  return new DataError(
    `FER+ at ${root}: no file fer2013new.csv.\n  A FER+ folder holds fer2013new.csv (the votes) and ` +
      `fer2013.csv (the pixels).\n  To try everything without it: semblant train --data generated`,
  );
}
