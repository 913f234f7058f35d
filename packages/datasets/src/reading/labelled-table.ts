import { statSync } from "node:fs";
import { basename, dirname, relative } from "node:path";
import { DataError, refuseUnknown, show, withoutGuard } from "@semblant/core";
import { columnsExpected, type LabelledRows, labelledRows } from "../tables/columns.ts";
import { splitOfTable } from "../tables/find-tables.ts";
import { parseTable } from "../tables/parse-table.ts";
import { TablePictures } from "../tables/table-pictures.ts";
import type { Dataset } from "./dataset.ts";
import type { Fault, FaultKind } from "./fault.ts";
import { type ImageOptions, imageOptionNames, type LabeledFile, surveyFiles } from "./labelled-images.ts";
import { nameOfLayout, recogniseLayout } from "./layout.ts";
import type { People } from "./people.ts";
import { readForeignText } from "./read-text.ts";
import { splitNamed } from "./split-names.ts";
import { datasetOf, type Survey } from "./survey.ts";

/**
 * Images named by a table with the columns `path`, `label` and, if it likes, `split` (train, validation, test), in any
 * order beside others. Classes, splits and what becomes of an image that cannot be decoded are as in {@link readImageFolder}.
 *
 * Tables of other programs are read as they come: commas, semicolons, tabs, bars or blanks between the fields; UTF-8, UTF-16 or
 * Windows-1252; columns of other names (`filename`, `image` …; `emotion`, `expression`, `class` …), or none where the first line names a
 * picture. Paths are relative to the table's folder, or to another one in which all pictures lie, or absolute; they stay in the folder.
 * Columns that say who is in a picture (`subject`, `person` …) or of which recording it is (`sequence`, `video` …) are read, too.
 *
 * @param path the table, or the folder it lies in
 * @throws DataError if a row is faulty: an unknown label or split, a path named twice or outside the folder
 * @throws OptionError if an option is unknown or out of its range
 *
 * @example
 * await readLabelledTable("nowhere.csv"); // throws DataError: data at nowhere.csv: no such file or folder.
 */
export async function readLabelledTable(path: string, options: ImageOptions = {}): Promise<Dataset> {
  const isTable = statSync(path, { throwIfNoEntry: false })?.isFile() === true;
  const { root, tables } = isTable ? { root: dirname(path), tables: [path] } : tablesAt(path);
  return datasetOf(await surveyLabelledTables(root, tables, options));
}

/**
 * What {@link readLabelledTable} reads, with everything that is wrong.
 *
 * @param root folder that all pictures lie in
 * @param tables one, or one a split
 */
export async function surveyLabelledTables(root: string, tables: readonly string[], options: ImageOptions = {}): Promise<Survey> {
  refuseUnknown("readLabelledTable", options, imageOptionNames);
  const read = tables.map((table) => readTable(root, table, { several: tables.length > 1, people: options.people ?? "found" }));
  const [files, faults] = [read.flatMap((table) => table.files), read.flatMap((table) => table.faults)];
  if (files.length === 0 && faults.length === 0)
    throw new DataError(`labelled table at ${tables[0]}: expected at least one row below the header, but there is none.`);
  const names = tables.map((table) => basename(table));
  const source = {
    where: "readLabelledTable",
    layout: "labelled table",
    name: `table ${names.join(", ")}`,
    root,
    labelSource: `${names.join(", ")} ${read[0]?.label}`,
    table: relative(root, tables[0] as string),
    faults,
    warnings: [...read.flatMap(({ base, table }) => baseWarning(base, table)), ...unnamed(root, read, names)],
    peopleBy: read.find(({ peopleBy }) => peopleBy !== undefined)?.peopleBy,
  };
  return surveyFiles({ ...source, pictures: "heads" }, files, options);
}

function tablesAt(path: string): { root: string; tables: readonly string[] } {
  const layout = recogniseLayout(path);
  if (layout.kind === "labelled table") return layout;
  throw new DataError(
    `labelled table at ${path}: expected a table with the columns path,label[,split], but this is a ${nameOfLayout(layout)}.`,
  );
}

interface ReadTable {
  readonly table: string;
  /** What the column of labels is called. */
  readonly label: string;
  readonly files: LabeledFile[];
  readonly faults: Fault[];
  /** What of the table says who is in a picture. */
  readonly peopleBy: string | undefined;
  /** Folder that its rows were taken from, where that is another than its own; relative to the root. */
  readonly base: string | undefined;
}

