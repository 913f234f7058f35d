import { writeSheet } from "@semblant/photos/sheets";
import type { CommandOption } from "../terminal/declaration.ts";
import type { Terminal } from "../terminal/terminal.ts";

/** The flag for a sheet, as every command that makes one has it. */
export const sheetFlag = {
  flags: "--sheet <file.html>",
  writes: "file",
  text: "write one self-contained page with pictures; it holds copies of faces",
} as const satisfies CommandOption;

/** Writes the sheet, where one is asked for, and says where it is. */
export async function writeAskedSheet(
  file: string | undefined,
  draw: () => Parameters<typeof writeSheet>[1],
  terminal: Terminal,
): Promise<void> {
  if (file === undefined) return;
  await writeSheet(file, draw(), terminal.live);
  terminal.endLive();
  terminal.print(`\nsheet: ${file} (holds copies of faces)`);
}
