import { OptionError } from "@semblant/core";
import { invalidOption, nearest, refuseUnknown, show } from "@semblant/core/internals";

/** Which faces are meant; what is left out of a filter leaves nothing out. */
export interface FaceFilter {
  /** In this folder and those below it. */
  readonly folder?: string;
  /** Taken from this moment on, and before that one: milliseconds since 1970, or a day (2024-05-01). Photos of no known day are neither. */
  readonly since?: number | string;
  readonly until?: number | string;
  /** A class: corrected to, or else named by the model. */
  readonly expression?: string;
  /** Least pixels along the aligned face. */
  readonly side?: number;
  /** Least sharpness, 0 to 1. */
  readonly sharpness?: number;
  /** Least score of the detector, 0 to 1. */
  readonly score?: number;
  /** Most degrees turned to a side. */
  readonly turn?: number;
  /** Least and most faces in its photo. */
  readonly people?: { readonly least?: number; readonly most?: number };
  /** Also what corrections hide (false). */
  readonly hidden?: boolean;
}

/** What a filter asks of a face. */
export interface FilteredFace {
  readonly label?: string;
  /** The class that the model names it; −1 for none. */
  readonly predicted: number;
  readonly score: number;
  readonly quality: { readonly side: number; readonly sharpness: number; readonly yaw: number };
  readonly photo: { readonly path: string; readonly taken?: number; readonly faces: number };
}

/**
 * The condition that a filter is, without what corrections take out of sight.
 *
 * @throws OptionError if a name is unknown, a value is out of range, or there is no such class
 */
export function conditionOfFilter(filter: FaceFilter, classes: readonly string[]): (face: FilteredFace) => boolean {
  const names = ["folder", "since", "until", "expression", "side", "sharpness", "score", "turn", "people", "hidden"];
  refuseUnknown("filter", filter, names);
  const parts: ((face: FilteredFace) => boolean)[] = [];
  const { folder, since, until, expression, side, sharpness, score, turn, people } = filter;
  const within = folder === undefined ? "" : folderOfFilter(folder);
  if (within !== "") parts.push(({ photo }) => photo.path.startsWith(`${within}/`));
  if (since !== undefined) {
    const from = momentOfFilter("since", since);
    parts.push(({ photo: { taken } }) => taken !== undefined && taken >= from);
  }
  if (until !== undefined) {
    const before = momentOfFilter("until", until);
    parts.push(({ photo: { taken } }) => taken !== undefined && taken < before);
  }
  if (expression !== undefined) {
    const index = classOfFilter(expression, classes);
    parts.push(({ label, predicted }) => (label !== undefined ? label === expression : index >= 0 && predicted === index));
  }
  if (side !== undefined) parts.push(atLeast("side", side, ({ quality }) => quality.side));
  if (sharpness !== undefined) parts.push(atLeast("sharpness", sharpness, ({ quality }) => quality.sharpness));
  if (score !== undefined) parts.push(atLeast("score", score, (face) => face.score));
  if (turn !== undefined) parts.push(atLeast("turn", -numberOfFilter("turn", turn), ({ quality }) => -Math.abs(quality.yaw)));
  if (people?.least !== undefined) parts.push(atLeast("people", people.least, ({ photo }) => photo.faces));
  if (people?.most !== undefined) parts.push(atLeast("people", -numberOfFilter("people", people.most), ({ photo }) => -photo.faces));
  return (face) => parts.every((part) => part(face));
}

function atLeast(name: string, least: number, of: (face: FilteredFace) => number): (face: FilteredFace) => boolean {
  const bound = numberOfFilter(name, least);
  return (face) => of(face) >= bound;
}

/** The folder that a filter names, as paths begin with it; "" for all of it. */
export function folderOfFilter(folder: string): string {
  const plain = folder.replace(/^(\.\/)+|\/+$/g, "");
  return plain === "." ? "" : plain;
}

/** @throws OptionError if it is no number */
export function numberOfFilter(name: string, value: number): number {
  if (Number.isFinite(value)) return value;
  throw invalidOption("filter", name, "a number", value);
}

/**
 * A moment in milliseconds since 1970. Days begin at 0:00 UTC, as which the camera's clock is read.
 *
 * @throws OptionError if it is none
 */
export function momentOfFilter(name: string, value: number | string): number {
  const at = typeof value === "number" ? value : new Date(/^\d{4}(-\d\d)?(-\d\d)?$/.test(value) ? fullDay(value) : value).getTime();
  if (Number.isFinite(at)) return at;
  throw invalidOption("filter", name, "a day such as 2024-05-01, or milliseconds since 1970", value);
}

function fullDay(text: string): string {
  const [year, month = "01", day = "01"] = text.split("-");
  return `${year}-${month}-${day}T00:00:00Z`;
}

/**
 * A class's index; −1 for a word that is no class and near none: one that was taught.
 *
 * @throws OptionError if it is almost the name of a class
 */
export function classOfFilter(name: string, classes: readonly string[]): number {
  const index = classes.indexOf(name);
  if (index >= 0) return index;
  const near = nearest(name, classes);
  if (near === undefined) return -1;
  throw new OptionError(`filter: unknown expression ${show(name)}; did you mean ${show(near)}?`);
}
