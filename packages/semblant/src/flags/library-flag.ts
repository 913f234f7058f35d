import type { CommandOption } from "../terminal/declaration.ts";

/** Of the commands that ask about photos: the place of their library. */
export const placeFlag = {
  flags: "--library <where>",
  text: "where the library is: a file, or postgres://...",
  default: ".semblant/ in the folder",
} as const satisfies CommandOption;

/** Of the commands about a library itself. */
export const libraryFlag = { ...placeFlag, name: "file" } as const satisfies CommandOption;
