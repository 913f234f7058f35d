import { numberIn, OptionError, show, wholeIn } from "@semblant/core/words/internals";

/** Parsers for the values of options; each refuses in the words that {@link OptionError}s have everywhere. */

/** A whole number of at least `least`, and at most `most` where that is given. */
export function wholeNumber(name: string, least = 0, most = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = wholeIn(text);
    if (value !== undefined && value >= least && value <= most) return value;
    const range = value !== undefined && value > most ? `from ${least} to ${most}` : `of at least ${least}`;
    throw new OptionError(`--${name}: expected a whole number ${range}, but got ${show(text)}.`);
  };
}

/** A seed: a whole number of 32 bits. */
export function seedNumber(name = "seed"): (text: string) => number {
  return (text) => {
    const value = wholeIn(text);
    if (value !== undefined && value >= 0 && value <= 0xffffffff) return value;
    throw new OptionError(`--${name}: expected a whole number from 0 to ${0xffffffff}, but got ${show(text)}.`);
  };
}

/** A number above `above`. */
export function numberAbove(name: string, above = 0): (text: string) => number {
  return (text) => {
    const value = numberIn(text);
    if (value !== undefined && value > above) return value;
    throw new OptionError(`--${name}: expected a number above ${above}, but got ${show(text)}.`);
  };
}

/** A number from `low` to `high`, both included. */
export function numberFrom(name: string, low: number, high: number): (text: string) => number {
  return (text) => {
    const value = numberIn(text);
    if (value !== undefined && value >= low && value <= high) return value;
    throw new OptionError(`--${name}: expected a number from ${low} to ${high}, but got ${show(text)}.`);
  };
}

/** One of a few names. */
export function oneOf<const T extends string>(name: string, names: readonly T[]): (text: string) => T {
  return (text) => {
    const found = names.find((candidate) => candidate === text);
    if (found !== undefined) return found;
    throw new OptionError(`--${name}: expected ${names.join(", ").replace(/, ([^,]*)$/, " or $1")}, but got ${show(text)}.`);
  };
}

/** Several of a few names, with commas between. */
export function listOf<const T extends string>(name: string, names: readonly T[]): (text: string) => T[] {
  const one = oneOf(name, names);
  return (text) => text.split(",").map((word) => one(word.trim()));
}
