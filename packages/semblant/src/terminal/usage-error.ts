import { existsSync } from "node:fs";
import { nearest, OptionError } from "@semblant/core/words/internals";
import type { CommanderError } from "commander";
import { type CommandPage, everywhere } from "./declaration.ts";

/** The complaint of commander in our words. */
export function usageError(error: CommanderError, args: readonly string[], pages: readonly CommandPage[]): OptionError {
  const page = pages.find(({ name }) => name.split(" ").every((word, i) => args[i] === word));
  const where = page?.name ?? "semblant";
  const see = `\n  See: semblant ${page === undefined ? "" : `${where} `}--help`;
  const quoted = /'([^']+)'/.exec(error.message)?.[1] ?? "";
  if (error.code === "commander.unknownOption") {
    const known = [...(page?.options ?? []), ...everywhere].flatMap(({ flags }) => flags.match(/--[a-z-]+/g) ?? []);
    const near = nearest(quoted.split("=")[0] as string, known);
    const file = near === undefined && existsSync(quoted) ? `\n  The file of this name: ./${quoted}` : "";
    return new OptionError(`${where}: unknown option "${quoted}"${near === undefined ? "" : `; did you mean "${near}"?`}${file}${see}`);
  }
  if (error.code === "commander.unknownCommand" || error.code === "commander.excessArguments" || error.code === "commander.help") {
    if (page === undefined) return unknownCommand(args, pages);
    return new OptionError(`${where}: expected ${argumentsOf(page)}, but got more.${see}`);
  }
  if (error.code === "commander.missingArgument") return new OptionError(`${where}: expected <${quoted}>, but got nothing.${see}`);
  if (error.code === "commander.optionMissingArgument") {
    return new OptionError(`${where}: expected a value after ${quoted.replace(/^-., /, "")}, but got nothing.${see}`);
  }
  return new OptionError(`${where}: ${error.message.replace(/^error: /, "")}${see}`);
}

function argumentsOf({ arguments: names = [] }: CommandPage): string {
  return names.length === 0 ? "no arguments" : names.join(" ");
}

function unknownCommand(args: readonly string[], pages: readonly CommandPage[]): OptionError {
  const names = pages.map(({ name }) => name);
  const words = args.filter((word) => !word.startsWith("-"));
  const firstWords = new Set(names.map((name) => name.split(" ")[0]));
  const tried = firstWords.has(words[0]) ? words.slice(0, 2).join(" ") : (words[0] ?? "");
  const near =
    nearest(tried, names) ?? names.find((name) => name.startsWith(`${tried} `)) ?? names.find((name) => name.startsWith(`${words[0]} `));
  const advice = near === undefined ? `known: ${names.join(", ")}.` : `did you mean "${near}"?`;
  return new OptionError(`semblant: unknown command "${tried}"; ${advice}\n  See: semblant --help`);
}
