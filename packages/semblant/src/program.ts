import { readFileSync, statSync } from "node:fs";
import { Command, CommanderError } from "commander";
import { loadCommandsFor } from "./load-commands.ts";
import type { CommandModule } from "./terminal/command.ts";
import { complain } from "./terminal/complain.ts";
import { type CommandPage, everywhere } from "./terminal/declaration.ts";
import { valueName } from "./terminal/given.ts";
import { formatOverview, formatPage } from "./terminal/page.ts";
import { parserOptions, readValues } from "./terminal/parser.ts";
import { type Manner, openTerminal, type Streams } from "./terminal/terminal.ts";
import { usageError } from "./terminal/usage-error.ts";

const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as { version: string };

/**
 * Runs the command that the arguments name and says how it ended.
 *
 * @returns the exit status: 0 done, 1 bad input, 2 wrong usage, 130 stopped by Ctrl-C
 */
export async function runProgram(args: readonly string[], streams: Streams): Promise<number> {
  const commands = await loadCommandsFor(args);
  let status = 0;
  try {
    const program = buildProgram(commands, streams, (ended) => {
      status = ended;
    });
    await program.parseAsync(args.length === 0 ? ["--help"] : [...args], { from: "user" });
    return status;
  } catch (error) {
    if (!(error instanceof CommanderError)) return complain(error, streams);
    if (error.exitCode === 0) return 0;
    const pages = commands.map(({ page }) => page);
    return complain(usageError(error, args, pages), streams);
  }
}

/** commander's tree: one node a word, the leaves made from the pages. */
export function buildProgram(commands: readonly CommandModule[], streams: Streams, ended: (status: number) => void): Command {
  const quietly = { writeOut: (text: string) => void streams.stdout.write(text), writeErr: () => {} };
  const root = new Command("semblant").exitOverride().configureOutput(quietly).version(version, "-V, --version");
  const pages = commands.map(({ page }) => page);
  const overview = () => formatOverview(pages, version);
  root.configureHelp({ formatHelp: overview }).helpCommand(false);
  for (const { page, run } of commands) {
    const leaf = page.name.split(" ").reduce((parent, word) => childOf(parent, word, overview), root);
    leaf.exitOverride().configureOutput(quietly).helpOption("-h, --help").allowExcessArguments(false);
    leaf.configureHelp({ formatHelp: () => formatPage(page) });
    for (const argument of page.arguments ?? []) leaf.argument(argument);
    const flags = [...page.options, ...everywhere.filter((option) => !option.flags.includes("--help"))];
    for (const option of flags.flatMap(parserOptions)) leaf.addOption(option);
    leaf.action(async (...given: unknown[]) => {
      const { json, quiet, color, ...values } = leaf.opts<Manner & Record<string, unknown>>();
      const terminal = openTerminal(streams, { json, quiet, color });
      try {
        const flags = await readValues(page.options, values);
        await refuseUnwritable(page, flags);
        const { hearingRemarks } = await import("@semblant/core/internals");
        ended((await hearingRemarks(terminal, () => run(given.slice(0, -2), flags, terminal))) ?? 0);
      } finally {
        terminal.endLive();
      }
    });
  }
  return root;
}

/** Finds out where the answer cannot go before it is worked for. */
async function refuseUnwritable({ options }: CommandPage, given: Readonly<Record<string, unknown>>): Promise<void> {
  for (const option of options) {
    if (option.writes === undefined) continue;
    if (isFile(given.resume)) continue; // the command says what that file is
    const place = given[valueName(option)] ?? (given.resume === undefined ? option.otherwise : undefined);
    if (typeof place === "string" && place !== "") {
      const { checkWritable } = await import("@semblant/files/internals");
      checkWritable(place, option.writes);
    }
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
