import { parseArgs } from "node:util";

/** What `npm run torture` is told. */
export interface Options {
  /** For all checks together. */
  readonly minutes: number;
  readonly seed: number;
  /** Names of checks; all where there are none. */
  readonly only: readonly string[];
  /** A saved input, tried alone. */
  readonly again: string | undefined;
  /** Where the record is written. */
  readonly out: string | undefined;
  readonly help: boolean;
}

export const usage = `usage: npm run torture -- [options]

  --minutes N      so long new inputs are tried, by all checks together (5);
                   what the checks start from is made besides
  --hours N        the same in hours
  --seed S         of everything random (0)
  --only a,b       these checks alone
  --again FILE     try one saved input again
  --out FILE       where the record goes (torture/results/ from an hour on, else torture/found/)

What failed is saved in torture/found/. The status is 1 where anything failed.`;

/** @throws Error in words for the terminal */
export function parseOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      minutes: { type: "string", default: "5" },
      hours: { type: "string" },
      seed: { type: "string", default: "0" },
      only: { type: "string" },
      again: { type: "string" },
      out: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  const number = (name: string, text: string) => {
    const value = Number(text);
    if (text.trim() !== "" && Number.isFinite(value) && value >= 0) return value;
    throw new Error(`--${name}: expected a number of 0 or more, but got "${text}".`);
  };
  const seed = number("seed", values.seed);
  if (!Number.isInteger(seed) || seed >= 2 ** 32) throw new Error(`--seed: expected a whole number below 2^32, but got ${seed}.`);
  return {
    minutes: values.hours === undefined ? number("minutes", values.minutes) : 60 * number("hours", values.hours),
    seed,
    only: values.only?.split(",").map((name) => name.trim()) ?? [],
    again: values.again,
    out: values.out,
    help: values.help,
  };
}
