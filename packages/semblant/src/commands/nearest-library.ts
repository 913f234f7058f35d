import { OptionError } from "@semblant/core";
import type { Library, OpenLibraryOptions } from "../library/library.ts";
import { refuseFile } from "./photo-folder.ts";

/**
 * Opens the library that a folder has, or else the nearest folder above it.
 *
 * @throws OptionError if none has one
 */
export async function openNearest(command: string, folder: string, options: OpenLibraryOptions = {}): Promise<Library> {
  refuseFile(command, folder);
  const { findLibrary, openLibrary } = await import("../library/library.ts");
  const own = options.file === undefined ? findLibrary(folder) : folder;
  if (own !== undefined) return openLibrary(own, options);
  throw new OptionError(
    `${command}: expected a library in ${folder} or above it, but there is none.\n  Make one with: semblant index FOLDER`,
  );
}
