import type { Embeddings } from "@semblant/core";
import { guardFormula } from "@semblant/core/internals";

/** The vectors as the Embedding Projector loads them: one line per row, tabs between, no header. */
export function tsv(X: Embeddings): string {
  const lines: string[] = [];
  for (let i = 0; i < X.rows; i++) lines.push(Array.from(X.row(i), shortest).join("\t"));
  return `${lines.join("\n")}\n`;
}

/** What is known of each row, as the Embedding Projector loads it: a header row, then one line per row. */
export function metadataTsv(X: Embeddings): string {
  const columns = Object.entries(rowFacts(X));
  const lines = [columns.map(([name]) => field(name)).join("\t")];
  for (let i = 0; i < X.rows; i++) lines.push(columns.map(([, values]) => field(values[i] as string | number)).join("\t"));
  return `${lines.join("\n")}\n`;
}

/** The Projector knows no quotes, so a tab or line end is a space; a text that a spreadsheet would run as a formula is guarded. */
function field(value: string | number): string {
  return typeof value === "number" ? String(value) : guardFormula(value).replace(/[\t\r\n]+/g, " ");
}

/**
 * One list per fact, one entry per row: `id`, `label`, `class`, `person`, `sequence`, and `votes_…` one column per
 * class, as far as known.
 */
export function rowFacts(X: Embeddings): Record<string, ArrayLike<string | number>> {
  const { ids, labels, classes, votes, people, sequences } = X;
  const C = classes?.length ?? 0;
  return {
    id: ids ?? Array.from({ length: X.rows }, (_, i) => `row ${i}`),
    ...(labels && { label: labels }),
    ...(labels && classes && { class: Array.from(labels, (label) => classes[label] as string) }),
    ...(people && { person: people }),
    ...(sequences && { sequence: sequences }),
    ...(votes &&
      classes &&
      Object.fromEntries(
        classes.map((name, c) => [`votes_${name}`, Float32Array.from({ length: X.rows }, (_, i) => votes[i * C + c] as number)]),
      )),
  };
}

/** The shortest decimal that reads back as the same 32-bit number. */
function shortest(value: number): string {
  for (let digits = 6; digits < 9; digits++) {
    const text = value.toPrecision(digits);
    if (Math.fround(Number(text)) === value) return String(Number(text));
  }
  return String(value);
}
