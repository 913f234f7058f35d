import { lstatSync, readdirSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** The library's name without its ending: what the names of files beside it begin with. */
const stem = (path: string) => path.replace(/\.sqlite$/, "");

/** Where the index for search stands: beside the library, from which it can be made again at any time. */
export function sidecarPath(path: string): string {
  return `${stem(path)}.codes`;
}

/** Where earlier versions kept theirs. */
export function earlierSidecarPath(path: string): string {
  return `${stem(path)}.usearch`;
}

/** Where the classes stand that a library was taught: `taught.json` beside `library.sqlite`, `NAME.taught.json` beside `NAME.sqlite`. */
export function taughtPath(path: string): string {
  return basename(path) === "library.sqlite" ? join(dirname(path), "taught.json") : `${stem(path)}.taught.json`;
}

/** Where the small pictures of photos and faces stand, which can be cut again at any time. */
export function thumbnailsPath(path: string): string {
  return basename(path) === "library.sqlite" ? join(dirname(path), "thumbnails.sqlite") : `${stem(path)}.thumbnails.sqlite`;
}

/** All that lies beside a library and is of it, the file itself and its log aside. */
export function filesBeside(path: string): string[] {
  return filesNamed(path, (name) => isSidecar(path, name) || isCopy(path, name) || isTaught(path, name) || isThumbnails(path, name));
}

/** Copies that a repair keeps or a killed one left, and indexes that were being written: what of a library stands elsewhere too. */
export function copiesBeside(path: string): string[] {
  return filesNamed(path, (name) => isCopy(path, name) || isLeft(path, name));
}

/** Indexes that were being written, and that of an earlier version. */
export function indexesLeft(path: string): string[] {
  return filesNamed(path, (name) => isLeft(path, name));
}

/** Removes files where they are there. A folder of the same name is somebody else's. */
export function removeFiles(places: readonly string[]): void {
  for (const place of places) {
    if (lstatSync(place, { throwIfNoEntry: false })?.isDirectory() !== true) rmSync(place, { force: true });
  }
}

function filesNamed(path: string, wanted: (name: string) => boolean): string[] {
  const folder = dirname(path);
  return readdirSync(folder)
    .filter(wanted)
    .map((name) => join(folder, name));
}

const isSidecar = (path: string, name: string) =>
  [sidecarPath(path), earlierSidecarPath(path)].some((place) => name === basename(place) || name.startsWith(`${basename(place)}.`));
const isLeft = (path: string, name: string) => isSidecar(path, name) && name !== basename(sidecarPath(path));
const isCopy = (path: string, name: string) => [".damaged", ".salvaged"].some((ending) => name.startsWith(basename(path) + ending));
const isTaught = (path: string, name: string) => name === basename(taughtPath(path)) || name.startsWith(`.${basename(taughtPath(path))}.`);
const isThumbnails = (path: string, name: string) =>
  ["", "-wal", "-shm"].some((ending) => name === basename(thumbnailsPath(path)) + ending);
