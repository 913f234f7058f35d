import type { RowFacts } from "@semblant/core";
import type { LabeledImages } from "./dataset.ts";

/**
 * What is known of each image, as its row in a learned space has it: id; label, votes and classes where there are labels; person and
 * sequence by their names, where they are known.
 *
 * @example
 * const images = new MemoryImages(Uint8Array.of(10, 20), { width: 1, height: 1, channels: 1 });
 * rowFacts({ images, labels: Int32Array.of(-1, -1), classes: [], ids: ["a", "b"] }).ids; // ["a", "b"]
 */
export function rowFacts({ ids, labels, votes, classes, subjects, subjectNames, sequences, sequenceNames }: LabeledImages): RowFacts {
  const nameOf = (names: readonly string[] | undefined, kind: string) => (n: number) => (n < 0 ? "" : (names?.[n] ?? `${kind} ${n}`));
  return {
    ids,
    ...(classes.length > 0 && { labels, classes, ...(votes && { votes }) }),
    ...(subjects && { people: Array.from(subjects, nameOf(subjectNames, "person")) }),
    ...(sequences && { sequences: Array.from(sequences, nameOf(sequenceNames, "sequence")) }),
  };
}
