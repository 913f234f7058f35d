import { statSync } from "node:fs";
import { OptionError } from "@semblant/core";
import type { LibraryReader } from "../library/reading.ts";
import { type PhotoSet, readPhotoSet } from "../questions/photo-set.ts";

export interface PhotoFilesOptions {
  /** Another model: a path, or "small". */
  readonly model?: string;
  /** What reads faces, where it is not the model that ships. */
  readonly reader?: () => Promise<LibraryReader>;
  /** Threads the networks may use. */
  readonly threads?: number;
}

/** Whether a path is a folder. */
export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/**
 * Reads photos by name, without a library. One that cannot be read is a record with its reason.
 *
 * @throws OptionError if no photo is named, or a folder is
 * @throws DataError if none can be read
 */
export async function openPhotoFiles(
  where: string,
  paths: readonly string[],
  options: PhotoFilesOptions = {},
  progress: (text: string) => void = () => {},
): Promise<PhotoSet> {
  const folder = paths.find(isFolder);
  if (paths.length === 0 || folder !== undefined) {
    throw new OptionError(`${where}: expected photos, but got ${folder === undefined ? "none" : `the folder ${folder}`}.`);
  }
  const { model, threads } = options;
  const reader = await (options.reader ?? shipped)();
  try {
    const steps = readPhotoSet(paths, reader);
    let step = await steps.next();
    while (!step.done) {
      progress(`reading photos: ${step.value.done}/${step.value.total}`);
      step = await steps.next();
    }
    return step.value;
  } finally {
    await reader.close();
  }

  async function shipped(): Promise<LibraryReader> {
    const { openNodeReader } = await import("../photos/node-reader.ts");
    return openNodeReader({ ...(model !== undefined && { model }), ...(threads !== undefined && { threads }) });
  }
}
