import { printable } from "@semblant/core";
import { counted } from "./sheet.ts";

/** Photos that are named; the others are counted. */
const named = 5;

export interface NoFaceWords {
  /** What the photos are called (photo). */
  readonly noun?: string;
  /** What the answer does without them. */
  readonly so?: string;
}

/**
 * That no face was found in photos, and in which; undefined where there is a face in each.
 *
 * @example
 * noFaceFound(["sea.jpg"]); // "no face found in 1 photo: sea.jpg"
 * noFaceFound(["sea.jpg", "sky.jpg"], { so: "in no group" }); // "no face found in 2 photos, in no group: sea.jpg, sky.jpg"
 */
export function noFaceFound(paths: readonly string[], { noun = "photo", so }: NoFaceWords = {}): string | undefined {
  if (paths.length === 0) return undefined;
  const few = paths
    .slice(0, named)
    .map((path) => printable(path))
    .join(", ");
  const more = paths.length > named ? `, and ${(paths.length - named).toLocaleString("en-US")} more` : "";
  return `no face found in ${counted(paths.length, noun)}${so === undefined ? "" : `, ${so}`}: ${few}${more}`;
}

/** The same as a sentence of a page's notes; empty where there is a face in each. */
export function noFaceNote(paths: readonly string[], words: NoFaceWords = {}): string {
  const said = noFaceFound(paths, words);
  return said === undefined ? "" : `N${said.slice(1)}.`;
}
