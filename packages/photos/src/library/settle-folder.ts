import { join } from "node:path";
import { DataError } from "@semblant/core";
import { fact, keepFact } from "./facts.ts";
import type { LibraryFile } from "./open-file.ts";

/** A library outside of its folder says whose it is, so that another folder's photos are not taken for all of its own being gone. */
export function settleFolder(file: LibraryFile, path: string, root: string, readonly: boolean): void {
  if (path.startsWith(join(root, "/"))) return;
  const known = fact(file, "folder");
  if (known === undefined && !readonly) keepFact(file, "folder", root);
  if (known === undefined || known === root) return;
  throw new DataError(`library: expected ${path} with its folder ${known}, but got ${root}.\n  Keep a library for each folder.`);
}
