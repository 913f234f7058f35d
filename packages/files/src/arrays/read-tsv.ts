import { DataError, Embeddings } from "@semblant/core";
import { show, withoutGuard } from "@semblant/core/internals";
import { singlePrecision } from "./single-precision.ts";

/**
 * The rows of a table as the Embedding Projector takes it: one line per row, tabs between. A first line of words alone
 * is a header and passed over, as pandas writes it.
 *
 * @throws DataError if a field is no number, or not finite in float32, or lines differ in length
 */
export function readTsv(path: string, text: string): Embeddings {
  const lines = linesOf(text);
  const first = isHeader(lines[0] ?? "") ? 1 : 0;
  const columns = lines[0]?.split("\t").length ?? 0;
  if (columns === 0) throw new DataError(`${path}: expected a line of numbers for each row, but it is empty.`);
  if (lines.length === first) throw new DataError(`${path}: expected rows below its header, but it has none.`);
  const values = new Float32Array((lines.length - first) * columns);
  for (const [i, line] of lines.entries()) {
    if (i < first) continue;
    const fields = line.split("\t");
    if (fields.length !== columns) throw new DataError(`${path} line ${i + 1}: expected ${columns} numbers, but got ${fields.length}.`);
    for (const [j, field] of fields.entries()) {
      const number = Number(field);
      if (field.trim() === "" || (Number.isNaN(number) && !isMissing(field))) {
        throw new DataError(`${path} line ${i + 1}: expected a number, but got ${show(field)}.${indexAdvice(lines[0] as string)}`);
      }
      values[(i - first) * columns + j] = singlePrecision(path, i - first, number, field.trim());
    }
  }
  return new Embeddings(values, columns);
}

/** Whether a line has words for all columns, none of which could stand for a number. */
function isHeader(line: string): boolean {
  return line.split("\t").every((field) => field.trim() !== "" && Number.isNaN(Number(field)) && !isMissing(field));
}

/** What other programs write for a number that is not there or not finite. */
const isMissing = (field: string) => /^[-+]?(nan|inf|infinity|na|n\/a|none|null)$/i.test(field.trim());

/** pandas leaves the name of its index empty. */
const indexAdvice = (first: string) =>
  first.startsWith("\t")
    ? '\n  Its first column is an index. From pandas, leave it out: to_csv(path, sep="\\t", index=False, header=False)'
    : "";

/**
 * The columns of the table beside vectors, by their names in its first line.
 *
 * @throws DataError if it has another number of rows
 */
export function readMetadata(path: string, text: string, rows: number): Map<string, string[]> {
  const [head = "", ...lines] = linesOf(text);
  if (lines.length !== rows) throw new DataError(`${path}: expected a head and ${rows} rows, as beside it, but got ${lines.length} rows.`);
  const cells = lines.map((line) => line.split("\t"));
  return new Map(head.split("\t").map((name, j) => [withoutGuard(name), cells.map((row) => withoutGuard(row[j] ?? ""))]));
}

function linesOf(text: string): string[] {
  const lines = text.replace(/^\ufeff/, "").split(/\r?\n/);
  return lines.at(-1) === "" ? lines.slice(0, -1) : lines;
}
