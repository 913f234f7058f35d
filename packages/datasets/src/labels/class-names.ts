import { expressionNamed } from "@semblant/core/internals";

/**
 * What two spellings of a class have in common: the expression that they mean, or the name without case, blanks around it and Unicode
 * form. `Bored`, `bored` and `bored ` are one class.
 *
 * @example
 * classKey("Bored ") === classKey("bored"); // true
 */
export function classKey(name: string): string {
  const bare = name.normalize("NFC").trim().replace(/\s+/gu, " ").toLowerCase();
  return expressionNamed(bare) ?? numberKey(bare) ?? bare;
}

/** `3`, `3.0` (as pandas writes a column of numbers with gaps) and `03` are one label. */
function numberKey(name: string): string | undefined {
  return /^\d+(\.0+)?$/.test(name) ? String(Number(name)) : undefined;
}

/**
 * The class that a word means, as its place among the classes: the same name, or else one that differs as {@link classKey} lets it; −1 if
 * there is none.
 *
 * @example
 * placeOfClass("happy", ["neutral", "happiness"]); // 1
 */
export function placeOfClass(word: string, classes: readonly string[]): number {
  const exact = classes.indexOf(word);
  return exact >= 0 ? exact : classes.findIndex((name) => classKey(name) === classKey(word));
}

/** Classes, and the spellings that were joined to make one of them. */
export interface JoinedClasses {
  /** The commonest spelling of each, sorted; numbers by their value. */
  readonly classes: readonly string[];
  /** For each class with several: what it is called now, and all that it is written as. */
  readonly joined: readonly { readonly name: string; readonly spellings: readonly string[] }[];
}

/**
 * The classes of labels as they were written, each spelling of a class joined with the others.
 *
 * @example
 * joinClasses(["Bored", "bored", "Tense", "bored"]).classes; // ["Tense", "bored"]
 */
export function joinClasses(labels: readonly string[]): JoinedClasses {
  const spellings = new Map<string, Map<string, number>>();
  for (const label of labels) {
    const key = classKey(label);
    const counts = spellings.get(key) ?? new Map<string, number>();
    counts.set(label, (counts.get(label) ?? 0) + 1);
    spellings.set(key, counts);
  }
  const named = [...spellings.values()].map((counts) => {
    const [common] = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)) as [[string, number]];
    return { name: common[0].trim(), spellings: [...counts.keys()].sort() };
  });
  named.sort((a, b) => byValue(a.name, b.name));
  return { classes: named.map(({ name }) => name), joined: named.filter((entry) => entry.spellings.length > 1) };
}

/** Numbers by their value, words by their letters. */
function byValue(a: string, b: string): number {
  const [m, n] = [a, b].map((name) => (/^\d+(\.\d+)?$/.test(name) ? Number(name) : Number.NaN)) as [number, number];
  return m - n || (a < b ? -1 : 1);
}
