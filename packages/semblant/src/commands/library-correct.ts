import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { OptionError } from "@semblant/core";
import { show } from "@semblant/core/internals";
import type { Correction, CorrectionRecord } from "@semblant/photos";
import { openNearest, withinLibrary } from "@semblant/photos/internals";
import { page } from "../pages/library-correct.ts";
import { commandOf } from "../terminal/command.ts";
import { type GivenFlags, onlyGiven } from "../terminal/given.ts";

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
