import { folderFlags } from "../flags/folder-flags.ts";
import { seedFlag } from "../flags/seed-flag.ts";
import { sheetFlag } from "../flags/sheet-flag.ts";
import type { CommandPage } from "../terminal/declaration.ts";
import { wholeNumber } from "../terminal/parse.ts";

export const page = {
  name: "album",
  group: "photos",
  place: 5,
  usage: "<folder> [options]",
  sentence: "Sum up a folder of photos in a few: different expressions, people and times, and what each stands for.",
  examples: [
    ["semblant album photos/", "12 pictures, and why"],
    ["semblant album photos/ --size 24 --sheet album.html", "as a page"],
    ["semblant album photos/ --copy for-grandma/", "clean copies of them"],
  ],
  arguments: ["<folder>"],
  options: [
    { flags: "-n, --size <n>", text: "pictures", default: "12", parse: wholeNumber("size", 1) },
    { flags: "--keep <photos...>", text: "photos that are in, by their paths in the folder" },
    { flags: "--without-faces", text: "choose among photos without faces, too" },
    sheetFlag,
    { flags: "--copy <folder>", writes: "folder", text: "copies of the pictures, upright, without place, time and camera" },
    { flags: "--plain", text: "copy the files as they are, with all their metadata" },
    { flags: "--link <folder>", writes: "folder", text: "links to the pictures" },
    ...folderFlags,
    seedFlag,
  ],
  notes: [
    "The choice is greedy. It covers at least 63 % of what the best possible choice covers, and the answer " +
      "says how near it came. No two pictures are near-duplicates. People are told apart by the colours of " +
      "head and shoulders: there is no model of identity. Photos are only read.",
    "Of more than about 2,300 moments, some 1,700 are drawn at random to choose from. The answer says so.",
  ],
} as const satisfies CommandPage;
