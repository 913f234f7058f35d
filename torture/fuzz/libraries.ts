import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { damaged, damagedJson, damagedText, oddWord } from "../damage.ts";
import type { Kind, Making } from "./kind.ts";

/** A folder with a copy of the library alone: its photos are elsewhere, so nothing is read again. */
function libraryIn({ stock, folder }: Making): string {
  mkdirSync(join(folder, ".semblant"), { recursive: true, mode: 0o700 });
  for (const name of ["library.sqlite", "taught.json"]) cpSync(join(stock.indexed, ".semblant", name), join(folder, ".semblant", name));
  return folder;
}

/** The questions that a library answers. */
const questions = (folder: string): string[][] => [
  ["library", "check", folder],
  ["album", folder, "--no-index", "--json", "-q"],
  ["search", "happy", "--in", folder, "-q"],
  ["search", "smirk", "--in", folder, "-q"],
  ["search", "3", "--in", folder, "-q"],
  ["best", folder, "--no-index", "-q"],
  ["cluster", folder, "--no-index", "-q"],
  ["library", "repair", folder],
  ["library", "export", folder, "--out", join(folder, "faces.csv"), "-q"],
];

const asked = (making: Making): string[] => {
  const all = questions(making.folder);
  return all[making.random.integer(all.length)] as string[];
};

/** Library files, taught classes and words, damaged or odd. */
export const libraryKinds: readonly Kind[] = [
  {
    name: "library.sqlite",
    parts: ["indexed"],
    make(making) {
      const path = join(libraryIn(making), ".semblant/library.sqlite");
      writeFileSync(path, damaged(readFileSync(path), making.random));
      return { args: asked(making) };
    },
  },
  {
    name: "taught.json",
    parts: ["indexed"],
    make(making) {
      const path = join(libraryIn(making), ".semblant/taught.json");
      const text = readFileSync(path, "utf8");
      const { random } = making;
      writeFileSync(path, random.integer(3) === 0 ? damagedText(text, random) : JSON.stringify(damagedJson(JSON.parse(text), random)));
      return { args: asked(making) };
    },
  },
  {
    name: "words",
    parts: ["indexed"],
    make(making) {
      const { random } = making;
      const words = Array.from({ length: 1 + random.integer(3) }, () =>
        random.integer(2) === 0
          ? oddWord(random)
          : (["happy", "not sad", "mouth open", "happiness/2", "smirk"][random.integer(5)] as string),
      ).join([", ", " ", ","][random.integer(3)]);
      const folder = libraryIn(making);
      const said = words.replaceAll("\0", "").replace(/^-+/, "");
      return {
        args: [
          ["search", said, "--in", folder, "-q"],
          ["search", "happy", "--filter", `folder=${said}`, "--in", folder, "-q"],
          ["teach", said, "1", "2", "--in", folder, "--anyway", "-q"],
          ["library", "correct", folder, "--label", `1=${said}`, "-q"],
        ][random.integer(4)] as string[],
      };
    },
  },
];
