import type { CommandPage } from "./declaration.ts";
import type { GivenFlags, GivenWords } from "./given.ts";
import type { Terminal } from "./terminal.ts";

/** One command, as the program runs it. */
export interface CommandModule {
  readonly page: CommandPage;
  /** @returns the exit status where it is not 0 */
  run(words: readonly unknown[], flags: Readonly<Record<string, unknown>>, terminal: Terminal): Promise<number | undefined>;
}

/** A command: its page, and what it does with the words and flags of that page. The page says their types. */
export function commandOf<const Page extends CommandPage>(
  page: Page,
  run: (words: GivenWords<Page>, flags: GivenFlags<Page>, terminal: Terminal) => Promise<number | undefined>,
): CommandModule {
  return { page, run: run as CommandModule["run"] }; // the parser takes what the page declares
}
