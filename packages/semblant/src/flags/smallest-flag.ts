import type { CommandOption } from "../terminal/declaration.ts";
import { wholeNumber } from "../terminal/parse.ts";

/** Of every command that reads photos. */
export const smallestFlag = {
  flags: "--smallest <px>",
  text: "pixels of the smallest face that is looked for; less takes longer in large photos",
  default: "the library's, else 10; more in large photos",
  parse: wholeNumber("smallest", 1),
} as const satisfies CommandOption;
