import { existsSync, statSync } from "node:fs";
import { DataError, EngineError, hearingRemarks, inFileWords, nearest, OptionError, printable, ShapeError } from "@semblant/core";
import { checkWritable } from "@semblant/files";
import { version } from "@semblant/photos";
import { Command, CommanderError, Option } from "commander";
import type { CommandModule } from "./commands/command.ts";
import { type CommandPage, everywhere, formatOverview, formatPage } from "./terminal/page.ts";
import { type Manner, openTerminal, type Streams, type Terminal } from "./terminal/terminal.ts";

/** Every command, in the order of the overview. Each file holds its page; what it works with is loaded when it runs. */
export async function loadCommands(): Promise<readonly CommandModule[]> {
  const modules = await Promise.all([
    import("./commands/data-inspect.ts"),
    import("./commands/train.ts"),
    import("./commands/subdivide.ts"),
    import("./commands/evaluate.ts"),
    import("./commands/compare.ts"),
    import("./commands/embed.ts"),
    import("./commands/soft-labels.ts"),
    import("./commands/map.ts"),
    import("./commands/reproduce.ts"),
    import("./commands/export.ts"),
    import("./commands/model-card.ts"),
    import("./commands/index-photos.ts"),
    import("./commands/search.ts"),
    import("./commands/classify.ts"),
    import("./commands/cluster.ts"),
    import("./commands/album.ts"),
    import("./commands/best.ts"),
    import("./commands/audit.ts"),
    import("./commands/teach.ts"),
    import("./commands/library-check.ts"),
    import("./commands/library-correct.ts"),
    import("./commands/library-export.ts"),
    import("./commands/library-forget.ts"),
    import("./commands/library-repair.ts"),
    import("./commands/doctor.ts"),
  ]);
  return modules.map((module) => module.command);
}

/**
 * Runs the command that the arguments name and says how it ended.
 *
 * @returns the exit status: 0 done, 1 bad input, 2 wrong usage, 130 stopped by Ctrl-C
 */
export async function runProgram(args: readonly string[], streams: Streams): Promise<number> {
  const commands = await loadCommands();
  let status = 0;
  try {
    const program = buildProgram(commands, streams, (ended) => {
      status = ended;
    });
    await program.parseAsync(args.length === 0 ? ["--help"] : [...args], { from: "user" });
    return status;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    return complain(error instanceof CommanderError ? usageError(error, args, commands) : error, streams);
  }
}

/** commander's tree: one node a word, the leaves made from the pages. */
export function buildProgram(commands: readonly CommandModule[], streams: Streams, ended: (status: number) => void): Command {
  const quietly = { writeOut: (text: string) => void streams.stdout.write(text), writeErr: () => {} };
  const root = new Command("semblant").exitOverride().configureOutput(quietly).version(version, "-V, --version");
  const overview = () =>
    formatOverview(
      commands.map((command) => command.page),
      version,
    );
  root.configureHelp({ formatHelp: overview }).helpCommand(false);
  for (const { page, run } of commands) {
    const words = page.name.split(" ");
    const leaf = words.reduce((parent, word) => childOf(parent, word, overview), root);
    leaf.exitOverride().configureOutput(quietly).helpOption("-h, --help").allowExcessArguments(false);
    leaf.configureHelp({ formatHelp: () => formatPage(page) });
    for (const argument of page.arguments ?? []) leaf.argument(argument);
    for (const option of [...page.options, ...everywhere.filter(({ flags }) => !flags.includes("--help"))]) leaf.addOption(parsed(option));
    leaf.action(async (...given: unknown[]) => {
      const options = leaf.opts<Manner & Record<string, unknown>>();
      const terminal = openTerminal(streams, options);
      try {
        refuseUnwritable(page, options);
        const words = given.slice(0, -2) as (string | string[])[];
        ended((await hearingRemarks(terminal, () => run(words, options, terminal))) ?? 0);
      } finally {
        terminal.endLive();
      }
    });
  }
  return root;
}

