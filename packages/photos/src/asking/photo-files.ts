import { existsSync, statSync } from "node:fs";
import { modelOfCard } from "@semblant/answers";
import { OptionError } from "@semblant/core";
import { show } from "@semblant/core/internals";
import { isEmbeddingsName } from "@semblant/files/internals";
import { checkSmallest } from "../library/smallest-face.ts";
import { type PhotoSet, photoSetBy, readPhotoSet } from "../reading/photo-set.ts";
import type { LibraryReader } from "../reading/reading.ts";
import { readingLimits } from "../reading/reading-limits.ts";

export interface PhotoFilesOptions {
  /** Another model: a path, or "small". */
  readonly model?: string;
  /** What reads faces, where it is not the model that ships. */
  readonly reader?: () => Promise<LibraryReader>;
  /** The smallest faces that are looked for, in pixels (10, more in large photos). */
  readonly smallest?: number;
  /** Threads the networks may use. */
  readonly threads?: number;
  /** As a folder's, where a folder is meant. */
  readonly note?: (text: string) => void;
}

/** Whether a path is a folder. */
export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/**
 * Reads photos by name, without a library, in a process of their own unless a reader is at hand. One that cannot be
 * read is a record with its reason.
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
  const first = paths[0] as string;
  if (paths.every((path) => isEmbeddingsName(path) && existsSync(path))) {
    throw new OptionError(
      `${where}: expected photos, but ${show(first)} is exported embeddings.\n  semblant map and semblant cluster take them.`,
    );
  }
  const { model, smallest, threads } = options;
  checkSmallest(where, smallest);
  if (options.reader !== undefined) {
    const reader = await options.reader();
    return readAll(readPhotoSet(paths, reader), () => reader.close(), progress);
  }
  const { readerInProcess, shippedReader } = await import("../reading/reader-process.ts");
  const shipped = shippedReader({
    ...(model !== undefined && { model }),
    ...(smallest !== undefined && { smallest }),
    ...(threads !== undefined && { threads }),
  });
  const reader = readerInProcess(shipped, readingLimits());
  try {
    const card = await reader.card();
    return await readAll(photoSetBy(paths, reader, modelOfCard(card)), () => {}, progress);
  } finally {
    await reader.close();
  }
}

async function readAll(steps: ReturnType<typeof readPhotoSet>, close: () => unknown, progress: (text: string) => void): Promise<PhotoSet> {
  try {
    let step = await steps.next();
    while (!step.done) {
      progress(`reading photos: ${step.value.done}/${step.value.total}`);
      step = await steps.next();
    }
    return step.value;
  } finally {
    await close();
  }
}
