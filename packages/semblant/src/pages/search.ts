import { filterFlag } from "../flags/filter-flag.ts";
import { placeFlag } from "../flags/library-flag.ts";
import { sheetFlag } from "../flags/sheet-flag.ts";
import { smallestFlag } from "../flags/smallest-flag.ts";
import type { CommandPage } from "../terminal/declaration.ts";
import { wholeNumber } from "../terminal/parse.ts";

export const page = {
  name: "search",
  group: "photos",
  place: 2,
  usage: "<face|photo|words> [options]",
  sentence: "Find the faces of a library whose expression is most like that of a face, or that fit words best.",
  examples: [
    ["semblant search me.jpg -k 24 --sheet alike.html", "like this one"],
    ['semblant search "happy, mouth open"', "what words say"],
    ["semblant search 1204 --filter folder=2024", "like face 1204"],
  ],
  arguments: ["<query>"],
  options: [
    { flags: "-k, --count <n>", name: "k", text: "how many faces", default: "12", parse: wholeNumber("count", 1) },
    {
      ...filterFlag,
      text: "folder=, since=, until=, expression=, side>=, sharpness>=, score>=, turn<=, hidden=yes; may be given several times",
    },
    { flags: "--approximate", text: "by an index, for very many faces; says what share it finds" },
    sheetFlag,
    { flags: "--in <folder>", text: "whose photos", default: "this one, or above" },
    placeFlag,
    { flags: "-m, --model <which>", text: "a model's file, or small", default: "the one that ships" },
    smallestFlag,
  ],
  notes: [
    "Words have commas between: classes and what people say for them, not sad, happiness/2 (a sub-class), " +
      "mouth open, eyes closed, frontal, sharp. Of several faces in a photo the largest is meant.",
    "Similar means similar expressions, and similar persons too: the answer says how often the nearest face is the same person.",
  ],
} as const satisfies CommandPage;
