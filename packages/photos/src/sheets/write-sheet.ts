import { OptionError, show } from "@semblant/core";
import { writeWhole } from "@semblant/files";
import type { SheetMaking } from "./sheet.ts";

/** Makes a sheet to its end and writes it whole. */
export async function writeSheet(path: string, making: SheetMaking, progress: (text: string) => void = () => {}): Promise<void> {
  let step = await making.next();
  while (!step.done) {
    progress(`cutting pictures: ${step.value.done}/${step.value.total} photos`);
    step = await making.next();
  }
  await writeWhole(path, step.value);
}

/** Refuses a name that no browser would open, before any work is done. */
export function checkSheetName(where: string, path: string | undefined): void {
  if (path === undefined || /\.html?$/i.test(path)) return;
  throw new OptionError(`${where}: expected --sheet to end in .html, but got ${show(path)}.`);
}
