import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { OptionError } from "@semblant/core";
import { show } from "@semblant/core/internals";
import type { Correction, CorrectionRecord } from "@semblant/photos";
import { openNearest, withinLibrary } from "@semblant/photos/internals";
import { libraryFlag } from "../flags/library-flag.ts";
import { commandOf } from "../terminal/command.ts";
import type { CommandPage } from "../terminal/declaration.ts";
import { type GivenFlags, onlyGiven } from "../terminal/given.ts";
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

export const command = commandOf(page, async ([folder = "."], given, terminal) => {
  const library = await openNearest("library correct", folder, onlyGiven({ file: given.file }));
  try {
    if (given.withdraw !== undefined) library.withdraw(given.withdraw);
    const made = correctionsOf(given, library.root).map((correction) => library.correct(correction));
    const corrections = library.corrections();
    for (const one of corrections) if (made.length === 0 || made.includes(one.id)) terminal.print(line(one));
    if (corrections.length === 0) terminal.print("No corrections.");
    terminal.result({ made, corrections });
    return 0;
  } finally {
    library.close();
  }
});

function correctionsOf(given: GivenFlags<typeof page>, root: string): Correction[] {
  const made: Correction[] = [];
  if (given.notAFace !== undefined) made.push({ kind: "not a face", face: given.notAFace });
  for (const text of (given.label ?? []).flatMap((one) => one.split(/,(?=\s*#?\d+=)/))) {
    const [, id, label] = /^\s*#?(\d+)=(.+)$/.exec(text) ?? [];
    if (id === undefined || label === undefined) {
      throw new OptionError(`--label: expected a face and a name, such as 12=sadness, but got ${show(text)}.`);
    }
    made.push({ kind: "label", face: Number(id), label });
  }
  if (given.together !== undefined) made.push({ kind: "together", faces: given.together });
  if (given.apart !== undefined) made.push({ kind: "apart", faces: given.apart });
  if (given.hide !== undefined) {
    const id = /^#?(\d+)$/.exec(given.hide)?.[1];
    if (id !== undefined) made.push({ kind: "hide", face: Number(id) });
    else made.push({ kind: "hide", path: hiddenPath(given.hide, root) });
  }
  return made;
}

/** As it stands in the folder one is in, or else in the library. */
function hiddenPath(path: string, root: string): string {
  return existsSync(path) ? withinLibrary(root, resolve(path)) : withinLibrary(root, path);
}

function line({ id, kind, faces: about, label, path }: CorrectionRecord): string {
  const ids = about.map((one) => `#${one}`).join(", ");
  return `${id}  ${kind} ${path ?? (ids === "" ? "(its photo is not here now)" : ids)}${label === undefined ? "" : ` = ${label}`}`;
}
