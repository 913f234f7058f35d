import { labelModes } from "../flags/label-modes.ts";
import type { CommandPage } from "../terminal/declaration.ts";
import { oneOf } from "../terminal/parse.ts";

export const page = {
  name: "data inspect",
  group: "training",
  place: 1,
  usage: "<path> [options] [data.name=value ...]",
  sentence: "Say what a folder or table of labelled faces holds, what is left out and why, and everything that is wrong with it.",
  examples: [
    ["semblant data inspect ferplus/", "fer2013.csv with FER+ votes"],
    ["semblant data inspect jaffe/", "a set as it is sent out"],
    ["semblant data inspect faces.csv --json", "path,label[,split]; all as one JSON"],
  ],
  arguments: ["<path>", "[settings...]"],
  options: [
    { flags: "-l, --labels <mode>", text: `FER+: ${labelModes.join(", ")}`, default: "majority", parse: oneOf("labels", labelModes) },
    { flags: "--all", text: "list every fault, not only the first 50 of one sort" },
  ],
  notes: [
    "Known: FER+, KDEF and other sets as they are sent out, a folder for each class, a table path,label[,split].",
    "Where nothing known is at a path, the message names every set.",
    "Tables of other programs are read, too: semicolons, tabs, UTF-16, columns like filename or emotion.",
    "People are known by names of files and folders, and by columns like subject; data.people=none does not look for them.",
    "Settings say how it is read, as for train: data.crop=whole, data.split=test ... Faces are found where pictures are heads or photos.",
    "Status is also 1 where a fault keeps the data from being read.",
  ],
} as const satisfies CommandPage;
