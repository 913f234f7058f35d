import { Option } from "commander";
import type { CommandOption } from "./declaration.ts";
import { valueName } from "./given.ts";

/** commander's options of a declared flag: the flag, and the one that it was once, which no page shows. */
export function parserOptions(declared: CommandOption): Option[] {
  const { flags, text, earlier } = declared;
  const option = parserOption(declared, new Option(flags, text));
  if (earlier === undefined) return [option];
  const takes = /<.*>/.exec(flags)?.[0];
  return [option, parserOption(declared, new Option(takes === undefined ? earlier : `${earlier} ${takes}`, text).hideHelp())];
}

function parserOption(declared: CommandOption, option: Option): Option {
  const name = valueName(declared);
  if (declared.parse !== undefined) option.argParser(declared.parse);
  if (declared.read !== undefined) option.argParser<readonly string[]>((text, before) => [...(before ?? []), text]);
  return Object.assign(option, { attributeName: () => name });
}

/** The values that were parsed, with those read that take more than a parser. */
export async function readValues(
  options: readonly CommandOption[],
  given: Readonly<Record<string, unknown>>,
): Promise<Readonly<Record<string, unknown>>> {
  const values = { ...given };
  for (const option of options) {
    const texts = given[valueName(option)];
    if (option.read !== undefined && texts !== undefined) values[valueName(option)] = await option.read(texts as readonly string[]);
  }
  return values;
}
