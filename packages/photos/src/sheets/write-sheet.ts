import { OptionError } from "@semblant/core";
import { show } from "@semblant/core/internals";
import { writeWhole } from "@semblant/files/internals";
import type { SheetMaking } from "./sheet.ts";

/**
 * Makes a sheet to its end and writes it whole.
 *
 * @example
 * async function* making() {
 *   yield { done: 1, total: 1 };
 *   return "<!doctype html>";
 * }
 * await writeSheet("page.html", making()); // undefined
 */
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
