/** A page of the reference, as the build writes it. */
export interface ReferencePage {
  /** Its name within `reference/`, without an ending. */
  readonly name: string;
  readonly title: string;
  readonly text: string;
}

/** A table in Markdown; bars in its cells are escaped, lines are joined. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(" | ")} |`;
  return [line(head), `|${" --- |".repeat(head.length)}`, ...rows.map(line)].join("\n");
}

const cell = (text: string): string => text.replace(/\s*\n\s*/g, " ").replace(/(?<!\\)\|/g, "\\|");

/** Words that begin with a capital. */
export const capital = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;

/** Words with a capital and an end, as a sentence of a page has them. */
export function sentence(text: string): string {
  const begun = /^[a-z]+(?![\w.=])/.test(text) ? capital(text) : text;
  return /[.!?:)`]$/.test(begun) ? begun : `${begun}.`;
}
