import { filterFlag } from "../flags/filter-flag.ts";
import { libraryFlag } from "../flags/library-flag.ts";
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
    { ...filterFlag, text: "as for search", default: "all that is not hidden" },
    libraryFlag,
  ],
  notes: ["Embeddings of faces are personal data: whoever has them can find the same faces elsewhere."],
} as const satisfies CommandPage;
