import { type Audit, type AuditOfFacesOptions, auditFaces } from "@semblant/answers";
import { auditOptions } from "@semblant/answers/internals";
import type { PhotosOptions } from "./photo-folder.ts";
import { type Answered, facesAsked, type Photos, partOptions } from "./photos.ts";

export type AuditOptions = PhotosOptions & AuditOfFacesOptions;

/**
 * Looks through labelled photos for faces whose label the model doubts, worst first; the label of a photo is its folder's name
 * (`happy/a.jpg`), unless `labelOf` says another. See {@link auditFaces} for who is asked.
 *
 * @param photos a folder, an open library, or faces
 * @throws OptionError if an option is out of range or unknown
 * @throws DataError if the folder cannot be opened, no face has a label, or all have the same that the model does not know
 *
 * @example
 * await audit("no/such/folder"); // throws DataError: library: expected a folder of photos, but there is no no/such/folder.
 */
export async function audit(
  photos: Photos,
  options: AuditOptions = {},
  progress: (text: string) => void = () => {},
): Promise<Answered<Audit>> {
  const [own, of] = partOptions<AuditOfFacesOptions, PhotosOptions>(options, auditOptions);
  const asked = await facesAsked("audit", photos, of, progress);
  progress("looking through labels ...");
  return { ...auditFaces(asked.set, own), ...asked };
}
