import { readingFlags } from "../flags/folder-flags.ts";
import { seedFlag } from "../flags/seed-flag.ts";
import type { CommandPage } from "../terminal/declaration.ts";

export const page = {
  name: "adapt",
  group: "photos",
  place: 8.5,
  usage: "<labelled> -o <mine.json> [options] [name=value ...]",
  sentence: "Adapt a model to labelled faces of your own, without training, and say what that is worth on other people.",
  examples: [
    ["semblant adapt faces/ --out mine.json", "then: --model mine.json"],
    ["semblant adapt faces.csv --in photos/", "for the library of photos/"],
    ["semblant adapt --forget --in photos/", "as it was trained again"],
  ],
  arguments: ["[labelled]", "[settings...]"],
  options: [
    { flags: "-o, --out <file>", writes: "file", text: "the adapted model; it ends in .json, and every --model takes it" },
    { flags: "--in <folder>", name: "into", text: "the folder whose library answers by it from now on" },
    {
      flags: "--new <labels>",
      name: "newClasses",
      text: "labels that are new classes: smirk,bored, or all",
      default: "none",
      parse: (text: string): readonly string[] | "all" => (text === "all" ? text : text.split(",").map((word) => word.trim())),
    },
    { flags: "--only", text: "never name another class than those of these faces" },
    { flags: "--corrected", text: "take the faces that library correct gave a label" },
    { flags: "--forget", text: "let the library of --in answer by its model as it was trained" },
    ...readingFlags,
    seedFlag,
  ],
  notes: [
    "Labelled faces are a folder per class (happy/a.jpg), a table, or a data set in any layout that evaluate reads. " +
      "Three faces per class are enough to begin with, of several people.",
    "With --in, --library is the library of that folder. Labelled faces of another folder are read into that folder's own.",
    "Each face is named by Gaussians that have not seen its person. Who is who stands in a table's column subject, in folders " +
      "(happy/P001/a.jpg) or in names of files.",
    "The network stays, so that a library need not read its photos again. What is no better is not kept, and the status is 1.",
  ],
} as const satisfies CommandPage;
