import { DataError, type RowFacts } from "@semblant/core";
import { show } from "@semblant/core/internals";

/**
 * What is known of each row, from the columns that exported embeddings have beside them: `id`, `label`, `class`, `person`, `sequence` and
 * `votes_…`.
 * Columns of other names are passed over.
 *
 * @throws DataError if labels are not whole numbers from 0, or votes no numbers
 */
export function factsOf(path: string, rows: number, columns: ReadonlyMap<string, readonly string[]>): RowFacts {
  const ids = columns.get("id");
  const [people, sequences] = [columns.get("person"), columns.get("sequence")];
  const voted = [...columns.keys()].filter((name) => name.startsWith("votes_"));
  const names = columns.get("class");
  const labels = labelsOf(path, columns.get("label"), names);
  const classes = labels && classesOf(labels, names, voted);
  const complete = classes !== undefined && voted.length === classes.length;
  return {
    ...(ids && { ids }),
    ...(people && { people }),
    ...(sequences && { sequences }),
    ...(labels && classes && { labels, classes }),
    ...(complete && {
      votes: votesOf(
        path,
        rows,
        voted.map((name) => columns.get(name) as readonly string[]),
      ),
    }),
  };
}

/** The labels, or where only classes have names, the place of each among them, sorted. */
function labelsOf(path: string, given: readonly string[] | undefined, names: readonly string[] | undefined): Int32Array | undefined {
  if (given === undefined && names === undefined) return undefined;
  if (given === undefined) {
    const order = [...new Set(names)].sort();
    return Int32Array.from(names as readonly string[], (name) => order.indexOf(name));
  }
  return Int32Array.from(given, (text, row) => {
    const label = Number(text);
    if (text.trim() !== "" && Number.isInteger(label) && label >= 0 && label < 100_000) return label;
    throw new DataError(`${path}: expected labels to be whole numbers from 0, but row ${row} has ${show(text)}.`);
  });
}

function classesOf(labels: Int32Array, names: readonly string[] | undefined, voted: readonly string[]): string[] {
  const count = labels.reduce((most, label) => Math.max(most, label + 1), 0);
  if (voted.length >= count) return voted.map((name) => name.slice("votes_".length));
  const classes = Array.from({ length: count }, (_, c) => `class ${c}`);
  for (const [row, label] of labels.entries()) if (names?.[row]) classes[label] = names[row] as string;
  return classes;
}

function votesOf(path: string, rows: number, columns: readonly (readonly string[])[]): Float32Array {
  const votes = new Float32Array(rows * columns.length);
  for (const [c, column] of columns.entries()) {
    for (const [row, text] of column.entries()) {
      const share = Number(text);
      if (text.trim() === "" || !Number.isFinite(share))
        throw new DataError(`${path}: expected votes to be numbers, but row ${row} has ${show(text)}.`);
      votes[row * columns.length + c] = share;
    }
  }
  return votes;
}
