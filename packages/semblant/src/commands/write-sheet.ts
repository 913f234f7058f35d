import { OptionError, show } from "@semblant/core";
import { writeWhole } from "../files.ts";
import type { SheetMaking } from "../sheets/sheet.ts";
import type { CommandOption } from "../terminal/page.ts";

/** The option for a sheet, as every command that makes one has it. */
export const sheetFlag: CommandOption = {
  flags: "--sheet <file.html>",
  writes: "file",
  text: "write one self-contained page with pictures, which holds copies of faces",
};

/** Refuses a name that no browser would open, before any work is done. */
export function checkSheetName(where: string, path: string | undefined): void {
  if (path === undefined || /\.html?$/i.test(path)) return;
  throw new OptionError(`${where}: expected --sheet to end in .html, but got ${show(path)}.`);
}

/** Makes a sheet to its end and writes it whole. */
export async function writeSheet(path: string, making: SheetMaking, progress: (text: string) => void = () => {}): Promise<void> {
  let step = await making.next();
  while (!step.done) {
    progress(`cutting pictures: ${step.value.done}/${step.value.total} photos`);
    step = await making.next();
  }
  await writeWhole(path, step.value);
}
