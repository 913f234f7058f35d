import { DataError, ShapeError } from "@semblant/core";
import type { LabeledImages } from "@semblant/datasets";

/** A set of images parted more finely than by its classes: what Algorithm 2 trains on after its first level. */
export interface Subclasses {
  /** (images): the sub-class of each, into `parents`. */
  readonly labels: Int32Array;
  /** (subclasses): the class that each is part of, in ascending order. */
  readonly parents: Int32Array;
  /** (subclasses): `happiness 2`. */
  readonly names: readonly string[];
  /** (images, subclasses): P(sub-class | x), rows summing to 1, where raters voted; without it the posterior is one-hot. */
  readonly known?: Float32Array;
}

/**
 * The images with sub-classes in place of classes and votes; pixels are not copied.
 *
 * @throws ShapeError if sub-classes are not one an image
 * @throws DataError if an image's sub-class is not part of its class
 *
 * @example
 * const images = new MemoryImages(Uint8Array.of(10, 20, 30), { width: 1, height: 1, channels: 1 });
 * const all = { images, labels: Int32Array.of(0, 1, 1), classes: ["neutral", "happiness"], ids: ["a", "b", "c"] };
 * const names = ["neutral 1", "happiness 1", "happiness 2"];
 * labeledBySubclass(all, { labels: Int32Array.of(0, 2, 1), parents: Int32Array.of(0, 1, 1), names }).labels; // Int32Array [0, 2, 1]
 */
export function labeledBySubclass(images: LabeledImages, { labels, parents, names, known }: Subclasses): LabeledImages {
  if (labels.length !== images.labels.length) {
    throw new ShapeError(`train: expected ${images.labels.length} sub-classes, one for each training image, but got ${labels.length}.`);
  }
  labels.forEach((s, i) => {
    const [parent, label] = [parents[s], images.labels[i] as number];
    if (parent === label) return;
    throw new DataError(`train: expected image ${i} to be in a sub-class of class ${label}, but got sub-class ${s} of class ${parent}.`);
  });
  const { votes: _votes, ...rest } = images;
  return { ...rest, labels, classes: names, ...(known && { votes: known }) };
}
