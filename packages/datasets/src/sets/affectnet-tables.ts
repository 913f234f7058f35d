import { closeSync, existsSync, openSync, readSync } from "node:fs";
import { join, relative } from "node:path";
import { expressions } from "@semblant/core";
import { show } from "@semblant/core/internals";
import type { SplitName } from "../dataset/dataset.ts";
import { dataSet } from "../description/data-set.ts";
import type { Region } from "../images/region.ts";
import { affectNetLabel } from "../labels/affectnet-labels.ts";
import type { Fault } from "../survey/fault.ts";
import { filesBelow, firstPlace, insidePath, readable } from "../survey/folders.ts";
import type { ImageOptions } from "../survey/image-options.ts";
import type { LabeledFile } from "../survey/labelled-file.ts";
import { surveyFiles } from "../survey/survey-files.ts";
import { forEachLine } from "../text/lines.ts";

const columns = [
  "subDirectory_filePath",
  "face_x",
  "face_y",
  "face_width",
  "face_height",
  "facial_landmarks",
  "expression",
  "valence",
  "arousal",
];
const tables: readonly (readonly [file: string, split: SplitName])[] = [
  ["training.csv", "train"],
  ["validation.csv", "validation"],
];
const tablePlaces = [".", "Manually_Annotated_file_lists"];
const imagePlaces = ["Manually_Annotated_Images", "Manually_Annotated/Manually_Annotated_Images", "Manually_Annotated"];

const layout = "AffectNet tables";
const pictures = "boxed photos";

/**
 * AffectNet's manually annotated images: `training.csv` and `validation.csv` (beside the images' folder or in
 * `Manually_Annotated_file_lists/`), whose rows name images in `Manually_Annotated_Images/` with a face box and an expression. Images are
 * cut to their boxes; `crop: "whole"` takes them whole, as the paper's code did. Rows without an expression (codes 8 to 10) are left out.
 *
 * Mollahosseini et al. 2017. Column names as in the tables; `validation.csv` comes without its line of names in some copies, which is
 * read too. No test labels were released: evaluate on validation. Nothing says who is in a picture.
 */
export const set = dataSet({
  title: "AffectNet",
  layout,
  files: "`training.csv` and `validation.csv`, whose rows name images in `Manually_Annotated_Images/`",
  pictures,
  order: 10,
  options: {},
  find: (folder) => (tableFolder(folder) === undefined ? undefined : folder),
  async survey(root, options) {
    const at = tableFolder(root) as string;
    const images = firstPlace(root, imagePlaces) ?? ".";
    const faults: Fault[] = [];
    const files: LabeledFile[] = [];
    for (const [table, split] of tables) {
      const path = join(root, at, table);
      if (existsSync(path)) await readTable({ path, table: relative(root, path), images, split }, options, files, faults);
      else faults.push({ kind: "missing", file: join(at, table), problem: `no such file, so that ${split} is empty.`, stops: false });
    }
    faults.push(...unlisted(root, images, files, options.followLinks));
    const source = {
      where: "readDataset",
      layout,
      name: "AffectNet",
      root,
      labelSource: "training.csv and validation.csv",
    };
    return surveyFiles({ ...source, pictures, classes: expressions, faults }, files, options);
  },
});

/** Where the tables lie below a folder. */
function tableFolder(folder: string): string | undefined {
  return tablePlaces.find((place) => tables.some(([table]) => isTable(join(folder, place, table))));
}

function isTable(path: string): boolean {
  if (!existsSync(path)) return false;
  const fields = firstLine(path).split(",");
  return fields.length === columns.length && (fields[0] === columns[0] || insidePath(fields[0] as string)?.includes("/") === true);
}

function firstLine(path: string): string {
  const file = openSync(path, "r");
  try {
    const bytes = Buffer.alloc(1 << 16);
    const text = bytes.toString("latin1", 0, readSync(file, bytes, 0, bytes.length, 0));
    return (text.replace(/^\u00ef\u00bb\u00bf/, "").split(/\r?\n/)[0] ?? "").trim();
  } finally {
    closeSync(file);
  }
}

interface Table {
  readonly path: string;
  /** As faults name it. */
  readonly table: string;
  readonly images: string;
  readonly split: SplitName;
}

/** Reads a table line by line: it may be larger than a string can be. */
async function readTable(
  { path, table, images, split }: Table,
  options: ImageOptions,
  files: LabeledFile[],
  faults: Fault[],
): Promise<void> {
  const rowOf = new Map<string, number>();
  let row = -1;
  await forEachLine(`AffectNet at ${path}`, path, (bytes, start, end) => {
    const fields = bytes.toString("latin1", start, end).split(",");
    if (row === -1 && fields[0]?.endsWith("subDirectory_filePath")) {
      row = 0;
      return;
    }
    if (row === -1) row = 0;
    const read = readRow(fields, row, rowOf, options);
    if ("problem" in read) faults.push({ kind: read.kind, file: table, row, problem: read.problem, stops: read.stops });
    if (read.file !== undefined) {
      const { file, label, region, dropped } = read;
      files.push({ file: images === "." ? file : `${images}/${file}`, label, split, row, table, region, dropped });
    }
    row++;
  });
}

interface Row {
  readonly file?: string;
  readonly label?: string | undefined;
  readonly region?: Region | undefined;
  readonly dropped?: string | undefined;
}
type Faulty = Row & Pick<Fault, "kind" | "problem" | "stops">;

function readRow(fields: readonly string[], row: number, rowOf: Map<string, number>, { crop = "source" }: ImageOptions): Row | Faulty {
  if (fields.length !== columns.length)
    return { kind: "bad row", problem: `expected ${columns.length} fields, but got ${fields.length}.`, stops: true };
  const given = (fields[0] as string).trim();
  const file = insidePath(given);
  if (file === undefined)
    return {
      kind: "outside the folder",
      problem: `expected a path inside the images' folder, but got ${show(given)}.`,
      stops: true,
    };
  if (rowOf.has(file)) {
    const problem = `${file} stands in row ${rowOf.get(file)} already.`;
    return { kind: "duplicate name", problem, stops: false, file, dropped: "another row names the same image" };
  }
  rowOf.set(file, row);
  const said = affectNetLabel((fields[6] as string).trim());
  if ("problem" in said) return { kind: "unknown label", problem: said.problem, stops: true };
  if ("dropped" in said) return { file, dropped: said.dropped };
  if (crop !== "source" && crop !== "auto") return { file, label: said.label };
  const box = fields.slice(1, 5).map((field) => (field.trim() === "" ? Number.NaN : Number(field)));
  const [left, top, width, height] = box as [number, number, number, number];
  if (box.every(Number.isFinite) && width > 0 && height > 0)
    return { file, label: said.label, region: { left, top, width, height, unit: "pixels" } };
  if (crop === "auto") return { file, label: said.label }; // the face is found
  const problem = `expected a face box of four numbers with an area, but got ${show(fields.slice(1, 5).join(","))}.`;
  return { kind: "bad row", problem, stops: false, file, dropped: "the row has no face box" };
}

/** Images of the folder that no row names. */
function unlisted(root: string, images: string, files: readonly LabeledFile[], followLinks = false): Fault[] {
  if (images === ".") return [];
  const listed = new Set(files.map(({ file }) => file));
  return filesBelow(root, images, { followLinks })
    .filter((file) => readable.test(file) && !listed.has(file))
    .map((file) => ({ kind: "not listed", file, problem: "no row of training.csv or validation.csv names this image.", stops: false }));
}
