import type { DomainShift } from "@semblant/core";
import { measureShift } from "@semblant/core/internals";
import type { NamedFaces, SetModel } from "../face-sets/face-set.ts";

/** Faces that are looked at, evenly taken from a larger set. */
export const enoughFaces = 2000;

/**
 * How unlike the faces that its model learned from a set is, and how many names are likely to be right. Undefined for fewer than 10
 * upright faces, and for a model whose card does not say what its own faces are like.
 */
export function shiftOf({ faces, embeddings, model }: Pick<NamedFaces, "faces" | "embeddings" | "model">): DomainShift | undefined {
  const reference = shiftReferenceOf(model);
  if (reference === undefined) return undefined;
  const upright = [...faces.keys()].filter((row) => !faces[row]?.turned);
  const take = Math.min(upright.length, enoughFaces);
  const some = Array.from({ length: take }, (_, k) => upright[Math.floor((k * upright.length) / take)] as number);
  return some.length === 0 ? undefined : measureShift(embeddings.take(some), model, reference)?.shift;
}

/** The figures of a model's card. */
export const shiftReferenceOf = ({ card }: Pick<SetModel, "card">) => card.shift;

/**
 * For a person: that faces are unlike those that the model learned from, and what to do; undefined where they are not.
 *
 * @example
 * unlikeInWords({ faces: 40, distance: 0.3, spread: 0.4, expected: 0.617, unlike: true })?.split("\n")[0];
 * // "These faces are unlike those that the model learned from: expect about 60 % of the names to be right."
 */
export function unlikeInWords(shift: DomainShift | undefined): string | undefined {
  if (shift?.unlike !== true) return undefined;
  return (
    `These faces are unlike those that the model learned from: expect about ${5 * Math.round(20 * shift.expected)} ` +
    `% of the names to be right.\n` +
    "  Label 5 faces per class, in folders named by it (happy/a.jpg), and run: semblant adapt LABELLED/ --out mine.json\n" +
    "  If they are posed, --model posed may do."
  );
}
