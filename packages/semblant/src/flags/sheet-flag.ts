import type { CommandOption } from "../terminal/declaration.ts";

/** The flag for a sheet, as every command that makes one has it. */
export const sheetFlag = {
  flags: "--sheet <file.html>",
  writes: "file",
  text: "write one self-contained page with pictures; it holds copies of faces",
} as const satisfies CommandOption;
