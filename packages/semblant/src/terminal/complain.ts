import { DataError, EngineError, inFileWords, OptionError, printable, ShapeError } from "@semblant/core/words/internals";
import { openTerminal, type Streams } from "./terminal.ts";

/**
 * Says what went wrong on stderr; a failure that is none of ours keeps its stack.
 *
 * @returns the exit status: 2 for wrong usage, else 1
 */
export function complain(given: unknown, streams: Streams): number {
  const terminal = openTerminal(streams, {});
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
