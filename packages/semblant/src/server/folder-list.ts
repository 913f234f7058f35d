import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { type FolderList, shelfError } from "@semblant/api";
import { DataError, OptionError } from "@semblant/core";
import { show } from "@semblant/core/internals";

/** The folders in a folder, those that are hidden aside, by their names. */
export async function listFolders(path = homedir()): Promise<FolderList> {
  if (!isAbsolute(path)) throw new OptionError(`folders: expected the whole path of a folder, but got ${show(path)}.`);
  const own = resolve(path);
  try {
    const entries = await readdir(own, { withFileTypes: true });
    const names = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith(".")).map(({ name }) => name);
    const folders = names
      .sort((a, b) => a.localeCompare(b, "en", { numeric: true }))
      .map((name) => ({ name, path: join(own, name), library: existsSync(join(own, name, ".semblant", "library.sqlite")) }));
    return { path: own, ...(dirname(own) !== own && { parent: dirname(own) }), folders };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") throw shelfError("missing", `folders: expected a folder, but there is no ${show(own)}.`);
    throw new DataError(`folders: expected to look into ${show(own)}, but it cannot be read (${code}).`, { cause: error });
  }
}
