import { existsSync, realpathSync } from "node:fs";
import { DataError } from "@semblant/core";
import { refuseUnknown } from "@semblant/core/internals";
import { isServerAddress } from "../database/server-address.ts";
import { dropDamagedTaught } from "./change-taught.ts";
import { fileOf } from "./file-of.ts";
import { claimIndexing } from "./indexing-lock.ts";
import { openMade } from "./library.ts";
import { libraryPath } from "./library-path.ts";
import type { Mended } from "./mended.ts";
import { type Salvaged, salvage } from "./salvage.ts";

/** What {@link repairLibrary} did. */
export interface Repaired {
  /** What was wrong. */
  readonly problems: readonly string[];
  /** What was mended in rows, what is to be read again, what is lost; absent where nothing was. */
  readonly rows?: Mended;
  /** What was saved, where the file was damaged and had to be written anew. */
  readonly salvaged?: Salvaged;
}

/**
 * Mends a library: makes search's table anew, and where the file itself is damaged, writes it anew from what can be read, keeping the
 * damaged one beside it. The next index reads again what is missing.
 *
 * @param options `file`: the library's file (`.semblant/library.sqlite` in the folder)
 * @throws DataError if there is no library, nothing of it can be read, or another process is indexing it
 *
 * @example
 * await repairLibrary("no/such/folder"); // throws DataError: library repair: expected a library at
 */
export async function repairLibrary(folder: string, options: { readonly file?: string } = {}): Promise<Repaired> {
  refuseUnknown("repairLibrary", options, ["file"]);
  if (options.file !== undefined && isServerAddress(options.file)) {
    const { found, rows } = await attempt(folder, options);
    return { problems: found, ...(rows && { rows }) };
  }
  const path = libraryPath(existsSync(folder) ? realpathSync(folder) : folder, options.file);
  if (!existsSync(path)) throw new DataError(`library repair: expected a library at ${path}, but there is none.`);
  const problems = await attempt(folder, options);
  if (!problems.damaged) return { problems: problems.found, ...(problems.rows && { rows: problems.rows }) };
  const salvaged = salvagedAlone(path);
  const { rows } = await attempt(folder, options); // what the saved rows still need: the model's card, search's table
  return { problems: problems.found, salvaged, ...(rows && { rows }) };
}

function salvagedAlone(path: string): Salvaged {
  const lock = claimIndexing(path);
  try {
    return salvage(path);
  } finally {
    lock.release();
  }
}

interface Attempt {
  readonly found: readonly string[];
  readonly damaged: boolean;
  readonly rows?: Mended;
}

/** Repairs without writing anew; says whether that was not enough. */
async function attempt(folder: string, options: { readonly file?: string }): Promise<Attempt> {
  let found: string[] = [];
  try {
    const library = await openMade(folder, options);
    try {
      found = [...library.check().problems];
      if (found.some((problem) => problem.startsWith("the file is damaged"))) return { found, damaged: true };
      const rows = library.repair();
      if (library.check().model !== undefined)
        await dropDamagedTaught({ root: library.root, library: library.path, database: fileOf(library), model: library.model });
      const something = rows.photos + rows.mended.length + rows.lost.length > 0;
      return { found, damaged: false, ...(something && { rows }) };
    } finally {
      library.close();
    }
  } catch (error) {
    const { message } = error as Error;
    if (!(error instanceof DataError) || !/is damaged|is no SQLite file/.test(message)) throw error;
    return { found: found.length > 0 ? found : [message.split("\n")[0] as string], damaged: true };
  }
}
