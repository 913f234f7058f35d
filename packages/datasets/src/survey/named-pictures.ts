import { join } from "node:path";
import { show } from "@semblant/core/internals";
import type { SplitName } from "../dataset/dataset.ts";
import { leadsOut, linkOut } from "../images/links.ts";
import type { Fault } from "./fault.ts";
import { filesBelow, filesIn, foldersIn, readable, unreadable } from "./folders.ts";
import type { LabeledFile } from "./labelled-file.ts";

/** What the name of a picture says of it. */
export interface Named {
  readonly label: string | undefined;
  readonly subject?: string;
  /** The recording that it is one frame or one view of. */
  readonly sequence?: string;
  readonly split?: SplitName;
  readonly dropped?: string;
}

interface NamedOptions {
  /** A name as it should be, for the faults. */
  readonly example: string;
  /** What a name says, the extension left out, or undefined if it is of another form. */
  readonly read: (name: string) => Named | undefined;
  /** Pictures that are known to lie beside the others and are none of the set. */
  readonly passes?: RegExp;
  /** Whether links out of the folder are followed (false). */
  readonly followLinks?: boolean | undefined;
}

/**
 * Pictures whose file names say who and what is in them, in a folder and all below it.
 *
 * A picture with a name of another form is left out with a fault; of two with the same name (whatever folder and format) the first is
 * taken. Other files are passed over.
 *
 * @param root the folder
 */
export function namedPictures(
  root: string,
  { example, read, passes, followLinks = false }: NamedOptions,
): { files: LabeledFile[]; faults: Fault[] } {
  const files: LabeledFile[] = [];
  const faults: Fault[] = [];
  const first = new Map<string, string>();
  for (const file of filesBelow(root, "", { followLinks })) {
    const name = file.slice(file.lastIndexOf("/") + 1);
    if (passes?.test(name)) continue;
    if (unreadable.test(name))
      faults.push({ kind: "unreadable", file, problem: "this format is not read; turn it into PNG or JPEG.", stops: false });
    if (!readable.test(name)) {
      if (!followLinks && leadsOut(root, file)) faults.push({ kind: "outside the folder", file, problem: linkOut, stops: false });
      continue;
    }
    const plain = name.replace(/\.[^.]+$/, "");
    const said = read(plain);
    const other = first.get(plain.toUpperCase());
    if (said === undefined) {
      faults.push({
        kind: "unknown label",
        file,
        problem: `expected a name like ${example}, but got ${show(name)}.`,
        stops: false,
      });
      files.push({ file, label: undefined, split: undefined, dropped: "the name does not say what it shows" });
    } else if (other !== undefined) {
      faults.push({ kind: "duplicate name", file, problem: `${other} has the same name.`, stops: false });
      files.push({ file, ...said, split: said.split, dropped: "another picture has the same name" });
    } else {
      first.set(plain.toUpperCase(), file);
      files.push({ file, ...said, split: said.split });
    }
  }
  return { files, faults };
}

/**
 * Whether pictures with such names lie in a folder itself, or in a folder in it whose name fits.
 *
 * @param name the form of a file's name
 * @param folder the form of the inner folders' names, of which the first three are looked into
 */
export function holdsPictures(root: string, name: RegExp, folder?: RegExp): boolean {
  if (filesIn(root).some((file) => name.test(file))) return true;
  if (folder === undefined) return false;
  const inner = foldersIn(root).filter((each) => folder.test(each));
  return inner.slice(0, 3).some((each) => filesIn(join(root, each)).some((file) => name.test(file)));
}

/** The first of a folder and the folders in it (whose names fit) that passes a test. */
export function here(root: string, inner: RegExp, test: (folder: string) => boolean): string | undefined {
  return [
    root,
    ...foldersIn(root)
      .filter((name) => inner.test(name))
      .map((name) => join(root, name)),
  ].find(test);
}
