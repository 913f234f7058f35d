import { invalidOption, type rules } from "@semblant/core/internals";
import { drawnSets, type OptionValue, type SetOption, setOptions, valuesOf } from "@semblant/datasets";
import type { DataSettings } from "./setting-types.ts";

/** The options of data sets that are settings of a run, as `data.name`: each set's own file declares them. */
const options: readonly (readonly [name: string, option: SetOption])[] = [...setOptions].filter(([, { setting }]) => setting !== false);

/** What each may be, by its name. */
export const rulesOfSets: Readonly<Record<string, rules.Rule>> = Object.fromEntries(options.map(([name, { rule }]) => [name, rule]));

/** What each is where nobody says it. */
export const defaultsOfSets: Readonly<Record<string, OptionValue>> = Object.fromEntries(
  options.map(([name, option]) => [name, option.default]),
);

/** The options that another set would refuse, as they are by default: a run's own choice says nothing of other data. */
export const defaultsElsewhere: Readonly<Record<string, OptionValue>> = Object.fromEntries(
  options.filter(([, { elsewhere }]) => elsewhere !== undefined).map(([name, option]) => [name, option.default]),
);

/** @throws OptionError if the options of a set that is made do not go with the size of images */
export function checkDrawn(data: DataSettings): void {
  const set = drawnSets.find(({ source }) => source === data.source);
  const refusal = set?.refuse?.(valuesOf(set.options, data), data);
  if (refusal !== undefined) throw invalidOption("settings", `data.${refusal.option}`, refusal.expected, data[refusal.option]);
}
