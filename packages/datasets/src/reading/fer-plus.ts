import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { DataError, expressions, invalidOption, refuseUnknown } from "@semblant/core";
import type { CacheOption } from "../images/image-cache.ts";
import { readImageFiles } from "../images/image-files.ts";
import type { ImageStore } from "../images/image-store.ts";
import type { Dataset } from "./dataset.ts";
import { droppedFor, type Fault, imageFault, stopOnFaults } from "./fault.ts";
import { ferPlusFolders, readLabelTable, readVotes, rowsByName, type VoteRow, type VoteTable } from "./fer-plus-tables.ts";
import { readFer2013Pixels } from "./fer2013-pixels.ts";
import { type LabelMode, labelModes, labelOfVotes } from "./label-modes.ts";
import { type Layout, nameOfLayout, recogniseLayout } from "./layout.ts";
import { datasetOf, type Survey, type SurveyRow } from "./survey.ts";

/** How the votes become labels, and where the decoded images are kept. */
export interface FerPlusOptions {
  /** Labels of the training split (`majority`). */
  readonly labels?: LabelMode;
  /** Labels of validation and test; `majority`, as FERPlus evaluates, whatever it trains on. */
  readonly evaluation?: LabelMode;
  /** Which table has the votes where both are there (`label.csv`); they differ for some 1,600 images. */
  readonly votes?: "label.csv" | "fer2013new.csv";
  /** Folder of the packed images; `true` beside the data, `false` nowhere. */
  readonly cache?: CacheOption;
  /** Whether images that are links out of FERPlus's folders are read (false). */
  readonly followLinks?: boolean;
}

/**
 * FER+ in its three splits: 48 x 48 grey faces, eight expressions, ten votes an image.
 *
 * Reads fer2013.csv with fer2013new.csv, the same with FERPlus's label.csv files, or FERPlus's folders with their images.
 * Images are found by their row; a name goes to its row through fer2013new.csv, never through the number in it, which
 * lags the row by up to 85. `ids` are the names, or `row 32298` where FER+ has none. `labels` and `votes` are as
 * {@link labelOfVotes} says; `labelSource` names the table and the mode.
 *
 * label.csv in majority mode keeps 25,045 / 3,191 / 3,137 images, fer2013new.csv 25,060 / 3,199 / 3,153. Of the 3,137,
 * 244 also stand in the training split ({@link findTwins}).
 *
 * @param path the folder, or fer2013.csv
 * @throws DataError if a file is missing, a table is faulty, or a split keeps no image
 * @throws OptionError if an option is unknown or is not one of its words
 *
 * @example
 * await readFerPlus("nowhere", { labels: "majority" }); // throws DataError: data at nowhere: no such file or folder.
 */
export async function readFerPlus(path: string, options: FerPlusOptions = {}): Promise<Dataset> {
  return datasetOf(await surveyFerPlus(recogniseLayout(path), path, options));
}

/** What {@link readFerPlus} reads, with everything that is wrong. */
export async function surveyFerPlus(layout: Layout, path: string, options: FerPlusOptions = {}): Promise<Survey> {
  const { labels = "majority", evaluation = "majority", cache = true, followLinks = false } = options;
  refuseUnknown("readFerPlus", options, ["labels", "evaluation", "votes", "cache", "followLinks"]);
  checkMode("labels", labels);
  checkMode("evaluation", evaluation);
  if (layout.kind !== "FER+ table" && layout.kind !== "FER+ folders") throw notFerPlus(layout, path);
  const source = sourceOfVotes(layout, options.votes);
  const { table, images, imageOf, faults } = await readSource(layout, source, { cache, followLinks });
  const rows = table.rows.map((row, i) => labelRow(row, i, imageOf(i), row.split === "train" ? labels : evaluation));
  return {
    layout: layout.kind,
    name: "FER+",
    root: layout.root,
    labelSource: `${source} ${labels === evaluation ? labels : `${labels}, validation and test ${evaluation}`}`,
    classes: expressions,
    hasVotes: true,
    images,
    rows: source === "fer2013new.csv" ? withRowIds(rows) : rows,
    faults: [...table.faults, ...faults],
  };
}

function labelRow({ split, name, counts }: VoteRow, row: number, image: number | string, mode: LabelMode): SurveyRow {
  const id = name === "" ? `row ${row}` : name;
  if (typeof image === "string") return { split, id, image: -1, label: -1, dropped: image };
  const made = labelOfVotes(counts, mode);
  if ("dropped" in made) return { split, id, image, label: -1, dropped: made.dropped };
  return { split, id, image, label: made.label, votes: made.target };
}

