import { statSync } from "node:fs";
import { dirname } from "node:path";
import { DataError } from "@semblant/core";
import type { Dataset } from "../dataset/dataset.ts";
import type { ImageOptions } from "../survey/image-options.ts";
import { datasetOf } from "../survey/survey.ts";
import { surveyLabelledTables } from "../tables/survey-tables.ts";
import { nameOfLayout, recogniseLayout } from "./layout.ts";

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

function tablesAt(path: string): { root: string; tables: readonly string[] } {
  const layout = recogniseLayout(path);
  if (layout.kind === "labelled table") return layout;
  throw new DataError(
    `labelled table at ${path}: expected a table with the columns path,label[,split], but this is a ${nameOfLayout(layout)}.`,
  );
}
