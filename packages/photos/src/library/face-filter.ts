import { OptionError } from "@semblant/core";
import { invalidOption, nearest, refuseUnknown, show } from "@semblant/core/internals";
import { readGrouping } from "./corrections.ts";
import type { LibraryFile } from "./open-file.ts";

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
  /** Also what corrections hide (false). */
  readonly hidden?: boolean;
}

/** The names of a {@link FaceFilter}. */
export const filterNames = ["folder", "since", "until", "expression", "side", "sharpness", "score", "turn", "hidden"] as const;

/** True of a photo `p` that no correction hides, itself or its folder. */
export const shownPhoto = `NOT EXISTS (SELECT 1 FROM corrections c LEFT JOIN targets t ON t.correction = c.id WHERE c.kind = 'hide'
   AND ((t.width = 0 AND t.hash = p.hash) OR substr(p.path, 1, length(c.path) + 1) = c.path || '/'))`;

/** The folder that a filter names, as the library writes it; "" for all of it. */
export function folderOf({ folder = "" }: FaceFilter): string {
  const plain = folder.replace(/^(\.\/)+|\/+$/g, "");
  return plain === "." ? "" : plain;
}

/** A condition on faces, for SQL. */
export interface Condition {
  /** What it is about: `faces` as `f`, and `photos` as `p` where needed. */
  readonly from: string;
  readonly sql: string;
  /** For its question marks. */
  readonly values: readonly (string | number)[];
  /** Whether it lets every face through. */
  readonly all: boolean;
}

/**
 * A filter as a condition, together with what corrections take out of sight.
 *
 * @throws OptionError if a name is unknown, a value is out of range, or there is no such class
 */
export function conditionOf(file: LibraryFile, filter: FaceFilter, classes: readonly string[], grouping = readGrouping(file)): Condition {
  refuseUnknown("filter", filter, filterNames);
  const parts: string[] = [];
  const values: (string | number)[] = [];
  const add = (sql: string, ...given: (string | number)[]) => {
    parts.push(sql);
    values.push(...given);
  };
  const without = (faces: ReadonlySet<number>) => {
    if (faces.size > 0) add("f.id NOT IN (SELECT value FROM json_each(?))", JSON.stringify([...faces]));
  };
  if (file.prepare("SELECT 1 FROM photos WHERE current = 0 LIMIT 1").get() !== undefined) add("p.current = 1");
  without(grouping.notFaces);
  if (filter.hidden !== true) {
    without(grouping.hidden);
    if (grouping.hidesPaths) add(shownPhoto);
  }
  if (filter.folder !== undefined) {
    const folder = folderOf(filter);
    if (folder !== "") add("substr(p.path, 1, length(?) + 1) = ? || '/'", folder, folder);
  }
  if (filter.since !== undefined) add("p.taken >= ?", moment("since", filter.since));
  if (filter.until !== undefined) add("p.taken < ?", moment("until", filter.until));
  if (filter.expression !== undefined) {
    const label = "(SELECT label FROM labels WHERE labels.face = f.id)";
    const index = classIndex(filter.expression, classes);
    if (index < 0) add(`${label} = ?`, filter.expression);
    else add(`coalesce(${label} = ?, f.expression = ?)`, filter.expression, index);
  }
  if (filter.side !== undefined) add("f.side >= ?", least("side", filter.side));
  if (filter.sharpness !== undefined) add("f.sharpness >= ?", least("sharpness", filter.sharpness));
  if (filter.score !== undefined) add("f.score >= ?", least("score", filter.score));
  if (filter.turn !== undefined) add("abs(f.yaw) <= ?", least("turn", filter.turn));
  const from = parts.some((part) => part.includes("p.")) ? "faces f JOIN photos p ON p.id = f.photo" : "faces f";
  return { from, sql: parts.length === 0 ? "1" : parts.join(" AND "), values, all: parts.length === 0 };
}

function least(name: string, value: number): number {
  if (Number.isFinite(value)) return value;
  throw invalidOption("filter", name, "a number", value);
}

/** Days begin at 0:00 UTC, as which the camera's clock is read. */
function moment(name: string, value: number | string): number {
  const at = typeof value === "number" ? value : new Date(/^\d{4}(-\d\d)?(-\d\d)?$/.test(value) ? fullDay(value) : value).getTime();
  if (Number.isFinite(at)) return at;
  throw invalidOption("filter", name, "a day such as 2024-05-01, or milliseconds since 1970", value);
}

function fullDay(text: string): string {
  const [year, month = "01", day = "01"] = text.split("-");
  return `${year}-${month}-${day}T00:00:00Z`;
}

/** −1 for a word that is no class and near none: one that was taught. */
function classIndex(name: string, classes: readonly string[]): number {
  const index = classes.indexOf(name);
  if (index >= 0) return index;
  const near = nearest(name, classes);
  if (near === undefined) return -1;
  throw new OptionError(`filter: unknown expression ${show(name)}; did you mean ${show(near)}?`);
}