interface TableContext {
  /** Whether the table is one of several, whose names say the splits. */
  readonly several: boolean;
  readonly people: People;
}

function readTable(root: string, path: string, { several, people }: TableContext): ReadTable {
  const table = relative(root, path).replaceAll("\\", "/");
  const lines = parseTable(path, readForeignText(path));
  const labelled = labelledRows(lines);
  if (labelled === undefined) {
    const header = lines[0]?.fields.join(",") ?? "";
    throw new DataError(
      `labelled table at ${path}: expected the columns path,label[,split], but got ${show(header)}.\n  Other names are known, too: ${columnsExpected}.`,
    );
  }
  const own = dirname(table) === "." ? "" : dirname(table);
  const pictures = new TablePictures(root, own);
  pictures.settle(labelled.rows.map(({ fields }) => fields[labelled.columns.path] ?? ""));
  const split = several ? splitOfTable(path) : undefined;
  const files: LabeledFile[] = [];
  const faults: Fault[] = [];
  const { subject, sequence } = people === "found" ? labelled.columns : { subject: -1, sequence: -1 };
  const read = rowReader({ ...labelled, columns: { ...labelled.columns, subject, sequence } }, pictures);
  labelled.rows.forEach(({ fields }, row) => {
    const said = read(fields, row);
    if ("file" in said) files.push({ ...said, split: said.split ?? split, table });
    else faults.push({ kind: said[0], file: table, row, problem: said[1], stops: true });
  });
  const base = pictures.base === own ? undefined : pictures.base;
  const nameOf = (column: number) => labelled.names?.[column]?.trim().toLowerCase();
  const said = nameOf(subject >= 0 ? subject : sequence);
  const peopleBy = said === undefined ? undefined : `the column ${said} of ${table}`;
  return { table, label: nameOf(labelled.columns.label) ?? "labels", files, faults, peopleBy, base };
}

function rowReader({ names, columns, rows }: LabelledRows, pictures: TablePictures) {
  const { path, label, split, subject, sequence } = columns;
  const width = names?.length ?? rows[0]?.fields.length ?? 0;
  const rowOf = new Map<string, number>();
  return (fields: readonly string[], row: number): LabeledFile | Complaint => {
    if (fields.length !== width) return ["bad row", `expected ${width} fields, but got ${fields.length}.`];
    const file = pictures.find(fields[path] as string);
    if (file === undefined) return ["outside the folder", `expected a path inside the table's folder, but got ${show(fields[path])}.`];
    if (rowOf.has(file)) return ["duplicate name", `${file} stands in row ${rowOf.get(file)} already.`];
    rowOf.set(file, row);
    const word = withoutGuard((fields[label] as string).trim());
    if (word === "") return ["unknown label", "expected a label, but the field is empty."];
    const said = { file, label: word, split: undefined, row, ...who(fields[subject], fields[sequence]) };
    if (split < 0) return said;
    const named = splitNamed(fields[split] as string);
    if (named !== undefined) return { ...said, split: named };
    return ["bad row", `expected the split train, validation or test, but got ${show(fields[split])}.`];
  };
}

/** Who is in a picture, and of which recording of that person it is; an empty field says nothing. */
function who(subject = "", sequence = ""): Pick<LabeledFile, "subject" | "sequence"> {
  const [person, recording] = [withoutGuard(subject.trim()), withoutGuard(sequence.trim())];
  return {
    ...(person !== "" && { subject: person }),
    ...(recording !== "" && { sequence: person === "" ? recording : `${person} ${recording}` }),
  };
}

function baseWarning(base: string | undefined, table: string): string[] {
  if (base === undefined) return [];
  return [`the rows of ${table} are taken from ${base === "" ? "the folder itself" : `${base}/`}, where their pictures lie.`];
}

/** How many pictures no row names, in the folders of those that are named. */
function unnamed(root: string, read: readonly ReadTable[], names: readonly string[]): string[] {
  const named = new Set(read.flatMap(({ files }) => files.map(({ file }) => file)));
  const left = new TablePictures(root).left(named);
  if (left.length === 0) return [];
  const count = left.length === 1 ? "1 picture has" : `${left.length.toLocaleString("en-US")} pictures have`;
  const [verb, more] = left.length === 1 ? ["is", ""] : ["are", " ..."];
  return [`${count} no row in ${names.join(", ")} and ${verb} left out: ${left[0]}${more}`];
}

type Complaint = readonly [kind: FaultKind, problem: string];
