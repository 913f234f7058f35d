import { printable } from "@semblant/core/internals";
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
  return inPhotos("no face found in", paths, noun, so);
}

/**
 * That the face of photos is turned and could not be righted, and in which; undefined where there are none.
 *
 * @example
 * facesTurned(["bed.jpg"]); // "face turned, not judged, in 1 labelled photo: bed.jpg"
 */
export function facesTurned(paths: readonly string[]): string | undefined {
  return inPhotos("face turned, not judged, in", paths, "labelled photo");
}

/** What was said as a sentence of a page's notes; empty where nothing was. */
export const asNote = (said: string | undefined): string => (said === undefined ? "" : `${said.charAt(0).toUpperCase()}${said.slice(1)}.`);

/** {@link noFaceFound} as a sentence of a page's notes; empty where there is a face in each. */
export const noFaceNote = (paths: readonly string[], words: NoFaceWords = {}): string => asNote(noFaceFound(paths, words));

function inPhotos(what: string, paths: readonly string[], noun: string, so?: string): string | undefined {
  if (paths.length === 0) return undefined;
  const few = paths
    .slice(0, named)
    .map((path) => printable(path))
    .join(", ");
  const more = paths.length > named ? `, and ${(paths.length - named).toLocaleString("en-US")} more` : "";
  return `${what} ${counted(paths.length, noun)}${so === undefined ? "" : `, ${so}`}: ${few}${more}`;
}
