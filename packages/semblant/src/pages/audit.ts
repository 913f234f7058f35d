import { dataFlag } from "../flags/data-words.ts";
import { folderFlags } from "../flags/folder-flags.ts";
import { seedFlag } from "../flags/seed-flag.ts";
import { sheetFlag } from "../flags/sheet-flag.ts";
import type { CommandPage } from "../terminal/declaration.ts";
import { numberFrom, wholeNumber } from "../terminal/parse.ts";

export const page = {
  name: "audit",
  group: "photos",
  place: 7,
  usage: "<folder|model> [data] [options]",
  sentence: "Find the faces whose label the model doubts, in a labelled folder (happy/a.jpg) or a data set, the worst first.",
  examples: [
    ["semblant audit faces/ --sheet audit.html", "to look through"],
    ["semblant audit faces/ --csv fixes.csv", "to edit and train with"],
    ["semblant audit best jaffe/", "a data set, labels as it has them"],
  ],
  arguments: ["<folder>", "[data]", "[settings...]"],
  options: [
    { flags: "--threshold <share>", text: "the least doubt that is listed, 0 to 1", default: "0.7", parse: numberFrom("threshold", 0, 1) },
    {
      flags: "-k, --neighbors <n>",
      name: "k",
      text: "other faces of the folder that are asked",
      default: "11",
      parse: wholeNumber("neighbors", 1),
    },
    dataFlag,
    sheetFlag,
    {
      flags: "--csv <file>",
      writes: "file",
      text: "corrections that train reads; delete the lines that are wrong. Another table there is never written over",
    },
    ...folderFlags,
    seedFlag,
  ],
  notes: [
    "With a model (best, small, posed, a file of semblant export or adapt) and data, labels are those of the data set: " +
      "file names, tables, folders. data.name=value says how it is read. --sheet is for folders.",
    "Three judge each label: the Gaussians of the model, the Gaussians of the folder's other faces, and " +
      "the nearest of these faces. A doubtful label may be wrong. It may also be right, of a face that is " +
      "hard to read. Where the folder has no label for what the model sees, a person must decide. In the " +
      "CSV an empty label leaves a picture out.",
    "Of more than 30,000 faces, the nearest are looked for among those of near cells: 99 in 100 are found. The answer says so.",
  ],
} as const satisfies CommandPage;
