import type { CommandOption } from "../terminal/declaration.ts";

/** Of the commands about a library: its file. */
export const libraryFlag = {
  flags: "--library <file>",
  name: "file",
  text: "where the library is",
  default: ".semblant/ in the folder",
} as const satisfies CommandOption;
