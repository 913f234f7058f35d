import { libraryFlag } from "../flags/library-flag.ts";
import type { CommandPage } from "../terminal/declaration.ts";
import { wholeNumber } from "../terminal/parse.ts";

const face = (name: string) => (text: string) => wholeNumber(name, 1)(text.replace(/^#/, ""));
const faces = (name: string) => (text: string) => text.split(",").map((one) => face(name)(one.trim()));

/** One of several: `--label 12=sadness --label 13=anger`. */
const another = (text: string, before?: unknown): readonly string[] => [...((before ?? []) as readonly string[]), text];

export const page = {
  name: "library correct",
  group: "library",
  place: 2,
  usage: "[folder] [options]",
  sentence: "Correct what the library says of faces, or hide a person or folder. Every index keeps it.",
  examples: [
    ["semblant library correct --label 12=sadness", "face 12 looks sad"],
    ["semblant library correct --together 3,8,21", "one group"],
    ["semblant library correct --hide party/", "out of every answer"],
  ],
  arguments: ["[folder]"],
  options: [
    { flags: "--not-a-face <face>", text: "what was found is no face", parse: face("not-a-face") },
    { flags: "--label <face=name>", text: "what it looks like: a class, or a word of your own; may be repeated", parse: another },
    { flags: "--together <faces>", text: "faces that must be in one group", parse: faces("together") },
    { flags: "--apart <faces>", text: "faces that must be in different groups", parse: faces("apart") },
    { flags: "--hide <face|path>", text: "a person (with all faces said to be together), photo or folder" },
    { flags: "--withdraw <n>", text: "take correction n back", parse: wholeNumber("withdraw", 1) },
    libraryFlag,
  ],
  notes: ["Faces are named by the numbers that search and the sheets show. Without options the corrections that stand are listed."],
} as const satisfies CommandPage;
