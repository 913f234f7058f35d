import { Embeddings } from "../embeddings/embeddings.ts";
import { DataError, ShapeError } from "../errors.ts";
import { refuseForeign } from "../metrics/label-rows.ts";

/** Embeddings of which labels and class names are known. */
export type LabeledEmbeddings = Embeddings & { readonly labels: Int32Array; readonly classes: readonly string[] };

/**
 * The class names both sets go by: those given, or else the label numbers as names.
 *
 * @throws ShapeError if the two sets differ in columns
 * @throws DataError if both name their classes, and differently
 */
export function agreedClasses(train: Embeddings, test: Embeddings): readonly string[] {
  if (train.columns !== test.columns) {
    throw new ShapeError(`evaluate: train has ${train.columns} columns but test has ${test.columns}.`);
  }
  if (train.classes && test.classes && train.classes.join("\n") !== test.classes.join("\n")) {
    throw new DataError(
      `evaluate: expected train and test to have the same classes, but got ${train.classes.join(", ")} and ${test.classes.join(", ")}.`,
    );
  }
  const named = train.classes ?? test.classes;
  if (named) return named;
  const greatest = [train, test].flatMap(({ labels }) => Array.from(labels ?? [])).reduce((most, label) => Math.max(most, label), 0);
  return Array.from({ length: greatest + 1 }, (_, c) => String(c));
}

/**
 * The set with its classes named, once everything in it can be measured.
 *
 * @throws DataError if it has fewer than 2 rows or no labels, a label is no class, or a row holds NaN or an infinite value
 */
export function labeled(name: string, X: Embeddings, classes: readonly string[]): LabeledEmbeddings {
  if (X.rows < 2) throw new DataError(`evaluate: expected at least 2 rows in ${name}, but got ${X.rows}.`);
  const { values, columns, labels, votes, ids, people, sequences } = X;
  if (labels === undefined) throw new DataError(`evaluate: expected ${name} to have labels, but it has none.`);
  refuseForeign("evaluate", `${name} labels`, labels, { classes: classes.length });
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    const rows = new Set<number>();
    for (let j = bad; j < values.length; j++) if (!Number.isFinite(values[j])) rows.add(Math.floor(j / columns));
    throw new DataError(
      `evaluate: expected finite values in ${name}, but ${rows.size} of ${X.rows} rows hold NaN or an infinite value, ` +
        `first row ${Math.floor(bad / columns)}.`,
    );
  }
  const known = { ...(votes && { votes }), ...(ids && { ids }), ...(people && { people }), ...(sequences && { sequences }) };
  const facts = { labels, classes, ...known };
  return new Embeddings(values, columns, facts) as LabeledEmbeddings;
}

/**
 * Refuses to leave out rows of another set.
 *
 * @throws ShapeError unless both are the same rows
 */
export function refuseOthers(train: Embeddings, test: Embeddings): void {
  if (train.rows === test.rows && train.values.every((value, i) => value === test.values[i])) return;
  throw new ShapeError(
    `evaluate: leaveOneOut needs train and test to be the same rows, but they are ${train.rows} and ` +
      `${test.rows}${train.rows === test.rows ? " others" : ""}.`,
  );
}
