/** Half of the persons of a set choose, half report: those of odd, and those of even number. */
import { Embeddings } from "@semblant/core";

/** The rows of the persons of odd (1) or even (0) number; the number is in the digits of the person's name. */
export function half(X: Embeddings, parity: 0 | 1): Embeddings {
  const people = X.people as readonly string[];
  return X.take([...people.keys()].filter((i) => Number((people[i] as string).replace(/\D/g, "")) % 2 === parity));
}

/** The same rows, labelled by the model's classes. */
export function byClasses(X: Embeddings, classes: readonly string[]): Embeddings {
  const names = X.classes as readonly string[];
  const labels = Int32Array.from(X.labels as Int32Array, (c) => classes.indexOf(names[c] as string));
  return new Embeddings(X.values, X.columns, { labels, classes, ...(X.people && { people: X.people }) });
}
