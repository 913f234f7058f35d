import { checkExportEnding, openNearest, refuseUnmatched } from "@semblant/photos/internals";
import { page } from "../pages/library-export.ts";
import { commandOf } from "../terminal/command.ts";

export const command = commandOf(page, async ([folder = "."], { out = "faces.csv", filter, ...opening }, terminal) => {
  checkExportEnding(out);
  const library = await openNearest("library export", folder, { ...opening, readonly: true });
  try {
    if (filter !== undefined) refuseUnmatched("library export", library, filter);
    const files = await library.exportTo(out, filter);
    terminal.print(`written: ${files.join(", ")}`);
    terminal.result({ files });
    return 0;
  } finally {
    library.close();
  }
});
