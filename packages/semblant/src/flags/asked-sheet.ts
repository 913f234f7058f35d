import { writeSheet } from "@semblant/photos/sheets";
import type { Terminal } from "../terminal/terminal.ts";

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
