import { DataError, Embeddings, show, withoutGuard } from "@semblant/core";

/**
 * The rows of a table as the Embedding Projector takes it: a line a row, tabs between, no header.
 *
 * @throws DataError if a field is no number, or lines differ in length
 */
export function readTsv(path: string, text: string): Embeddings {
  const lines = linesOf(text);
  const columns = lines[0]?.split("\t").length ?? 0;
  if (columns === 0) throw new DataError(`${path}: expected a line of numbers for each row, but it is empty.`);
  const values = new Float32Array(lines.length * columns);
  for (const [i, line] of lines.entries()) {
    const fields = line.split("\t");
    if (fields.length !== columns) throw new DataError(`${path} line ${i + 1}: expected ${columns} numbers, but got ${fields.length}.`);
    for (const [j, field] of fields.entries()) {
      const number = Number(field);
      if (field.trim() === "" || Number.isNaN(number))
        throw new DataError(`${path} line ${i + 1}: expected a number, but got ${show(field)}.`);
      values[i * columns + j] = number;
    }
  }
  return new Embeddings(values, columns);
}

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
