import { existsSync } from "node:fs";
import { OptionError } from "@semblant/core";
import { isServerAddress } from "../database/server-address.ts";
import type { Library } from "../library/library.ts";
import type { OpenLibraryOptions } from "../library/open-options.ts";
import { refuseFile } from "./photo-folder.ts";

/**
 * Opens the library that a folder has, or else the nearest folder above it.
 *
 * @throws OptionError if none has one
 */
export async function openNearest(command: string, folder: string, options: OpenLibraryOptions = {}): Promise<Library> {
  const own = await nearestFolder(command, folder, options.file);
  const { openMade } = await import("../library/library.ts");
  return openMade(own, options);
}

/**
 * The folder whose library it is: the given one or the nearest above it, or the given one where the library lies in `file` or on a server.
 *
 * @throws OptionError if there is no library
 */
export async function nearestFolder(command: string, folder: string, file?: string): Promise<string> {
  refuseFile(command, folder);
  const { findLibrary } = await import("../library/find-library.ts");
  if (file === undefined) {
    const own = findLibrary(folder);
    if (own !== undefined) return own;
    throw new OptionError(
      `${command}: expected a library in ${folder} or above it, but there is none.\n  Make one with: semblant index FOLDER`,
    );
  }
  if (isServerAddress(file) || existsSync(file)) return folder;
  throw new OptionError(
    `${command}: expected a library at ${file}, but there is none.\n  Make one with: semblant index FOLDER --library ${file}`,
  );
}
