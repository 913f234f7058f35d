import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { DataError } from "@semblant/core";
import { contentHash } from "../reading/fingerprints.ts";
import { fileOf, type Library } from "./library.ts";

/**
 * Refuses a photo whose file is another since it was read: what is known of its faces would be shown on another picture, and that be kept
 * as if it were the photo's. A file that was only touched passes.
 *
 * @throws DataError if it is another
 */
export async function refuseOther(library: Library, photo: number): Promise<void> {
  const known = fileOf(library).prepare("SELECT path, bytes, modified, hash FROM photos WHERE id = ?").get(photo) as
    | { readonly path: string; readonly bytes: number; readonly modified: number; readonly hash: string }
    | undefined;
  if (known === undefined) return;
  const path = resolve(library.root, known.path);
  const now = await stat(path).catch(() => undefined);
  if (now === undefined) return; // whoever reads it says so
  if (now.size === known.bytes && (now.mtimeMs === known.modified || contentHash(await readFile(path)) === known.hash)) return;
  throw new DataError("photos: expected the photo as it was read, but its file is another by now.\n  Read the folder again.");
}
