import { existsSync, realpathSync } from "node:fs";
import type { DomainShift } from "@semblant/core";
import { refuseUnknown } from "@semblant/core/internals";
import { isServerAddress } from "../database/server-address.ts";
import { checkIndexOptions, indexOptions } from "../library/index-options.ts";
import type { IndexOptions, IndexStep, IndexSummary } from "../library/index-photos.ts";
import { libraryPath } from "../library/library-path.ts";
import { shiftOfLibrary } from "../library/library-shift.ts";
import type { OpenLibraryOptions } from "../library/open-options.ts";
import { refuseFile } from "./photo-folder.ts";

export interface IndexFolderOptions extends IndexOptions, Pick<OpenLibraryOptions, "reader" | "model" | "smallest"> {
  /** The library's file (`.semblant/library.sqlite` in the folder), or the address of a PostgreSQL server. */
  readonly library?: string;
}

/** What an index came to, and what the library's faces are like. */
export interface IndexedFolder extends IndexSummary {
  /** How unlike the faces that the model learned from those of the library are, from ten faces on and where the model's card can say. */
  readonly shift?: DomainShift;
}

/**
 * Opens a folder's library, brings it up to date and closes it.
 *
 * @param onStep called with each file that came to its end
 * @throws OptionError if an option is unknown or out of range
 * @throws DataError if the folder or its library cannot be used, as `openLibrary` and `Library.index` say
 */
export async function indexFolder(
  folder: string,
  options: IndexFolderOptions = {},
  onStep: (step: IndexStep) => void = () => {},
): Promise<IndexedFolder> {
  refuseUnknown("indexFolder", options, [...indexOptions, "library", "reader", "model", "smallest"]);
  refuseFile("index", folder);
  const { library: file, reader, model, smallest, ...indexing } = options;
  checkIndexOptions(indexing);
  const opening = {
    ...(file !== undefined && { file }),
    ...(reader && { reader }),
    ...(model !== undefined && { model }),
    ...(smallest !== undefined && { smallest }),
  };
  if (options.asWorker === true) await refuseWithoutQueue(folder, file);
  const { openLibrary, openMade, searchingOf } = await import("../library/library.ts");
  const library = await (options.asWorker === true ? openMade : openLibrary)(folder, opening);
  try {
    const run = library.index(indexing);
    for (let step = await run.next(); ; step = await run.next()) {
      if (step.done) {
        const shift = step.value.faces === 0 || options.asWorker === true ? undefined : shiftOfLibrary(searchingOf(library));
        return { ...step.value, ...(shift && { shift }) };
      }
      onStep(step.value);
    }
  } finally {
    library.close();
  }
}

/** A worker makes no library, and a file has no queue. */
async function refuseWithoutQueue(folder: string, file: string | undefined): Promise<void> {
  if (file !== undefined && isServerAddress(file)) return;
  const { noQueue } = await import("../library/index-library.ts");
  throw noQueue(libraryPath(existsSync(folder) ? realpathSync(folder) : folder, file));
}
