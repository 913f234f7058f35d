import { dataFlag } from "../flags/data-words.ts";
import { folderFlags } from "../flags/folder-flags.ts";
import { seedFlag } from "../flags/seed-flag.ts";
import { sheetFlag } from "../flags/sheet-flag.ts";
import type { CommandPage } from "../terminal/declaration.ts";
import { numberFrom, wholeNumber } from "../terminal/parse.ts";

export const page = {
  name: "cluster",
  group: "photos",
  place: 4,
  usage: "<folder|embeddings|run|model> [data] [options]",
  sentence: "Group the faces in a folder of photos, of a data set, or exported embeddings, by expression.",
  examples: [
    ["semblant cluster photos/", "as many as there are"],
    ["semblant cluster faces.npy -k 8 --json", "the rows of semblant embed"],
    ["semblant cluster best jaffe/ -k 7", "a data set, by a model"],
  ],
  arguments: ["<folder>", "[data]", "[settings...]"],
  options: [
    { flags: "-k, --groups <n>", name: "k", text: "how many", default: "what the faces speak for (BIC)", parse: wholeNumber("groups", 1) },
    {
      flags: "--similarity <share>",
      text: "instead: how alike faces of a group are, 0 (all in one) to 1 (each alone); one class is about 0.4 alike",
      parse: numberFrom("similarity", 0, 1),
    },
    { flags: "--top <n>", text: "faces shown per group, nearest to its medoid", default: "16", parse: wholeNumber("top", 1) },
    { flags: "--least <n>", text: "faces that make a group, at least", default: "1; 2 by similarity", parse: wholeNumber("least", 1) },
    dataFlag,
    sheetFlag,
    ...folderFlags,
    seedFlag,
  ],
  notes: [
    "A run, or a model (best, small, posed, a file of semblant export or adapt), groups the faces of a data set, with or " +
      "without labels. data.name=value says how it is read. --sheet is for folders of photos.",
    "Embeddings are .npy, .parquet or .tsv as semblant embed or other programs write them.",
    "Of more than 3,000 faces, groups are found among 3,000 drawn at random. By similarity, all pairs of up to 2,000 faces are compared; " +
      "of more, pairs of faces that lie near. The answer says so.",
    "What was said of pairs of faces in the library (must be together, must be apart) is kept.",
  ],
} as const satisfies CommandPage;
