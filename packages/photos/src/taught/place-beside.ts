import { createHash } from "node:crypto";
import { join } from "node:path";
import { userCacheFolder } from "@semblant/files/internals";
import { isServerAddress, withoutPassword } from "../database/server-address.ts";

/**
 * Where files lie that are kept for a library on this machine: beside its file. For a library on a server, which has no file, they lie in
 * a folder of the user's cache that is named by a hash of its address. No library lies there; names of files begin as if one did.
 *
 * @param library its file, or its address
 *
 * @example
 * placeBeside("photos.sqlite"); // "photos.sqlite"
 */
export function placeBeside(library: string): string {
  if (!isServerAddress(library)) return library;
  const own = createHash("sha256").update(withoutPassword(library)).digest("hex").slice(0, 16);
  return join(userCacheFolder(), "libraries", own, "library.sqlite");
}
