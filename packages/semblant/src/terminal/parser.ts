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
  return Object.assign(option, { attributeName: () => name });
}
