import { refuseUnknown } from "@semblant/core/internals";
import type { IndexOptions, IndexStep, IndexSummary } from "../library/index-photos.ts";
import type { OpenLibraryOptions } from "../library/open-options.ts";
import { refuseFile } from "./photo-folder.ts";

export interface IndexFolderOptions extends IndexOptions, Pick<OpenLibraryOptions, "reader" | "model" | "smallest"> {
  /** The library's file (`.semblant/library.sqlite` in the folder). */
  readonly library?: string;
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
): Promise<IndexSummary> {
  const known = [
    "exclude",
    "workers",
    "photoSeconds",
    "photoMemory",
    "retry",
    "replaceModel",
    "followLinks",
    "signal",
    "library",
    "reader",
    "model",
    "smallest",
  ];
  refuseUnknown("indexFolder", options, known);
  refuseFile("index", folder);
  const { library: file, reader, model, smallest, ...indexing } = options;
  const opening = {
    ...(file !== undefined && { file }),
    ...(reader && { reader }),
    ...(model !== undefined && { model }),
    ...(smallest !== undefined && { smallest }),
  };
  const { openLibrary } = await import("../library/library.ts");
  const library = await openLibrary(folder, opening);
  try {
    const run = library.index(indexing);
    for (let step = await run.next(); ; step = await run.next()) {
      if (step.done) return step.value;
      onStep(step.value);
    }
  } finally {
    library.close();
  }
}
