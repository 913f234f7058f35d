import type { CommandOption } from "../terminal/declaration.ts";

/** Of the commands that embed faces with a test-time flip. */
export const flipFlag = {
  flags: "--flip",
  name: "mirror",
  earlier: "--mirror",
  text: "test-time flip: embed each face and its flipped copy, and take the mean",
} as const satisfies CommandOption;
