import { type Dirent, existsSync, readdirSync, realpathSync, statSync } from "node:fs";
import { join, posix } from "node:path";
import { pictureEndings } from "@semblant/core/internals";
import { leadsOut, leadsUp } from "../images/links.ts";

const { heic, ...formats } = pictureEndings;

/** Files that can be decoded: by the one list of endings, without HEIC. */
export const readable = endingIn(Object.values(formats).flat());
/** Files that hold images, in formats that are not read. */
export const unreadable = endingIn([...heic, ".jp2", ".jxl", ".ppm", ".pgm", ".psd", ".svg", ".raw", ".cr2", ".nef"]);

function endingIn(endings: readonly string[]): RegExp {
  return new RegExp(`\\.(${endings.map((ending) => ending.slice(1)).join("|")})$`, "i");
}

/** Whether an entry is a folder, or a link to one. */
export function isFolder(root: string, entry: Dirent): boolean {
  return (
    entry.isDirectory() || (entry.isSymbolicLink() && statSync(join(root, entry.name), { throwIfNoEntry: false })?.isDirectory() === true)
  );
}

/** Names of the folders in a folder, sorted; none where it is not there. Hidden ones are passed over. */
export function foldersIn(folder: string): string[] {
  if (!isThere(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !entry.name.startsWith(".") && entry.name !== "__MACOSX" && isFolder(folder, entry))
    .map(({ name }) => name)
    .sort();
}

/** Names of the files in a folder, sorted; none where it is not there. Hidden ones are passed over. */
export function filesIn(folder: string): string[] {
  if (!isThere(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !entry.name.startsWith(".") && !isFolder(folder, entry))
    .map(({ name }) => name)
    .sort();
}

/**
 * Files of a folder and all below it, sorted, relative to the root; a folder that links back is entered once, and a link to
 * a folder above it is passed over. A link to a folder out of the
 * root is entered only where links are followed; else it stands in the list itself.
 */
export function filesBelow(root: string, folder: string, { followLinks = false } = {}, entered = new Set<string>()): string[] {
  const real = realpathSync(join(root, folder));
  if (entered.has(real)) return [];
  entered.add(real);
  const entries = readdirSync(join(root, folder), { withFileTypes: true }).filter(
    ({ name }) => !name.startsWith(".") && name !== "__MACOSX",
  );
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (!isFolder(join(root, folder), entry)) return [path];
    if (entry.isSymbolicLink() && leadsUp(join(root, path))) return [];
    return !followLinks && entry.isSymbolicLink() && leadsOut(root, path) ? [path] : filesBelow(root, path, { followLinks }, entered);
  });
}

/** The first of some places below a root that is there, relative to it (`""` for the root itself); undefined if none is. */
export function firstPlace(root: string, places: readonly string[]): string | undefined {
  return places.find((place) => existsSync(join(root, place)));
}

/**
 * A path with `/` and without `.` and `..`; undefined if it is empty, absolute or leads out of its folder.
 *
 * @example
 * insidePath("./faces\\a.png"); // "faces/a.png"
 * insidePath("../a.png"); // undefined
 */
export function insidePath(given: string): string | undefined {
  const plain = posix.normalize(given.replaceAll("\\", "/"));
  const out =
    given === "" || plain.startsWith("/") || /^[a-z]:/i.test(plain) || plain === ".." || plain.startsWith("../") || plain.includes("\0");
  return out || plain === "." ? undefined : plain;
}

function isThere(folder: string): boolean {
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
}
