import { type Dirent, readdirSync } from "node:fs";
import { join } from "node:path";
import { classOfLabel, labelOfFolder } from "@semblant/answers/internals";
import { expressions } from "@semblant/core";

/**
 * Whether photos lie in folders that are named for expressions (`happy/a.jpg`, `train/happy/a.jpg`), and no table says more of them.
 * Anything else that has labels is a data set, and is read as those are.
 */
export function isLabelledFolder(path: string): boolean {
  const inside = entries(path);
  if (inside.some((entry) => !entry.isDirectory() && /\.(csv|tsv|tab|psv|lst)$/i.test(entry.name))) return false;
  const folders = foldersOf(inside);
  const deeper = folders.flatMap((name) => foldersOf(entries(join(path, name))).map((below) => `${name}/${below}`));
  return [...folders, ...deeper].some((name) => classOfLabel(labelOfFolder({ id: 0, path: `${name}/a.jpg` }) ?? "", expressions) >= 0);
}

const foldersOf = (inside: readonly Dirent[]) => inside.filter((entry) => entry.isDirectory()).map(({ name }) => name);

/** Nothing of what is no folder, or cannot be read: who opens it says so. */
function entries(path: string): Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch {
    return [];
  }
}
