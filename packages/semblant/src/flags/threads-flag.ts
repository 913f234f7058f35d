import type { CommandOption } from "../terminal/declaration.ts";
import { wholeNumber } from "../terminal/parse.ts";

/** Of every command that computes with libtorch. */
export const threadsFlag = {
  flags: "-t, --threads <n>",
  text: "threads an operation may use",
  default: "libtorch's",
  parse: wholeNumber("threads", 1, 1024),
} as const satisfies CommandOption;
