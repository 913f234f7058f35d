import type { CommandOption } from "../terminal/declaration.ts";
import { oneOf } from "../terminal/parse.ts";

/** Of the commands that load a run. */
export const weightsFlag = {
  flags: "--weights <which>",
  text: "best or last of the run",
  default: "best",
  parse: oneOf("weights", ["best", "last"]),
} as const satisfies CommandOption;
