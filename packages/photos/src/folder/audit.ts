import { type Audit, type AuditOptions, audit } from "../questions/audit.ts";
import { type OpenedFolder, openPhotoFolder, type PhotoFolderOptions } from "./photo-folder.ts";

export type AuditFolderOptions = PhotoFolderOptions & AuditOptions;

/** A labelled folder's doubtful faces. */
export interface AuditedFolder extends OpenedFolder {
  readonly answer: Audit;
}

/**
 * Reads what is new in a labelled folder and looks through its labels; see {@link audit}.
 *
 * @throws what {@link audit} and opening the folder throw
 */
export async function auditFolder(
  folder: string,
  options: AuditFolderOptions = {},
  progress: (text: string) => void = () => {},
): Promise<AuditedFolder> {
  const { labelOf, threshold, k, seed, ...of } = options;
  const opened = await openPhotoFolder("audit", folder, of, progress);
  progress("looking through labels ...");
  const asked = Object.entries({ labelOf, threshold, k, seed }).filter(([, value]) => value !== undefined);
  return { ...opened, answer: audit(opened.set, Object.fromEntries(asked)) };
}
