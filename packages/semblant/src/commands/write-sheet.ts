import type { CommandOption } from "../terminal/page.ts";

/** The option for a sheet, as every command that makes one has it. */
export const sheetFlag: CommandOption = {
  flags: "--sheet <file.html>",
  writes: "file",
  text: "write one self-contained page with pictures, which holds copies of faces",
};
