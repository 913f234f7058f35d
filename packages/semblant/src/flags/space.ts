import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { OptionError, show } from "@semblant/core/words/internals";
import { isModel } from "@semblant/photos/internals";
import type { DataAndOverrides } from "./data-words.ts";

/**
 * Whether the first word of a command that takes a folder of photos is a run or an exported model instead: what a data
 * set is looked at with.
 * A folder of photos that has a model's name is a folder, unless data is named after it.
 */
export function isSpace(word: string, data: string | undefined): boolean {
  if (isModel(word)) return data !== undefined || statSync(word, { throwIfNoEntry: false })?.isDirectory() !== true;
  return /\.safetensors$/i.test(word) || existsSync(join(word, "settings.json"));
}

/**
 * Refuses words after a folder of photos.
 *
 * @throws OptionError for the first of them
 */
export function refuseMore(where: string, folder: string, { data, overrides }: DataAndOverrides): void {
  const more = data ?? overrides[0];
  if (more === undefined) return;
  throw new OptionError(
    `${where}: expected a run or a model (best, small, posed, a file of semblant export or adapt) before ${show(more)}, ` +
      `but got ${show(folder)}.\n  See: semblant ${where} --help`,
  );
}
