import { addFilter, checkExportEnding, openNearest, refuseUnmatched } from "@semblant/photos/internals";
import { libraryFlag } from "../flags/library-flag.ts";
import { commandOf } from "../terminal/command.ts";
import type { CommandPage } from "../terminal/declaration.ts";

export const page = {
  name: "library export",
  group: "library",
  place: 3,
  usage: "[folder] [options]",
  sentence: "Write what a library knows of its faces for other programs: where they are, what they look like, their embeddings.",
  examples: [
    ["semblant library export --out faces.csv", "a line per face"],
    ["semblant library export --out all.json", "everything"],
    ["semblant library export --out faces.npy", "the embeddings"],
  ],
  arguments: ["[folder]"],
  options: [
    {
      flags: "-o, --out <file>",
      writes: "file",
      otherwise: "faces.csv",
      text: "ends in .csv, .json, .npy, .tsv or .parquet",
      default: "faces.csv",
    },
    { flags: "--filter <conditions>", text: "as for search", default: "all that is not hidden", parse: addFilter },
    libraryFlag,
  ],
  notes: ["Embeddings of faces are personal data: whoever has them can find the same faces elsewhere."],
} as const satisfies CommandPage;

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
