import { OptionError, show } from "@semblant/core/words/internals";
import type { CommandOption } from "../terminal/declaration.ts";

/**
 * The arguments of a command that say how its data is read, before anything is loaded.
 *
 * @param before the arguments that come first, as the error names them
 * @throws OptionError if one of them is not of the form `data.name=value`
 */
export function dataOverrides(command: string, before: string, given: readonly string[]): readonly string[] {
  const stray = given.find((argument) => !isDataSetting(argument));
  if (stray === undefined) return given;
  throw new OptionError(
    `${command}: expected ${before} and settings like data.crop=whole, but got ${show(stray)}.\n  See: semblant ${command} --help`,
  );
}

/** The data that a command names after a run, which may be left out, and how it is read. */
export interface DataAndOverrides {
  readonly data?: string;
  readonly overrides: readonly string[];
}

/** The data that a run or model is asked about, by the name that other commands have for it. */
export const dataFlag = {
  flags: "-d, --data <path>",
  text: "the data after a run or model, as for evaluate",
} as const satisfies CommandOption;

/**
 * The words after the run: data, unless the first of them is a setting already, and settings.
 *
 * @param flagged the data of {@link dataFlag}
 * @throws OptionError as {@link dataOverrides}, or if data is named twice
 */
export function dataAndOverrides(
  command: string,
  before: string,
  [first, rest = []]: readonly [first: string | undefined, rest?: readonly string[]],
  flagged: string | undefined,
): DataAndOverrides {
  const isSetting = first !== undefined && isDataSetting(first);
  const overrides = dataOverrides(command, before, isSetting ? [first, ...rest] : rest);
  const data = isSetting ? undefined : first;
  if (data !== undefined && flagged !== undefined)
    throw new OptionError(`${command}: expected data once, but got ${show(data)} and --data ${show(flagged)}.`);
  const named = data ?? flagged;
  return named === undefined ? { overrides } : { data: named, overrides };
}

const isDataSetting = (word: string): boolean => /^data\.\w+=/.test(word);
