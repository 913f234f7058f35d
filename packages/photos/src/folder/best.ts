import { OptionError } from "@semblant/core";
import type { FaceSet } from "../face-sets/face-set.ts";
import { type BestShots, type BestShotsOptions, bestShots } from "../questions/best.ts";
import { isFolder, openPhotoFiles } from "./photo-files.ts";
import { openPhotoFolder, type PhotoFolderOptions } from "./photo-folder.ts";

export type BestOfOptions = PhotoFolderOptions & BestShotsOptions;

/** The best shots of a folder, or of photos that are named. */
export interface BestOf {
  readonly set: FaceSet;
  readonly answer: BestShots;
  readonly errors: readonly { readonly path: string; readonly reason: string }[];
}

/**
 * The best shots: of each moment in a folder, or of photos named one by one, which are taken for shots of one moment;
 * see {@link bestShots}.
 *
 * @throws what {@link bestShots}, opening the folder and reading photos throw
 */
export async function bestOf(
  photos: string | readonly string[],
  options: BestOfOptions = {},
  progress: (text: string) => void = () => {},
): Promise<BestOf> {
  const { expression, oneMoment, nearDuplicates, ...of } = options;
  const paths = typeof photos === "string" ? [photos] : photos;
  const folder = paths.length === 1 && isFolder(paths[0] as string) ? (paths[0] as string) : undefined;
  if (folder === undefined && of.filter !== undefined) throw new OptionError("best: expected a folder for a filter, but got photos.");
  const opened =
    folder === undefined
      ? await openPhotoFiles("best", paths, filesOnly(of), progress)
      : await openPhotoFolder("best", folder, of, progress);
  const together = oneMoment ?? folder === undefined;
  const answer = bestShots(opened.set, {
    ...(expression !== undefined && { expression }),
    ...(nearDuplicates !== undefined && { nearDuplicates }),
    oneMoment: together,
  });
  return { set: opened.set, answer, errors: opened.errors };
}

function filesOnly({ model, reader }: PhotoFolderOptions) {
  return { ...(model !== undefined && { model }), ...(reader !== undefined && { reader }) };
}
