import { loadCommands } from "../../packages/semblant/src/load-commands.ts";
import { type CommandPage, everywhere } from "../../packages/semblant/src/terminal/declaration.ts";
import { type ReferencePage, sentence, table } from "./page.ts";

/** Every command with its examples, flags and defaults, out of the pages that `--help` prints. */
export async function commandsPage(): Promise<ReferencePage> {
  const pages = (await loadCommands()).map(({ page }) => page);
  const text = [
    "`semblant <command> --help` prints the same. Flags that every command takes stand last.",
    ...pages.map(section),
    "## Every command",
    flagTable(everywhere),
    "Exit status: 0 done, 1 bad input (the message says what), 2 wrong usage, 130 stopped by Ctrl-C.",
  ].join("\n\n");
  return { name: "commands", title: "Commands", text };
}

function section({ name, usage, sentence: what, examples, options, notes = [] }: CommandPage): string {
  return [
    `## semblant ${name}`,
    what,
    `\`\`\`text\nsemblant ${name} ${usage}\n\`\`\``,
    `\`\`\`sh\n${examples.map(([command, result]) => `${command}   # ${result}`).join("\n")}\n\`\`\``,
    ...(options.length > 0 ? [flagTable(options)] : []),
    ...(notes.length > 0 ? [notes.map((note) => `- ${note}`).join("\n")] : []),
  ].join("\n\n");
}

function flagTable(options: CommandPage["options"]): string {
  const rows = options.map(({ flags, text, default: usual = "" }) => [`\`${flags}\``, sentence(text), usual]);
  return table(["flag", "what it does", "by default"], rows);
}
