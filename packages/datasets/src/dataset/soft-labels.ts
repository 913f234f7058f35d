import { existsSync } from "node:fs";
import { DataError } from "@semblant/core";
import { show, withoutGuard } from "@semblant/core/internals";
import { parseTable } from "../text/parse-table.ts";
import { readForeignText } from "../text/read-text.ts";
import type { Dataset, LabeledImages } from "./dataset.ts";

/**
 * A data set whose training images are taught by the distributions of a table in place of votes: comma-separated, with the column
 * `path` (as the set names its images) and one per class. Rows are scaled to sum to 1. Images that the table passes over keep their
 * votes, or their label alone. Labels stay as they are, and so do validation and test, so that runs with and without soft labels are
 * measured alike.
 *
 * `semblant soft-labels` writes such tables from networks that are trained already, for a smaller one to learn from (Hinton, Vinyals and
 * Dean 2015, knowledge distillation, at temperature 1).
 *
 * @throws DataError if there is no such table, a column is missing, a path is no training image or stands there twice, or a row is no
 * distribution
 */
export function softenLabels(data: Dataset, table: string): Dataset {
  const { train, classes } = data;
  const rowOf = new Map(train.ids.map((id, row) => [id, row]));
  const votes = votesOf(train);
  let softened = 0;
  for (const { line, id, distribution } of readSoftLabels(classes, table)) {
    const row = rowOf.get(id);
    if (row === undefined) {
      const expected = `expected a training image of ${data.name}, but there is no ${id}, or it stands there twice.`;
      throw new DataError(`soft labels at ${table} line ${line}: ${expected}`);
    }
    rowOf.delete(id);
    votes.set(distribution, row * classes.length);
    softened++;
  }
  return { ...data, labelSource: `${data.labelSource}, ${softened} soft`, train: { ...train, votes } };
}

/** A copy of the votes, or of the labels as votes: (count, classes). */
function votesOf({ votes, labels, classes }: LabeledImages): Float32Array {
  if (votes !== undefined) return votes.slice();
  const certain = new Float32Array(labels.length * classes.length);
  for (const [row, label] of labels.entries()) certain[row * classes.length + label] = 1;
  return certain;
}

interface SoftLabel {
  readonly line: number;
  readonly id: string;
  readonly distribution: readonly number[];
}

function* readSoftLabels(classes: readonly string[], table: string): Generator<SoftLabel> {
  const where = `soft labels at ${table}`;
  if (!existsSync(table)) throw new DataError(`${where}: no such file.`);
  const [head, ...lines] = parseTable(where, readForeignText(table));
  const names = (head?.fields ?? []).map((name) => withoutGuard(name.trim()));
  const columns = ["path", ...classes].map((name) => names.indexOf(name));
  if (columns.includes(-1)) {
    const expected = ["path", ...classes].join(", ");
    throw new DataError(`${where}: expected the columns ${expected}, but got ${show(head?.fields.join(",") ?? "")}.`);
  }
  for (const { line, fields } of lines) {
    const [guarded = "", ...parts] = columns.map((column) => fields[column]?.trim() ?? "");
    const id = withoutGuard(guarded);
    const values = parts.map((part) => (part === "" ? Number.NaN : Number(part)));
    const sum = values.reduce((total, value) => total + value, 0);
    if (!values.every((value) => value >= 0) || !(sum > 0 && sum < Infinity)) {
      throw new DataError(`${where} line ${line}: expected shares of 0 or more, one a class, but got ${parts.join(", ")}.`);
    }
    yield { line, id, distribution: values.map((value) => value / sum) };
  }
}
