import { basename, relative } from "node:path";
import { DataError } from "@semblant/core";
import { refuseUnknown } from "@semblant/core/internals";
import { type ImageOptions, imageOptionNames } from "../survey/image-options.ts";
import type { Survey } from "../survey/survey.ts";
import { surveyFiles } from "../survey/survey-files.ts";
import { type ReadTable, readTable } from "./read-table.ts";
import { TablePictures } from "./table-pictures.ts";

/**
 * Everything that tables of paths and labels name, good or bad.
 *
 * @param root folder that all pictures lie in
 * @param tables one, or one per split
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
  const boxes = read.some(({ retrieval }) => retrieval?.boxes === true);
  const openSet = read.some(({ retrieval }) => retrieval !== undefined);
  return surveyFiles({ ...source, openSet, pictures: boxes ? "boxed photos" : "heads" }, files, options);
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
