import type { ImageStore } from "../images/image-store.ts";

/** Images with what is known of each: one split of a data set, or any part of one. */
export interface LabeledImages {
  readonly images: ImageStore;
  /** Class index of each image, into `classes`; −1 everywhere in a set without labels, whose `classes` are none. */
  readonly labels: Int32Array;
  /** Distribution over the classes that people gave the image: (count, classes), rows sum to 1. */
  readonly votes?: Float32Array;
  readonly classes: readonly string[];
  /** One name an image, unique within the split: a path, or `row 32298`. */
  readonly ids: readonly string[];
  /** Who is in each picture, −1 where that is not known; splits that are drawn never share a person. Names in `subjectNames`. */
  readonly subjects?: Int32Array;
  readonly subjectNames?: readonly string[];
  /** The recording that each picture is one frame or one view of, −1 where that is not known; names in `sequenceNames`. */
  readonly sequences?: Int32Array;
  readonly sequenceNames?: readonly string[];
  /** What each image is for where a table says which are queries and which their gallery; see {@link queryGallery}. */
  readonly roles?: readonly RetrievalRole[];
  /** Hidden sub-class of each image, where the truth is known (generated faces); names in `subclassNames`. */
  readonly subclasses?: Int32Array;
  readonly subclassNames?: readonly string[];
}

/** Why a row of the source is not in the data set, and how many rows share the reason. */
export interface Dropped {
  readonly split: SplitName;
  readonly reason: string;
  readonly count: number;
}

/** What an image is for in retrieval; `neither` in training. */
export type RetrievalRole = "query" | "gallery" | "both" | "neither";

export type SplitName = "train" | "validation" | "test";

/** How people are known, and in which folder those names mean them; everywhere the same where a set's own file names say it. */
export interface PeopleKnown {
  /** `CK+ file names`, `the column subject`. */
  readonly by: string;
  readonly within?: string;
}

/** A data set in its three splits; a split that the source lacks is empty (count 0). */
export interface Dataset {
  /** As results name it: `FER+`, `generated faces`, `folder faces/`. */
  readonly name: string;
  /** Where the labels come from, as results name it: `label.csv majority`. */
  readonly labelSource: string;
  readonly classes: readonly string[];
  readonly train: LabeledImages;
  readonly validation: LabeledImages;
  readonly test: LabeledImages;
  readonly dropped: readonly Dropped[];
  /** How the splits came to be, where they are not the source's own: by a seed, person by person or class by class, or all is test. */
  readonly drawn?: "by person" | "by class" | "not at all";
  /** How people are known, where any are. */
  readonly people?: PeopleKnown;
  /** What a person should know of the source, though no picture is lost by it. */
  readonly warnings?: readonly string[];
  /** Of pictures in which a face was looked for: how many there are, in which none was found, and whether these were kept, whole. */
  readonly faces?: { readonly pictures: number; readonly notFound: readonly string[]; readonly kept: boolean };
  /** The folder that decoded images were written to as the set was read; undefined where they lay there already, or nowhere. */
  readonly keptIn?: string;
  /** Training images of the source whose labels were dropped: never trained on, yet a test image may equal one. */
  readonly unusedTrain?: ImageStore;
}
