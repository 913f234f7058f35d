import { printable } from "./printable.ts";

/**
 * A table in plain text: the first column to the left, the others to the right, two spaces between. A cell stays on its line, whatever a
 * name in it holds.
 *
 * @example
 * formatTable([["", "Acc"], ["SGM", "84.1"]]); // "      Acc\nSGM  84.1"
 */
export function formatTable(given: readonly (readonly string[])[]): string {
  const rows = given.map((row) => row.map((cell) => printable(cell)));
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, j) => Math.max(...rows.map((row) => row[j]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, j) => (j === 0 ? cell.padEnd(widths[j] as number) : cell.padStart(widths[j] as number)))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
