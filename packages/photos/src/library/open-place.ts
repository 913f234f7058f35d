import { existsSync } from "node:fs";
import { isServerAddress } from "../database/server-address.ts";
import { inOurWords } from "./failures.ts";
import { libraryPath } from "./library-path.ts";
import { type LibraryFile, loadVectors, openFile } from "./open-file.ts";
import type { OpenLibraryOptions } from "./open-options.ts";
import { mayWrite } from "./open-to-read.ts";
import { settleFolder } from "./settle-folder.ts";

/** Where a library's rows lie, opened. */
export interface OpenedPlace {
  readonly file: LibraryFile;
  /** The file's path, or the server's address without a password. */
  readonly path: string;
  /** Whether there is what compares vectors. */
  readonly vectors: boolean;
}

/**
 * Opens the file or the server that a folder's library lies in.
 *
 * @param root the folder
 * @param make whether it is made where it is missing
 */
export async function openPlace(root: string, options: OpenLibraryOptions, make: boolean): Promise<OpenedPlace> {
  const { readonly = false } = options;
  if (options.file !== undefined && isServerAddress(options.file)) {
    const { openServer } = await import("../server/open-server.ts");
    const file = openServer(options.file, { readonly, make, ...(options.patience !== undefined && { patience: options.patience }) });
    return { file, path: file.name, vectors: true };
  }
  const path = libraryPath(root, options.file);
  const file = openFile(path, { readonly: readonly === "auto" ? existsSync(path) && !mayWrite(path) : readonly });
  try {
    settleFolder(file, path, root, file.readonly);
    return { file, path, vectors: await loadVectors(file) };
  } catch (error) {
    file.close();
    throw inOurWords(error, path);
  }
}
