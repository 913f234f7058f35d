import { placeFlag } from "../flags/library-flag.ts";
import { sheetFlag } from "../flags/sheet-flag.ts";
import { smallestFlag } from "../flags/smallest-flag.ts";
import type { CommandPage } from "../terminal/declaration.ts";
import { wholeNumber } from "../terminal/parse.ts";

export const page = {
  name: "classify",
  group: "photos",
  place: 3,
  usage: "<photos...> [options]",
  sentence: "Say what each face in photos looks like, with a probability per expression; or that it is unsure, or none of these.",
  examples: [
    ["semblant classify me.jpg", "each face, the likeliest first"],
    ["semblant classify *.jpg --sheet looks.html", "with pictures"],
    ["semblant classify me.jpg --json", "whole distributions"],
  ],
  arguments: ["<photos...>"],
  options: [
    sheetFlag,
    { flags: "--taught <folder>", text: "also name classes that this folder's library was taught" },
    { flags: "--model <which>", text: "small, or a file of semblant export or adapt", default: "the one that ships" },
    { ...placeFlag, text: "where the library of --taught, or else of the folder, is: a file, or postgres://..." },
    smallestFlag,
    { flags: "--follow-links", text: "of a folder: follow links that lead out of it" },
    { flags: "-t, --threads <n>", text: "threads the networks may use", default: "all", parse: wholeNumber("threads", 1, 1024) },
  ],
  notes: [
    "A photo that is a face already (square, at most 64 pixels) is taken whole. Names say what a face " +
      "looks like to people, not what a person feels. A folder is indexed, and every face in it is named.",
  ],
} as const satisfies CommandPage;
