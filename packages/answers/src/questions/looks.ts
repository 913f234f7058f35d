import { DataError, OptionError } from "@semblant/core";
import { nearest, show } from "@semblant/core/internals";
import type { Box } from "@semblant/faces";
import { answersFor, type FaceAnswer } from "../face-sets/face-answers.ts";
import type { FaceRecord, FaceSet, NamedFaces, NamedPhoto, SetModel } from "../face-sets/face-set.ts";
import { classNamed } from "./search-words.ts";

const adjectives: ReadonlyMap<string, string> = new Map(
  Object.entries({
    happiness: "happy",
    surprise: "surprised",
    sadness: "sad",
    anger: "angry",
    disgust: "disgusted",
    fear: "fearful",
    contempt: "contemptuous",
  }),
);

/**
 * How a face of a class looks, in words: what can be seen, never what a person feels.
 *
 * @example
 * lookOf("happiness"); // "happy-looking"
 * lookOf("bored"); // "bored-looking"
 */
export function lookOf(className: string): string {
  return `${adjectives.get(className) ?? className}-looking`;
}

/** A face as answers name it. */
export interface LookedAt {
  /** Its id. */
  readonly face: number;
  readonly photo: number;
  readonly path: string;
  readonly box: Box;
  /** The class it was corrected to, or else the most probable one. */
  readonly expression: string;
  /** Of that class; 1 where it was corrected. */
  readonly probability: number;
  readonly verdict: "corrected" | FaceAnswer["verdict"];
}

/** What a set's faces look like, row by row: what people said, or else what the model says. */
export interface Looks {
  readonly faces: readonly LookedAt[];
  readonly answers: readonly FaceAnswer[];
  /** P(class) of a face; 1 or 0 where it was corrected. */
  probability(row: number, className: string): number;
}

/** Asks the model of every face of a set, once; `together` discounts what it says where the set is unlike what it learned from. */
export function looksOf(set: NamedFaces, options?: { readonly together?: boolean }): Looks {
  const { model, faces, embeddings } = set;
  const answers = answersFor(faces, embeddings, model, options);
  const looked = faces.map((face, row): LookedAt => {
    const { distribution, verdict } = answers[row] as FaceAnswer;
    const most = distribution.indexOf(Math.max(...distribution));
    const { id, photo, box, label } = face;
    return {
      face: id,
      photo,
      path: photoOf(set, face).path,
      box,
      expression: label ?? (model.classes[most] as string),
      probability: label === undefined ? (distribution[most] as number) : 1,
      verdict: label === undefined ? verdict : "corrected",
    };
  });
  return {
    faces: looked,
    answers,
    probability(row, className) {
      const label = faces[row]?.label;
      if (label !== undefined) return label === className ? 1 : 0;
      return answers[row]?.distribution[model.classes.indexOf(className)] ?? 0;
    },
  };
}

/** The photo of a face. */
export function photoOf<P extends NamedPhoto>(set: Pick<NamedFaces<P>, "photos">, face: Pick<FaceRecord, "id" | "photo">): P {
  const photo = set.photos.get(face.photo);
  if (photo === undefined) throw new DataError(`faces: expected the photo of face ${face.id}, but ${face.photo} is not in the set.`);
  return photo;
}

/**
 * The class that a word means: its name, or what people say for it.
 *
 * @throws OptionError if it means none of the model's
 */
export function classOfWord(where: string, name: string, word: string, { classes }: Pick<SetModel, "classes">): string {
  const index = classNamed(
    word
      .trim()
      .toLowerCase()
      .replace(/-looking$/, ""),
    classes,
  );
  if (index >= 0) return classes[index] as string;
  const near = nearest(word, classes);
  const advice = near === undefined ? `known: ${classes.join(", ")}.` : `did you mean ${show(near)}?`;
  throw new OptionError(`${where}: expected ${name} to be an expression of the model, but got ${show(word)}; ${advice}`);
}

/** Refuses a set without faces. */
export function refuseEmpty(where: string, set: FaceSet): void {
  if (set.faces.length > 0) return;
  const photos = set.photos.size === 1 ? "1 photo" : `${set.photos.size} photos`;
  throw new DataError(`${where}: expected faces, but none was found in ${photos} of ${set.root}.`);
}
