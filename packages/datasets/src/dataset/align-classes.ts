import { DataError } from "@semblant/core";
import { expressionNamed } from "@semblant/core/internals";
import { placeOfClass } from "../labels/class-names.ts";
import type { LabeledImages } from "./dataset.ts";

/**
 * Images with their labels as numbers into other classes, found by name: exactly, or
 * but for case and blanks, or as the same expression ("happy" is "happiness"). A
 * class that no image has need not be among them. Images without labels come back as they are.
 *
 * Votes are kept where every class that has any is known.
 *
 * @param classes the classes of a run
 * @param name what the error calls the images' source
 * @throws DataError if images have a class that is not among them
 *
 * @example
 * const images = new MemoryImages(Uint8Array.of(10, 20), { width: 1, height: 1, channels: 1 });
 * const two = { images, labels: Int32Array.of(0, 1), classes: ["happy", "sad"], ids: ["a", "b"] };
 * alignClasses(two, expressions, "faces/").labels; // Int32Array [1, 3]
 */
export function alignClasses(images: LabeledImages, classes: readonly string[], name: string): LabeledImages {
  if (images.classes.length === 0 || images.classes.join("\n") === classes.join("\n")) return images;
  const places = images.classes.map((word) => placeOfClass(word, classes));
  const counts = places.map(() => 0);
  for (const label of images.labels) counts[label] = (counts[label] as number) + 1;
  const strange = images.classes
    .map((word, c) => ({ word, count: counts[c] as number, c }))
    .filter(({ c, count }) => places[c] === -1 && count > 0);
  if (strange.length > 0) {
    const found = strange.map(({ word, count }) => `${JSON.stringify(word)} (${count} of ${images.labels.length})`).join(", ");
    const advice = strange.every(({ word }) => expressionNamed(word) === "contempt")
      ? "\n  To leave contempt out: data.contempt=false"
      : "";
    throw new DataError(`${name}: expected faces of the run's classes (${classes.join(", ")}), but got ${found}.${advice}`);
  }
  const votes = images.votes && alignVotes(images.votes, places, classes.length);
  const { votes: _votes, ...rest } = images;
  return { ...rest, labels: images.labels.map((label) => places[label] as number), classes, ...(votes && { votes }) };
}

/** The votes with their columns moved; undefined if some are for a class that is not there. */
function alignVotes(votes: Float32Array, places: readonly number[], classes: number): Float32Array | undefined {
  const rows = votes.length / places.length;
  const moved = new Float32Array(rows * classes);
  for (let i = 0; i < rows; i++) {
    for (const [c, place] of places.entries()) {
      const share = votes[i * places.length + c] as number;
      if (share > 0 && place === -1) return undefined;
      if (place >= 0) moved[i * classes + place] = share;
    }
  }
  return moved;
}
