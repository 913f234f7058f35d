import type { CommandOption } from "../terminal/declaration.ts";
import { seedNumber } from "../terminal/parse.ts";

/** Of every command that draws at random. */
export const seedFlag = {
  flags: "-s, --seed <n>",
  text: "of everything drawn at random",
  default: "0",
  parse: seedNumber(),
} as const satisfies CommandOption;
