import { dirname, relative } from "node:path";
import { DataError } from "@semblant/core";
import { show, withoutGuard } from "@semblant/core/internals";
import type { SplitName } from "../dataset/dataset.ts";
import { splitNamed } from "../dataset/split-names.ts";
import type { Region } from "../images/region.ts";
import type { Fault, FaultKind } from "../survey/fault.ts";
import type { LabeledFile } from "../survey/labelled-file.ts";
import type { People } from "../survey/people.ts";
import { parseTable } from "../text/parse-table.ts";
import { readForeignText } from "../text/read-text.ts";
import { columnsExpected, type LabelledRows, labelledRows } from "./columns.ts";
import { splitOfTable } from "./find-tables.ts";
import { type RetrievalColumns, readRole, retrievalColumns } from "./retrieval-columns.ts";
import { TablePictures } from "./table-pictures.ts";

/** The rows of a table, good and bad. */
export interface ReadTable {
  readonly table: string;
  /** What the column of labels is called. */
  readonly label: string;
  readonly files: LabeledFile[];
  readonly faults: Fault[];
  /** What of the table says who is in a picture. */
  readonly peopleBy: string | undefined;
  /** Whether it says which rows are queries, and whether it says where faces are. */
  readonly retrieval: { readonly boxes: boolean } | undefined;
  /** Folder that its rows were taken from, where that is another than its own; relative to the root. */
  readonly base: string | undefined;
}

interface TableContext {
  /** Whether the table is one of several, whose names say the splits. */
  readonly several: boolean;
  readonly people: People;
}

/**
 * Reads a table of paths and labels.
 *
 * @throws DataError if it cannot be known which columns hold them
 */
export function readTable(root: string, path: string, { several, people }: TableContext): ReadTable {
  const table = relative(root, path).replaceAll("\\", "/");
  const lines = parseTable(path, readForeignText(path));
  const labelled = labelledRows(lines);
  if (labelled === undefined) {
    const header = lines[0]?.fields.join(",") ?? "";
    throw new DataError(
      `labelled table at ${path}: expected the columns path,label[,split], but got ${show(header)}.\n  ` +
        `Other names are known, too: ${columnsExpected}.`,
    );
  }
  const retrieval = retrievalColumns(`labelled table at ${path}`, labelled.names);
  const own = dirname(table) === "." ? "" : dirname(table);
  const pictures = new TablePictures(root, own);
  pictures.settle(labelled.rows.map(({ fields }) => fields[labelled.columns.path] ?? ""));
  const split = several ? splitOfTable(path) : undefined;
  const files: LabeledFile[] = [];
  const faults: Fault[] = [];
  const { subject, sequence } = people === "found" ? labelled.columns : { subject: -1, sequence: -1 };
  const read = rowReader({ ...labelled, columns: { ...labelled.columns, subject, sequence } }, pictures, { retrieval, split });
  labelled.rows.forEach(({ fields }, row) => {
    const said = read(fields, row);
    if ("file" in said) files.push({ ...said, split: said.split ?? split, table });
    else faults.push({ kind: said[0], file: table, row, problem: said[1], stops: true });
  });
  if (retrieval !== undefined) faults.push(...rolesMissing(table, files, faults));
  const base = pictures.base === own ? undefined : pictures.base;
  const nameOf = (column: number) => labelled.names?.[column]?.trim().toLowerCase();
  const said = nameOf(subject >= 0 ? subject : sequence);
  const peopleBy = said === undefined ? undefined : `the column ${said} of ${table}`;
  return {
    table,
    label: nameOf(labelled.columns.label) ?? "labels",
    files,
    faults,
    peopleBy,
    retrieval: retrieval && { boxes: retrieval.box !== undefined },
    base,
  };
}

interface RowContext {
  readonly retrieval: RetrievalColumns | undefined;
  /** The split that the table's name says. */
  readonly split: SplitName | undefined;
}

function rowReader({ names, columns, rows }: LabelledRows, pictures: TablePictures, { retrieval, split: ofTable }: RowContext) {
  const { path, label, split, subject, sequence } = columns;
  const width = names?.length ?? rows[0]?.fields.length ?? 0;
  const rowOf = new Map<string, number>();
  return (fields: readonly string[], row: number): LabeledFile | Complaint => {
    if (fields.length !== width) return ["bad row", `expected ${width} fields, but got ${fields.length}.`];
    const file = pictures.find(fields[path] as string);
    if (file === undefined) return ["outside the folder", `expected a path inside the table's folder, but got ${show(fields[path])}.`];
    const named = split < 0 ? undefined : splitNamed(fields[split] as string);
    const own = named ?? ofTable;
    const read = retrieval && readRole(fields, retrieval, own === undefined ? undefined : own === "train");
    // Several faces of one picture are several rows with a box each.
    const boxed = typeof read === "object" && read.region !== undefined ? `${file} ${boxWords(read.region)}` : file;
    if (rowOf.has(boxed)) return ["duplicate name", `${boxed} stands in row ${rowOf.get(boxed)} already.`];
    const id = rowOf.has(file) ? boxed : file;
    rowOf.set(boxed, row).set(file, rowOf.get(file) ?? row);
    const word = withoutGuard((fields[label] as string).trim());
    if (word === "") return ["unknown label", "expected a label, but the field is empty."];
    if (split >= 0 && named === undefined)
      return ["bad row", `expected the split train, validation or test, but got ${show(fields[split])}.`];
    if (typeof read === "string") return ["bad row", read];
    const said = { file, label: word, split: named, row, ...(id !== file && { id }), ...who(fields[subject], fields[sequence]) };
    if (read === undefined) return said;
    return { ...said, split: own ?? (read.role === "neither" ? "train" : "test"), ...read };
  };
}

const boxWords = ({ left, top, width, height }: Region): string => `${left},${top},${left + width},${top + height}`;

/** A table that says which rows are queries has some, and a gallery, unless all is training. */
function rolesMissing(table: string, files: readonly LabeledFile[], faults: readonly Fault[]): Fault[] {
  const roles = new Set(files.map(({ role }) => role));
  roles.delete("neither");
  if (roles.size === 0 || faults.length > 0 || roles.has("both") || roles.size === 2) return [];
  const [flag, what] = roles.has("gallery") ? ["is_query", "query"] : ["is_gallery", "face of the gallery"];
  return [{ kind: "bad row", file: table, problem: `expected at least one ${what} (${flag} is True), but there is none.`, stops: true }];
}

/** Who is in a picture, and of which recording of that person it is; an empty field says nothing. */
function who(subject = "", sequence = ""): Pick<LabeledFile, "subject" | "sequence"> {
  const [person, recording] = [withoutGuard(subject.trim()), withoutGuard(sequence.trim())];
  return {
    ...(person !== "" && { subject: person }),
    ...(recording !== "" && { sequence: person === "" ? recording : `${person} ${recording}` }),
  };
}

type Complaint = readonly [kind: FaultKind, problem: string];
