import { invalidOption, rules } from "@semblant/core/internals";
import type { SetOption, SetOptions } from "../description/set-option.ts";

/**
 * The options of some sets by their names.
 *
 * @throws Error if two sets mean different things by one name; the layouts of one set may share an option
 */
export function optionsOfSets(sets: readonly { readonly title: string; readonly options: SetOptions }[]): ReadonlyMap<string, SetOption> {
  const owners = new Map<string, string>();
  const all = new Map<string, SetOption>();
  for (const { title, options } of sets) {
    for (const [name, option] of Object.entries(options)) {
      const other = all.get(name);
      if (other !== undefined && other !== option) throw new Error(`${title} and ${owners.get(name)} both have an option ${name}.`);
      owners.set(name, title);
      all.set(name, option);
    }
  }
  return all;
}

/** @throws OptionError for the first value of a set's option that its rule does not allow; options that are no set's are passed over */
export function checkSetOptions(where: string, given: Given, known: ReadonlyMap<string, SetOption>): void {
  for (const [name, { rule }] of known) {
    const value = given[name];
    const expected = value === undefined ? undefined : rules.expectedOf(rule, value);
    if (expected !== undefined) throw invalidOption(where, name, expected, value);
  }
}

/**
 * Refuses options of other sets that cannot be passed over, since they ask for what is not here.
 *
 * @throws OptionError for the first of them
 */
export function refuseOthersOptions(where: string, given: Given, known: ReadonlyMap<string, SetOption>, here: Here): void {
  for (const [name, option] of known) {
    const value = given[name];
    if (option.elsewhere === undefined || here.options[name] === option || value === undefined || value === option.default) continue;
    throw invalidOption(where, name, `${option.default}, since this ${here.layout} ${option.elsewhere}`, value);
  }
}

type Given = Readonly<Record<string, unknown>>;

/** What is read: how its layout is called, and the options that it has. */
interface Here {
  readonly layout: string;
  readonly options: SetOptions;
}
