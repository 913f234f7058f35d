/** What a setting may be. */
export interface Rule {
  readonly expected: string;
  readonly holds: (value: unknown) => boolean;
  /** Numbers that arithmetic in float32 and memory have room for: past what any use needs. */
  readonly range?: { readonly expected: string; readonly holds: (value: number) => boolean };
  /** Whether its values are whole numbers, which are written in digits alone. */
  readonly whole?: boolean;
}

/** What is wrong with a value, as what was expected of it; undefined if nothing is. */
export function expectedOf({ expected, holds, range }: Rule, value: unknown): string | undefined {
  if (!holds(value)) return expected;
  return range !== undefined && typeof value === "number" && !range.holds(value) ? range.expected : undefined;
}

const isNumber = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value);
const between = (kind: string, low: number, high: number) => ({
  expected: `${kind} from ${low} to ${high}`,
  holds: (x: number) => x >= low && x <= high,
});

/** A number above 0, and within what float32 can reckon with. */
export const above0 = (low: number, high: number): Rule => ({
  expected: "a number above 0",
  holds: (x) => isNumber(x) && x > 0,
  range: between("a number", low, high),
});

/** A number of 0 or more, and within what float32 can reckon with. */
export const from0 = (high: number): Rule => ({
  expected: "a number of 0 or more",
  holds: (x) => isNumber(x) && x >= 0,
  range: between("a number", 0, high),
});

/** A share. */
export const share: Rule = { expected: "a number from 0 to 1", holds: (x) => isNumber(x) && x >= 0 && x <= 1 };

/** A share that is neither nothing nor all. */
export const partOf1: Rule = { expected: "a number between 0 and 1", holds: (x) => isNumber(x) && x > 0 && x < 1 };

/** A whole number of `low` or more, and within what memory and time have room for. */
export const whole = (low: number, high: number): Rule => ({
  expected: `a whole number of ${low} or more`,
  holds: (x) => Number.isSafeInteger(x) && (x as number) >= low,
  range: between("a whole number", low, high),
  whole: true,
});

/** A whole number from `low` to `high`, each of which has its meaning. */
export const wholeFrom = (low: number, high: number): Rule => ({
  expected: `a whole number from ${low} to ${high}`,
  holds: (x) => Number.isSafeInteger(x) && (x as number) >= low && (x as number) <= high,
  whole: true,
});

export const oneOf = (...names: readonly unknown[]): Rule => ({
  expected: `one of ${names.join(", ")}`,
  holds: (x) => names.includes(x),
  whole: names.every((name) => typeof name === "number"),
});
export const text: Rule = { expected: "a text", holds: (x) => typeof x === "string" && x !== "" };
export const flag: Rule = { expected: "true or false", holds: (x) => typeof x === "boolean" };
export const orNone = ({ expected, holds, range, whole = false }: Rule): Rule => ({
  expected: `${expected}, or none`,
  holds: (x) => x === null || holds(x),
  whole,
  ...(range && { range: { ...range, expected: `${range.expected}, or none` } }),
});