/** Finds out where the answer cannot go before it is worked for. */
function refuseUnwritable({ options: known }: CommandPage, given: Readonly<Record<string, unknown>>): void {
  for (const { flags, writes, otherwise } of known) {
    if (writes === undefined) continue;
    if (isFile(given.resume)) continue; // the command says what that file is
    const place = given[new Option(flags).attributeName()] ?? (given.resume === undefined ? otherwise : undefined);
    if (typeof place === "string" && place !== "") checkWritable(place, writes);
  }
}

const isFile = (path: unknown): boolean => typeof path === "string" && statSync(path, { throwIfNoEntry: false })?.isFile() === true;

function childOf(parent: Command, word: string, help: () => string): Command {
  const there = parent.commands.find((child) => child.name() === word);
  if (there !== undefined) return there;
  const child = new Command(word).exitOverride().copyInheritedSettings(parent).configureHelp({ formatHelp: help }).helpCommand(false);
  parent.addCommand(child);
  return child;
}

function parsed({ flags, text, parse }: CommandPage["options"][number]): Option {
  const option = new Option(flags, text);
  return parse === undefined ? option : option.argParser(parse);
}

/** commander's complaint in our words. */
function usageError(error: CommanderError, args: readonly string[], commands: readonly CommandModule[]): OptionError {
  const command = commands.find(({ page }) => page.name.split(" ").every((word, i) => args[i] === word));
  const where = command?.page.name ?? "semblant";
  const see = `\n  See: semblant ${command === undefined ? "" : `${where} `}--help`;
  const quoted = /'([^']+)'/.exec(error.message)?.[1] ?? "";
  if (error.code === "commander.unknownOption") {
    const known = [...(command?.page.options ?? []), ...everywhere].flatMap(({ flags }) => flags.match(/--[a-z-]+/g) ?? []);
    const near = nearest(quoted.split("=")[0] as string, known);
    const file = near === undefined && existsSync(quoted) ? `\n  The file of this name: ./${quoted}` : "";
    return new OptionError(`${where}: unknown option "${quoted}"${near === undefined ? "" : `; did you mean "${near}"?`}${file}${see}`);
  }
  if (error.code === "commander.unknownCommand" || error.code === "commander.excessArguments" || error.code === "commander.help") {
    if (command === undefined) return unknownCommand(args, commands);
    return new OptionError(`${where}: expected ${argumentsOf(command.page)}, but got more.${see}`);
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

function unknownCommand(args: readonly string[], commands: readonly CommandModule[]): OptionError {
  const names = commands.map(({ page }) => page.name);
  const words = args.filter((word) => !word.startsWith("-"));
  const firstWords = new Set(names.map((name) => name.split(" ")[0]));
  const tried = firstWords.has(words[0]) ? words.slice(0, 2).join(" ") : (words[0] ?? "");
  const near =
    nearest(tried, names) ?? names.find((name) => name.startsWith(`${tried} `)) ?? names.find((name) => name.startsWith(`${words[0]} `));
  const advice = near === undefined ? `known: ${names.join(", ")}.` : `did you mean "${near}"?`;
  return new OptionError(`semblant: unknown command "${tried}"; ${advice}\n  See: semblant --help`);
}

/** Says what went wrong on stderr; a failure that is none of ours keeps its stack. */
function complain(given: unknown, streams: Streams): number {
  const terminal: Terminal = openTerminal(streams, {});
  const error = inFileWords(given);
  if (error instanceof OptionError || error instanceof DataError || error instanceof ShapeError || error instanceof EngineError) {
    terminal.note(`${error.name}: ${onItsLines(error.message)}`);
    return error instanceof OptionError ? 2 : 1;
  }
  terminal.note(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return 1;
}

/** Lines of our messages after the first begin with two spaces; a line end in a name does not make one. */
function onItsLines(message: string): string {
  return message
    .split(/\n(?= {2})/)
    .map((line) => printable(line))
    .join("\n");
}
