import { existsSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { DataError, refuseUnknown, show, withoutGuard } from "@semblant/core";
import { parseCsv } from "./csv.ts";
import type { Dataset } from "./dataset.ts";
import type { Fault, FaultKind } from "./fault.ts";
import { insidePath } from "./folders.ts";
import type { ImageOptions, LabeledFile } from "./labelled-images.ts";
import { imageOptionNames, surveyFiles } from "./labelled-images.ts";
import { nameOfLayout, recogniseLayout } from "./layout.ts";
import { readText } from "./read-text.ts";
import { splitNamed } from "./split-names.ts";
import type { Survey } from "./survey.ts";
import { datasetOf } from "./survey.ts";

/**
 * Images named by a table with the columns `path`, `label` and, if it likes, `split` (train, validation, test), in any
 * order beside others. Paths are relative to the table's folder and stay in it. Classes, splits and what becomes of an
 * image that cannot be decoded are as in {@link readImageFolder}.
 *
 * @param path the table, or the folder it lies in
 * @throws DataError if a row is faulty: an unknown label or split, a path named twice or outside the folder
 * @throws OptionError if an option is unknown or out of its range
 *
 * @example
 * await readLabelledTable("nowhere.csv"); // throws DataError: data at nowhere.csv: no such file or folder.
 */
export async function readLabelledTable(path: string, options: ImageOptions = {}): Promise<Dataset> {
  return datasetOf(await surveyLabelledTable(path, options));
}

/** What {@link readLabelledTable} reads, with everything that is wrong. */
export async function surveyLabelledTable(path: string, options: ImageOptions = {}): Promise<Survey> {
  refuseUnknown("readLabelledTable", options, imageOptionNames);
  const table = statSync(path, { throwIfNoEntry: false })?.isFile() ? path : tableIn(path);
  const root = dirname(table);
  const { files, faults } = readTable(table);
  if (files.length === 0 && faults.length === 0)
    throw new DataError(`labelled table at ${table}: expected at least one row below the header, but there is none.`);
  const labelSource = `${basename(table)} label`;
  const source = {
    where: "readLabelledTable",
    layout: "labelled table",
    name: `table ${basename(table)}`,
    root,
    labelSource,
    table: basename(table),
    faults,
  };
  return surveyFiles(source, files, options);
}

function tableIn(path: string): string {
  const layout = recogniseLayout(path);
  if (layout.kind === "labelled table") return layout.table;
  throw new DataError(
    `labelled table at ${path}: expected a table with the columns path,label[,split], but this is a ${nameOfLayout(layout)}.`,
  );
}

function readTable(table: string): { files: LabeledFile[]; faults: Fault[] } {
  const file = basename(table);
  const [header, ...lines] = parseCsv(table, readText(table));
  const names = (header?.fields ?? []).map((name) => name.trim().toLowerCase());
  const [path, label, split] = ["path", "label", "split"].map((name) => names.indexOf(name)) as [number, number, number];
  if (path < 0 || label < 0) {
    throw new DataError(
      `labelled table at ${table}: expected the columns path,label[,split], but got ${show(header?.fields.join(",") ?? "")}.`,
    );
  }
  const files: LabeledFile[] = [];
  const faults: Fault[] = [];
  const rowOf = new Map<string, number>();
  const readRow = (fields: readonly string[], row: number): LabeledFile | Complaint => {
    if (fields.length !== names.length) return ["bad row", `expected ${names.length} fields, but got ${fields.length}.`];
    const inside = insidePath(unguarded(dirname(table), (fields[path] as string).trim()));
    if (inside === undefined) return ["outside the folder", `expected a path inside the table's folder, but got ${show(fields[path])}.`];
    if (rowOf.has(inside)) return ["duplicate name", `${inside} stands in row ${rowOf.get(inside)} already.`];
    rowOf.set(inside, row);
    const word = withoutGuard((fields[label] as string).trim());
    if (word === "") return ["unknown label", "expected a label, but the field is empty."];
    if (split < 0) return { file: inside, label: word, split: undefined, row };
    const named = splitNamed(fields[split] as string);
    if (named !== undefined) return { file: inside, label: word, split: named, row };
    return ["bad row", `expected the split train, validation or test, but got ${show(fields[split])}.`];
  };
  lines.forEach(({ fields }, row) => {
    const read = readRow(fields, row);
    if ("file" in read) files.push(read);
    else faults.push({ kind: read[0], file, row, problem: read[1], stops: true });
  });
  return { files, faults };
}

/** The name as a spreadsheet's guard left it (`'=a.png`, as `semblant audit --csv` writes it) only where there is no such file. */
function unguarded(root: string, name: string): string {
  const bare = withoutGuard(name);
  return bare !== name && existsSync(join(root, name)) ? name : bare;
}

type Complaint = readonly [kind: FaultKind, problem: string];
