import { addFilter, checkExportEnding, type FaceFilter, openNearest, refuseUnmatched } from "@semblant/photos";
import type { CommandPage } from "../terminal/page.ts";
import type { CommandModule } from "./command.ts";

export const page: CommandPage = {
  name: "library export",
  usage: "[folder] [options]",
  sentence: "Write what a library knows of its faces for other programs: where they are, what they look like, their embeddings.",
  examples: [
    ["semblant library export --out faces.csv", "a line a face"],
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
    { flags: "--library <file>", text: "where the library is", default: ".semblant/ in the folder" },
  ],
  notes: ["Embeddings of faces are personal data: who has them can find the same faces elsewhere."],
};

export const command: CommandModule = {
  page,
  async run([folder = "."], { out = "faces.csv", filter, library: file }, terminal) {
    checkExportEnding(out as string);
    const opening = { readonly: true, ...(file !== undefined && { file: file as string }) };
    const library = await openNearest("library export", folder as string, opening);
    try {
      if (filter !== undefined) refuseUnmatched("library export", library, filter as FaceFilter);
      const files = await library.exportTo(out as string, filter as FaceFilter | undefined);
      terminal.print(`written: ${files.join(", ")}`);
      terminal.result({ files });
      return 0;
    } finally {
      library.close();
    }
  },
};
