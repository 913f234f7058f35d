import type { CommandOption } from "../terminal/declaration.ts";

/** Of the commands that embed faces with a test-time flip. */
export const flipFlag = {
  flags: "--flip",
  name: "mirror",
  earlier: "--mirror",
  text: "test-time flip: the mean of each face's embedding and of its flipped one's",
} as const satisfies CommandOption;
