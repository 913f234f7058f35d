import { statSync } from "node:fs";
import { join, resolve } from "node:path";
import { OptionError } from "@semblant/core";
import { show } from "@semblant/core/internals";

/**
 * Where the library of a folder is.
 *
 * @param file where it is said to be, if not in the folder
 * @throws OptionError if a folder is there
 */
export function libraryPath(root: string, file?: string): string {
  const path = resolve(file ?? join(root, ".semblant", "library.sqlite"));
  if (file === undefined || statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) return path;
  throw new OptionError(
    `--library: expected a library's file, but ${show(file)} is a folder.\n` +
      "  To ask about photos in a folder, name it alone: --in FOLDER, or first after the command.",
  );
}
