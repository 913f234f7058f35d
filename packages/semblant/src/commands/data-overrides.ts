import { OptionError, show } from "@semblant/core";

/**
 * The arguments of a command that say how its data is read, before anything is loaded.
 *
 * @param before the arguments that come first, as the error names them
 * @throws OptionError if one of them is not of the form `data.name=value`
 */
export function dataOverrides(command: string, before: string, given: readonly string[]): readonly string[] {
  const stray = given.find((argument) => !/^data\.\w+=/.test(argument));
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

/**
 * The words after the run: data, unless the first of them is a setting already, and settings.
 *
 * @throws OptionError as {@link dataOverrides}
 */
export function dataAndOverrides(command: string, before: string, first: unknown, rest: unknown): DataAndOverrides {
  const isSetting = typeof first === "string" && /^data\.\w+=/.test(first);
  const overrides = dataOverrides(command, before, [...(isSetting ? [first] : []), ...((rest ?? []) as string[])]);
  return { ...(typeof first === "string" && !isSetting && { data: first }), overrides };
}
