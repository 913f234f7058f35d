import { trainingFlags } from "../../flags/training-flags.ts";
import type { Lab } from "../../lab/load-lab.ts";

/** One setting, as a form shows it. */
export interface SettingField {
  /** Its dotted name: `loss.sigma`. */
  readonly name: string;
  /** What it does; null where its name says it. */
  readonly text: string | null;
  /** What it may be, in words. */
  readonly expected: string;
  /** What there is to choose from, where these are few. */
  readonly choices: readonly string[] | null;
  /** What holds with what was chosen so far. */
  readonly value: string | number | boolean | null;
  /** Whether it is one of the few that most trainings are told. */
  readonly main: boolean;
}

/** What a person looks at first, in this order; all else is behind "More settings". */
const main = ["data.source", "loss.name", "network.name", "network.baseChannels", "epochs", "perClass", "optimizer.learningRate", "seed"];

/**
 * Every setting of a run with what holds for it, when some are given as they are typed after `semblant train`.
 *
 * @throws OptionError in the words of the command
 */
export function settingFields(lab: Lab, given: Readonly<Record<string, string>>): SettingField[] {
  const overrides = Object.entries(given).map(([name, value]) => `${name}=${value}`);
  const held = flattened(lab.resolveSettings({}, overrides));
  const texts = new Map<string, string>([
    ...helpOf("loss", lab.lossDeclarations.get(String(held.get("loss.name")))?.options),
    ...helpOf("network", lab.networkDeclarations.get(String(held.get("network.name")))?.options),
    ...trainingFlags.map(({ setting, text }): [string, string] => [setting, text]),
  ]);
  const fields = [...lab.settingRanges()].flatMap(([name, expected]): SettingField[] => {
    const value = held.get(name);
    if (value === undefined) return []; // an option of another loss or network
    return [{ name, text: texts.get(name) ?? null, expected, choices: choicesIn(expected), value, main: main.includes(name) }];
  });
  const first = main.flatMap((name) => fields.find((field) => field.name === name) ?? []);
  return [...first, ...fields.filter((field) => !field.main)];
}

/** Settings by their dotted names. */
export function flattened(settings: object, prefix = ""): Map<string, string | number | boolean | null> {
  return new Map(
    Object.entries(settings).flatMap(([name, value]) =>
      typeof value === "object" && value !== null
        ? [...flattened(value as object, `${prefix}${name}.`)]
        : [[`${prefix}${name}`, value as string | number | boolean | null]],
    ),
  );
}

function helpOf(section: string, options: Readonly<Record<string, { readonly help: string }>> | undefined): [string, string][] {
  return Object.entries(options ?? {}).map(([name, { help }]) => [`${section}.${name}`, help]);
}

/** The words of a range that names its values: "one of a, b, or none", "true or false". */
function choicesIn(expected: string): string[] | null {
  if (expected === "true or false") return ["true", "false"];
  const named = /^one of (.+?)(, or none)?$/.exec(expected);
  if (named === null) return null;
  return [...(named[1] as string).split(", "), ...(named[2] === undefined ? [] : ["none"])];
}
