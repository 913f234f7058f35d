import { DataError, OptionError } from "@semblant/core";
import { expressionNamed, show } from "@semblant/core/internals";
import { classNamed } from "./search-words.ts";
import { refuseUnaskable } from "./teachable-name.ts";

/** Fewer faces of a class than this say nothing of it. */
export const leastFaces = 3;

/** What labels mean: classes of the model, and new ones. */
export interface LabelClasses {
  /** The model's in its order, then the new ones. */
  readonly classes: readonly string[];
  /** (labels): the class of each. */
  readonly labels: Int32Array;
  readonly added: readonly string[];
}

/**
 * The class that each label means. What the model does not know is refused, unless it is named as a new class.
 *
 * @param newClasses labels that are new classes, or `all` that the model does not know
 * @throws DataError if the model does not know a label, there are fewer than 3 faces of a class, or all labels mean one class
 * @throws OptionError if a new class has no label, is a class of the model's, or has a name that no search can ask for
 */
export function classesOfLabels(
  where: string,
  given: readonly string[],
  known: readonly string[],
  newClasses: readonly string[] | "all" = [],
): LabelClasses {
  const words = [...new Set(given)].sort();
  const strange = words.filter((word) => classOfLabel(word, known) < 0);
  const wanted = newClasses === "all" ? strange : newClasses.map((name) => wordNamed(where, name, { words, strange, known }));
  const newOnes = new Map(wanted.map((word) => [folded(word), word.trim()])); // "Smirk" and "smirk" are one class
  const left = strange.filter((word) => !newOnes.has(folded(word)));
  if (left.length > 0) throw unknownLabels(where, left, given, known);
  const added = [...newOnes.values()];
  for (const name of added) refuseUnaskable(where, name);
  const classes = [...known, ...added];
  const classOf = new Map(words.map((word) => [word, classes.indexOf(newOnes.get(folded(word)) ?? "")]));
  for (const [word, c] of classOf) if (c < 0) classOf.set(word, classOfLabel(word, known));
  const labels = Int32Array.from(given, (word) => classOf.get(word) as number);
  refuseFew(where, labels, classes);
  return { classes, labels, added };
}

/** The class that a label means, in whichever of its spellings; −1 for none. */
export function classOfLabel(label: string, classes: readonly string[]): number {
  const word = folded(label);
  const found = classNamed(word, classes);
  return found >= 0 ? found : classNamed(expressionNamed(word) ?? word, classes);
}

function wordNamed(
  where: string,
  name: string,
  { words, strange, known }: { readonly words: readonly string[]; readonly strange: readonly string[]; readonly known: readonly string[] },
): string {
  const word = words.find((one) => one === name) ?? words.find((one) => folded(one) === folded(name));
  const own = known[classOfLabel(word ?? name, known)];
  if (own !== undefined) throw new OptionError(`${where}: expected a new class, but ${show(name)} is ${own} already.`);
  if (word !== undefined) return word;
  const there = strange.length > 0 ? `one of the labels that the model does not know (${strange.join(", ")})` : "a label of these faces";
  throw new OptionError(`${where}: expected the new class to be ${there}, but got ${show(name)}.`);
}

function unknownLabels(where: string, left: readonly string[], given: readonly string[], known: readonly string[]): DataError {
  const counted = left.map((word) => `${show(word)} (${facesOf(given.filter((one) => one === word).length)})`);
  const plain = left.every((word) => /^[\p{L}\p{N}_-]+$/u.test(word));
  return new DataError(
    `${where}: expected labels that the model knows (${known.join(", ")}), but got ${inWords(counted)}.\n` +
      `  To take ${left.length === 1 ? "it as a new class" : "them as new classes"}: --new ${plain ? left.join(",") : "all"}`,
  );
}

function refuseFew(where: string, labels: Int32Array, classes: readonly string[]): void {
  const sizes = classes.map((_, c) => labels.reduce((n, label) => n + Number(label === c), 0));
  const few = classes.flatMap((name, c) => {
    const n = sizes[c] as number;
    return n > 0 && n < leastFaces ? [`${name} has ${n}`] : [];
  });
  if (few.length > 0) {
    throw new DataError(
      `${where}: expected at least ${leastFaces} faces per class, but ${inWords(few)}.\n  Label more of them, or leave them out.`,
    );
  }
  const present = classes.filter((_, c) => (sizes[c] as number) > 0);
  if (present.length < 2) throw new DataError(`${where}: expected faces of at least 2 classes, but all are ${present[0] ?? "none"}.`);
}

const folded = (word: string) => word.trim().toLowerCase();
const facesOf = (n: number) => `${n} ${n === 1 ? "face" : "faces"}`;
const inWords = (list: readonly string[]) => (list.length < 2 ? list.join("") : `${list.slice(0, -1).join(", ")} and ${list.at(-1)}`);
