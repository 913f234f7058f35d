import { DataError, OptionError } from "@semblant/core";
import { nearest, show } from "@semblant/core/internals";
import type { FaceRecord, FaceSet } from "../face-sets/face-set.ts";

/** What one of several words asks of a face. */
export type Meaning = { readonly negated: boolean } & (
  | { readonly kind: "class"; readonly name: string }
  | { readonly kind: "subclass"; readonly name: string; readonly index: number }
  | { readonly kind: "measured"; of(face: FaceRecord): number }
);

/** What people say for the classes' names. */
const synonyms: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    neutral: ["calm", "plain", "expressionless"],
    happiness: ["happy", "smile", "smiling", "joy", "joyful", "laughing", "cheerful", "glad"],
    surprise: ["surprised", "astonished", "amazed"],
    sadness: ["sad", "unhappy", "crying"],
    anger: ["angry", "furious", "cross"],
    disgust: ["disgusted"],
    fear: ["afraid", "fearful", "scared", "frightened"],
    contempt: ["contemptuous", "scornful"],
  }),
);

/** What is measured of a face, as a part of 1; undefined where it was not. */
const measurable: ReadonlyMap<string, (face: FaceRecord) => number | undefined> = new Map(
  Object.entries({
    "mouth open": ({ quality }) => quality.mouthOpen,
    "mouth closed": ({ quality }) => opposite(quality.mouthOpen),
    "eyes open": ({ quality }) => quality.eyesOpen,
    "eyes closed": ({ quality }) => opposite(quality.eyesOpen),
    frontal: ({ quality }) => Math.exp(-0.5 * (quality.yaw / 20) ** 2),
    sharp: ({ quality }) => quality.sharpness,
  }),
);

const opposite = (value: number | undefined) => (value === undefined ? undefined : 1 - value);

/** Whether a word is about what is measured of a face, not about a class. */
export function isMeasurable(word: string): boolean {
  return measurable.has(word);
}

/**
 * What words with commas between ask for.
 *
 * @throws OptionError if a word is not known
 * @throws DataError if what a word is about was not measured in any face of the set
 */
export function meaningOf(words: string, set: FaceSet): Meaning[] {
  const parts = words.split(",").map((part) => part.trim().toLowerCase().replace(/\s+/g, " "));
  if (parts.every((part) => part === "")) throw new OptionError(`search: expected words with commas between, but got ${show(words)}.`);
  return parts.filter((part) => part !== "").map((part) => one(part, set));
}

/** Whether every part of a text is a word that {@link meaningOf} knows for a model of these classes. */
export function areWords(text: string, classes: readonly string[]): boolean {
  return text.split(",").every((part) => {
    const word = bare(part.trim().toLowerCase().replace(/\s+/g, " "));
    return measurable.has(word) || classNamed(word.replace(/\/\d+$/, ""), classes) >= 0;
  });
}

function one(part: string, set: FaceSet): Meaning {
  const negated = /^(not|no|without) /.test(part);
  const word = bare(part);
  const measured = measurable.get(word);
  if (measured !== undefined) {
    if (set.faces.length > 0 && set.faces.every((face) => measured(face) === undefined)) {
      throw new DataError(`search: expected ${show(word)} to have been measured, but it was not in any of these faces.`);
    }
    return { kind: "measured", negated, of: (face) => measured(face) ?? 0 };
  }
  const [name = "", number] = word.split("/");
  const index = classNamed(name, set.model.classes);
  if (index < 0) throw unknownWord(part, set);
  const className = set.model.classes[index] as string;
  if (number === undefined) return { kind: "class", negated, name: className };
  const own = Array.from(set.model.kinds.parents.keys()).filter((s) => set.model.kinds.parents[s] === index);
  const subclass = own[Number(number) - 1];
  if (subclass !== undefined) return { kind: "subclass", negated, name: className, index: subclass };
  if (own.length === 1)
    throw new OptionError(`search: expected a class with sub-classes, but ${name} has none in this model, to find ${show(word)}.`);
  throw new OptionError(`search: expected a sub-class from ${name}/1 to ${name}/${own.length}, but got ${show(word)}.`);
}

function bare(part: string): string {
  return part.replace(/^(not|no|without) /, "").replace(/-looking$/, "");
}

/** The class that a word means, of these; −1 for none. */
export function classNamed(word: string, classes: readonly string[]): number {
  return classes.findIndex((name) => name.toLowerCase() === word || synonyms.get(name.toLowerCase())?.includes(word));
}

function unknownWord(part: string, { model }: FaceSet): OptionError {
  const known = [...model.classes.flatMap((name) => [name, ...(synonyms.get(name) ?? [])]), ...measurable.keys()];
  const near = nearest(part, known);
  const advice = near === undefined ? `known: ${[...model.classes, ...measurable.keys()].join(", ")}` : `did you mean ${show(near)}?`;
  return new OptionError(`search: unknown word ${show(part)}; ${advice}`);
}
