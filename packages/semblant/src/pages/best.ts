import { folderFlags } from "../flags/folder-flags.ts";
import { sheetFlag } from "../flags/sheet-flag.ts";
import type { CommandPage } from "../terminal/declaration.ts";
import { wholeNumber } from "../terminal/parse.ts";

export const page = {
  name: "best",
  group: "photos",
  place: 6,
  usage: "<folder | photos...> [options]",
  sentence: "Find the best shot of each burst and group photo, by everyone's expression, open eyes and sharpness.",
  examples: [
    ["semblant best photos/ --sheet best.html", "of each moment in a folder"],
    ["semblant best a.jpg b.jpg c.jpg", "of these"],
    ["semblant best photos/ --expression neutral", "for a passport, say"],
  ],
  arguments: ["<photos...>"],
  options: [
    {
      flags: "-e, --expression <name>",
      text: "the look that all should have; any judges open eyes and sharpness alone",
      default: "happiness",
    },
    { flags: "--seconds <n>", text: "longest time between two shots of one moment", default: "30", parse: wholeNumber("seconds") },
    { flags: "--bits <n>", text: "of 64 in which their pictures differ at most", default: "12", parse: wholeNumber("bits") },
    sheetFlag,
    ...folderFlags,
  ],
  notes: [
    "Every face counts: the worst is half of a shot's score, the next a quarter, and so on. A face that " +
      "a shot lacks counts as a bad one. Photos that are named one by one are taken for shots of one moment.",
  ],
} as const satisfies CommandPage;
