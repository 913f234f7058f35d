import { existsSync } from "node:fs";
import { DataError } from "@semblant/core";
import { show, withoutGuard } from "@semblant/core/internals";
import { placeOfClass } from "../labels/class-names.ts";
import { parseTable } from "../text/parse-table.ts";
import { readForeignText } from "../text/read-text.ts";
import { insidePath } from "./folders.ts";
import type { Survey, SurveyRow } from "./survey.ts";

/**
 * A survey with labels as a table corrects them, with the columns `path` (as the set names its images) and `label`;
 * other columns are passed over. An empty label leaves the image out. Splits stay as they are, so that runs with and without corrections
 * are measured on the same images. Votes of a corrected image are all for its new label.
 *
 * `semblant audit --csv` writes such tables, and a spreadsheet may have saved them again with semicolons or tabs; the
 * apostrophe with which it guards a name against spreadsheets (`'=a.png`) is taken off.
 *
 * @throws DataError if there is no such table, a column is missing, a path is not in the set or stands there twice, or a label is none of
 * the set's
 */
export function correctLabels(survey: Survey, table: string): Survey {
  const corrections = readCorrections(survey, table);
  const rowOf = new Map(survey.rows.map(({ id }, row) => [id, row]));
  for (const [path, { line }] of corrections) {
    if (!rowOf.has(path)) {
      throw new DataError(`corrections at ${table} line ${line}: expected an image of ${survey.name}, but there is no ${path}.`);
    }
  }
  const rows = survey.rows.map((row): SurveyRow => {
    const correction = corrections.get(row.id);
    if (correction === undefined || row.dropped !== undefined) return row;
    const { label } = correction;
    if (label < 0) return { ...row, label: -1, dropped: "left out by a correction" };
    const votes = row.votes && Float32Array.from(row.votes, (_, c) => (c === label ? 1 : 0));
    return { ...row, label, ...(votes && { votes }) };
  });
  return { ...survey, rows, labelSource: `${survey.labelSource}, ${corrections.size} corrected` };
}

interface Correction {
  /** The class, or −1 to leave the image out. */
  readonly label: number;
  readonly line: number;
}

function readCorrections({ classes }: Survey, table: string): Map<string, Correction> {
  const where = `corrections at ${table}`;
  if (!existsSync(table)) throw new DataError(`${where}: no such file.`);
  const [head, ...lines] = parseTable(where, readForeignText(table));
  const names = (head?.fields ?? []).map((name) => name.trim().toLowerCase());
  const [path, label] = [names.indexOf("path"), names.indexOf("label")];
  if (path < 0 || label < 0) {
    throw new DataError(`${where}: expected the columns path and label, but got ${show(head?.fields.join(",") ?? "")}.`);
  }
  const corrections = new Map<string, Correction>();
  for (const { line, fields } of lines) {
    const [file, word] = [path, label].map((column) => withoutGuard(fields[column]?.trim() ?? "")) as [string, string];
    const id = insidePath(file);
    if (id === undefined) throw new DataError(`${where} line ${line}: expected a path inside the set, but got ${show(file)}.`);
    if (corrections.has(id))
      throw new DataError(`${where} line ${line}: ${id} was corrected in line ${corrections.get(id)?.line} already.`);
    corrections.set(id, { label: word === "" ? -1 : classOf(where, line, word, classes), line });
  }
  return corrections;
}

function classOf(where: string, line: number, word: string, classes: readonly string[]): number {
  const label = placeOfClass(word, classes);
  if (label >= 0) return label;
  throw new DataError(`${where} line ${line}: expected a label of the set (${classes.join(", ")}), or none, but got ${show(word)}.`);
}