/** Of rows with the same name the later one has it; the others are known by their row. */
function withRowIds(rows: readonly SurveyRow[]): SurveyRow[] {
  const last = new Map(rows.map(({ id }, row) => [id, row]));
  return rows.map((row, i) => (last.get(row.id) === i ? row : { ...row, id: `row ${i}` }));
}

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

type VotesFile = "label.csv" | "fer2013new.csv";
type FerPlusLayout = Extract<Layout, { kind: "FER+ table" | "FER+ folders" }>;

function readSource(layout: FerPlusLayout, source: VotesFile, how: Reading): Promise<Source> {
  const { cache } = how;
  if (layout.kind === "FER+ folders") return readFolders(layout.root, how);
  return source === "label.csv" ? readNamedRows(layout, cache) : readRows(layout.root, layout.pixels, cache);
}

/** Row i of fer2013new.csv is row i of fer2013.csv. */
async function readRows(root: string, pixels: string, cache: CacheOption): Promise<Source> {
  const table = readVotes(root);
  const { images, emotions, splits, faults } = await readFer2013Pixels(pixels, cache);
  if (table.rows.length !== images.count) {
    throw new DataError(
      `FER+ at ${root}: fer2013new.csv has ${table.rows.length} rows, but ${basename(pixels)} has ${images.count}; row i of one is row i of the other.\n  One of the files is cut short: the originals have 35887 rows.`,
    );
  }
  const wrong = table.rows.findIndex((row, i) => row.split !== splits[i]);
  if (wrong >= 0 && faults.length === 0 && table.faults.every((fault) => !fault.stops)) {
    throw new DataError(
      `FER+ at ${root}: row ${wrong} is ${table.rows[wrong]?.split} in fer2013new.csv, but ${splits[wrong]} in ${basename(pixels)}.\n  Rows have been moved or left out: use the original files.`,
    );
  }
  return { table, images, imageOf: (i) => ((emotions[i] as number) < 0 ? "the row is faulty" : i), faults };
}

/** The names of label.csv go to rows of fer2013.csv through fer2013new.csv. */
async function readNamedRows(layout: Extract<Layout, { kind: "FER+ table" }>, cache: CacheOption): Promise<Source> {
  const { root, pixels, labelRoot } = layout;
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
      `FER+ at ${root}: none of the ${files.length} images that label.csv names can be read; the first is ${files[0]}.\n  Put fer2013.csv and fer2013new.csv there instead, or make the images with FERPlus's own script.`,
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
      `FER+ at ${root}: no file ${missing[0]}/label.csv.\n  FERPlus has three folders, FER2013Train, FER2013Valid and FER2013Test, with a label.csv each.`,
    );
  }
  const tables = ferPlusFolders.map(([folder, split]) => readLabelTable(root, folder, split));
  return { rows: tables.flatMap(({ rows }) => rows), faults: tables.flatMap(({ faults }) => faults) };
}

function sourceOfVotes(layout: FerPlusLayout, asked: VotesFile | undefined): VotesFile {
  if (asked !== undefined && asked !== "label.csv" && asked !== "fer2013new.csv") {
    throw invalidOption("readFerPlus", "votes", '"label.csv" or "fer2013new.csv"', asked);
  }
  if (layout.kind === "FER+ folders") {
    if (asked === "fer2013new.csv")
      throw new DataError(`FER+ at ${layout.root}: fer2013new.csv goes by the rows of fer2013.csv, and only images are here.`);
    return "label.csv";
  }
  if (!layout.hasVotes) throw noVotes(layout.root);
  if (asked === "label.csv" && layout.labelRoot === undefined)
    throw new DataError(`FER+ at ${layout.root}: no file FER2013Train/label.csv.`);
  return asked ?? (layout.labelRoot === undefined ? "fer2013new.csv" : "label.csv");
}

function noVotes(root: string): DataError {
  return new DataError(
    `FER+ at ${root}: no file fer2013new.csv.\n  A FER+ folder holds fer2013new.csv (the votes) and fer2013.csv (the pixels).\n  To try everything without it: semblant train --data generated`,
  );
}

function notFerPlus(layout: Layout, path: string): DataError {
  return layout.kind === "FER2013 table"
    ? noVotes(layout.root)
    : new DataError(`FER+ at ${path}: expected FER+, but this is a ${nameOfLayout(layout)}.`);
}

function checkMode(option: string, mode: string): void {
  if (!labelModes.some((known) => known === mode)) throw invalidOption("readFerPlus", option, `one of ${labelModes.join(", ")}`, mode);
}
