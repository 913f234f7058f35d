import type { CommandPage } from "../terminal/page.ts";
import type { Manner, Terminal } from "../terminal/terminal.ts";

/** One command: its page, and what it does. */
export interface CommandModule {
  readonly page: CommandPage;
  /** @returns the exit status where it is not 0 */
  run(given: readonly (string | string[])[], options: Manner & Record<string, unknown>, terminal: Terminal): Promise<number | undefined>;
}
