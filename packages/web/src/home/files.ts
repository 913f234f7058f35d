import { shelfError } from "@semblant/api";
import { DataError } from "@semblant/core";
import type { FileRow } from "./keeping/rows.ts";
import type { Store } from "./keeping/store.ts";

/**
 * The bytes of a file: its copy, or the visitor's own file.
 *
 * @throws DataError (missing) if it is not there any more, or the visitor has to allow it again
 */
export async function fileOf(store: Store, { path, hash, handle }: FileRow): Promise<Blob> {
  if (handle === undefined) {
    const copy = await store.pictures.get(hash);
    if (copy === undefined) throw shelfError("missing", `photo: expected the copy of ${path} in this browser, but it is gone.`);
    return copy;
  }
  try {
    return await handle.getFile();
  } catch (cause) {
    const { name } = cause as { name?: string };
    if (name === "NotAllowedError") throw new DataError(`photo: this page may not read ${path} until you allow it again.`, { cause });
    if (name === "NotFoundError") throw shelfError("missing", `photo: expected ${path} in its folder, but it is gone.`);
    throw cause;
  }
}

/** SHA-256 of a file's bytes, in hexadecimal. */
export async function contentHash(bytes: Blob): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await bytes.arrayBuffer()));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
