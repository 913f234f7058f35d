import { lstatSync, realpathSync } from "node:fs";
import { dirname, resolve, sep } from "node:path";

/** What is wrong with an image, a folder or a link that leads out of the data. */
export const linkOut = "it is a link out of the folder, which is not followed unless data.followLinks=true.";

/** Whether a path below a root leads out of it, by a link of its own or of a folder on the way; what is not there does not. */
export function leadsOut(root: string, path: string): boolean {
  return linksOut(root, [path]).has(0);
}

/** Whether a link leads to a folder that it lies in: a circle, which would bring everything there once more. */
export function leadsUp(link: string): boolean {
  const [folder, target] = [realOf(dirname(link)), realOf(link)];
  return folder !== undefined && target !== undefined && rooted(folder).startsWith(rooted(target));
}

/** Which of the files below a root lead out of it: their numbers in the list. Each folder is looked at once. */
export function linksOut(root: string, files: readonly string[]): ReadonlySet<number> {
  const top = realOf(root);
  const isIn = new Map<string, boolean>();
  const inside = (place: string | undefined) => place === undefined || top === undefined || place === top || place.startsWith(rooted(top));
  const folderIsIn = (folder: string) => {
    const known = isIn.get(folder) ?? inside(realOf(folder));
    isIn.set(folder, known);
    return known;
  };
  const out = files.flatMap((file, i) => {
    const place = resolve(root, file);
    if (!isLink(place)) return folderIsIn(dirname(place)) ? [] : [i];
    return inside(realOf(place)) ? [] : [i];
  });
  return new Set(out);
}

const rooted = (folder: string) => (folder.endsWith(sep) ? folder : folder + sep);

function isLink(place: string): boolean {
  try {
    return lstatSync(place).isSymbolicLink();
  } catch {
    return false; // not there, or not to be looked at: whoever reads it says so
  }
}

function realOf(place: string): string | undefined {
  try {
    return realpathSync(place);
  } catch {
    return undefined;
  }
}
