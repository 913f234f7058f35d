import { type AlbumAnswer, type AlbumAnswerOptions, album } from "../questions/album.ts";
import { type OpenedFolder, openPhotoFolder, type PhotoFolderOptions } from "./photo-folder.ts";

export type SummarizeFolderOptions = PhotoFolderOptions & AlbumAnswerOptions;

/** An album's summary, with the faces it was made from. */
export interface SummarizedFolder extends OpenedFolder {
  readonly answer: AlbumAnswer;
}

/**
 * Reads what is new in a folder and chooses the pictures that sum it up; see {@link album}.
 *
 * @throws what {@link album} and opening the folder throw
 */
export async function summarizeFolder(
  folder: string,
  options: SummarizeFolderOptions = {},
  progress: (text: string) => void = () => {},
): Promise<SummarizedFolder> {
  const { size, weights, withoutFaces, keep, nearDuplicates, seed, ...of } = options;
  const opened = await openPhotoFolder("album", folder, of, progress);
  progress("choosing pictures ...");
  const asked = { size, weights, withoutFaces, keep, nearDuplicates, seed };
  const given = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined)) as AlbumAnswerOptions;
  return { ...opened, answer: album(opened.set, given) };
}
