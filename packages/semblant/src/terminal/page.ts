import { type CommandOption, type CommandPage, everywhere, groups } from "./declaration.ts";

const width = 80;
/** Where a command has no more to say of Ctrl-C, the signal ends it, which a shell reports as 130 too. */
const exitStatuses = "Exit status: 0 done, 1 bad input (the message says what), 2 wrong usage, 130 stopped by Ctrl-C.";

/**
 * A command's help page: the sentence, the examples, then the options, at most 80 columns, defaults in brackets at the right edge.
 *
 * @example
 * const page = { name: "doctor", group: "machine", place: 1, usage: "[options]", sentence: "Say what is installed.",
 * examples: [], options: [] };
 * formatPage(page).split("\n")[0];
 * // "Usage: semblant doctor [options]"
 */
export function formatPage(page: CommandPage): string {
  const column = textColumn([...page.options, ...everywhere]);
  const commandWidth = Math.max(0, ...page.examples.map(([command]) => command.length));
  return [
    `Usage: semblant ${page.name} ${page.usage}`,
    "",
    ...wrap(page.sentence, width),
    "",
    ...page.examples.map(([command, result]) => `  ${command.padEnd(commandWidth)}   ${result}`),
    "",
    ...(page.options.length > 0 ? ["Options", ...page.options.flatMap((option) => optionLines(option, column)), ""] : []),
    "Everywhere",
    ...everywhere.flatMap((option) => optionLines(option, column)),
    "",
    ...[...(page.notes ?? []), exitStatuses].flatMap((note) => wrap(note, width)),
    "",
  ].join("\n");
}

/** Pages in the order of the overview: by group, then by place. */
export function inOrder<Owner extends { readonly page: CommandPage }>(owners: readonly Owner[]): Owner[] {
  const rank = ({ page }: Owner) => groups.indexOf(page.group) * 1000 + page.place;
  return owners.toSorted((a, b) => rank(a) - rank(b) || (a.page.name < b.page.name ? -1 : 1));
}

/** The page of `semblant --help`: every command with its sentence. */
export function formatOverview(pages: readonly CommandPage[], version: string): string {
  const nameWidth = Math.max(...pages.map((page) => page.name.length));
  return [
    "Usage: semblant <command> [options]",
    "",
    "Learn a space in which faces with similar expressions lie near each other.",
    "",
    "  semblant train --data generated --out runs/first   train on made-up faces",
    "  semblant evaluate runs/first --report first.html   how good it is, in numbers",
    "  semblant doctor                                    what is installed here",
    "",
    "Commands",
    ...pages.flatMap((page) => {
      const [first = "", ...more] = wrap(page.sentence, width - nameWidth - 5);
      return [`  ${page.name.padEnd(nameWidth)}   ${first}`, ...more.map((line) => " ".repeat(nameWidth + 5) + line)];
    }),
    "",
    "Everywhere",
    "      --json       one JSON on stdout and nothing else",
    "  -q, --quiet      no progress on stderr, errors only",
    "      --no-color   plain text; NO_COLOR in the environment does the same",
    `  -V, --version    ${version}`,
    "  -h, --help       this page; `semblant <command> --help` says more",
    "",
    ...wrap(exitStatuses, width),
    "",
  ].join("\n");
}

/** Where the texts start: after the longest flags, but flags longer than 28 characters get a line of their own. */
function textColumn(options: readonly CommandOption[]): number {
  return Math.max(...options.map((option) => indented(option.flags).length).filter((length) => length <= 28)) + 3;
}

/** Long flags without a short one line up with the long flags that have one. */
function indented(flags: string): string {
  return flags.startsWith("--") ? `      ${flags}` : `  ${flags}`;
}

function optionLines(option: CommandOption, column: number): string[] {
  const flags = indented(option.flags);
  const bracket = option.default === undefined ? "" : `(${option.default})`;
  const texts = wrap(option.text, width - column);
  const last = texts[texts.length - 1] ?? "";
  const fits = column + last.length + 2 + bracket.length <= width;
  if (bracket !== "" && fits) texts[texts.length - 1] = last.padEnd(width - column - bracket.length) + bracket;
  if (bracket !== "" && !fits) texts.push(bracket.padStart(width - column));
  const [first = "", ...more] = texts;
  const head = flags.length + 2 > column ? [flags, " ".repeat(column) + first] : [flags.padEnd(column) + first];
  return [...head, ...more.map((line) => " ".repeat(column) + line)];
}

function wrap(text: string, columns: number): string[] {
  const lines = [""];
  for (const word of text.split(" ")) {
    const line = lines[lines.length - 1] as string;
    if (line !== "" && line.length + 1 + word.length > columns) lines.push(word);
    else lines[lines.length - 1] = line === "" ? word : `${line} ${word}`;
  }
  return lines;
}
