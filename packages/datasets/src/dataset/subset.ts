import { selectImages } from "../images/select.ts";
import type { LabeledImages, RetrievalRole } from "./dataset.ts";

/**
 * The rows asked for, in that order, with everything that is known of them. Pixels are not copied.
 *
 * @throws ShapeError when an image is read whose row is not there
 *
 * @example
 * const images = new MemoryImages(Uint8Array.of(10, 20, 30), { width: 1, height: 1, channels: 1 });
 * const all = { images, labels: Int32Array.of(0, 1, 1), classes: ["neutral", "happiness"], ids: ["a", "b", "c"] };
 * subset(all, [2, 0]).ids; // ["c", "a"]
 */
export function subset(images: LabeledImages, rows: ArrayLike<number>): LabeledImages {
  const kept = Int32Array.from(rows);
  const { labels, votes, ids, subjects, subjectNames, sequences, sequenceNames, subclasses, subclassNames, classes, roles } = images;
  const C = classes.length;
  const pick = (values: Int32Array): Int32Array => kept.map((row) => values[row] as number);
  const pickVotes = (all: Float32Array): Float32Array =>
    Float32Array.from({ length: kept.length * C }, (_, i) => all[(kept[Math.floor(i / C)] as number) * C + (i % C)] as number);
  return {
    images: selectImages(images.images, kept),
    labels: pick(labels),
    ...(votes && { votes: pickVotes(votes) }),
    classes,
    ids: Array.from(kept, (row) => ids[row] as string),
    ...(subjects && { subjects: pick(subjects) }),
    ...(subjectNames && { subjectNames }),
    ...(sequences && { sequences: pick(sequences) }),
    ...(sequenceNames && { sequenceNames }),
    ...(roles && { roles: Array.from(kept, (row) => roles[row] as RetrievalRole) }),
    ...(subclasses && { subclasses: pick(subclasses) }),
    ...(subclassNames && { subclassNames }),
  };
}
