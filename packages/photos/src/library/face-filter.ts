import type { FaceFilter } from "@semblant/answers";
import { classOfFilter, folderOfFilter, momentOfFilter, numberOfFilter } from "@semblant/answers/internals";
import { refuseUnknown } from "@semblant/core/internals";
import { readGrouping } from "./corrections.ts";
import { dialectOf } from "./dialect.ts";
import type { LibraryFile } from "./open-file.ts";

export type { FaceFilter };

/** The names of a {@link FaceFilter} that can be typed. */
export const filterNames = ["folder", "since", "until", "expression", "side", "sharpness", "score", "turn", "hidden"] as const;

/** True of a photo `p` that no correction hides, itself or its folder. */
export const shownPhoto = `NOT EXISTS (SELECT 1 FROM corrections c LEFT JOIN targets t ON t.correction = c.id WHERE c.kind = 'hide'
   AND ((t.width = 0 AND t.hash = p.hash) OR substr(p.path, 1, length(c.path) + 1) = c.path || '/'))`;

/** The folder that a filter names, as the library writes it; "" for all of it. */
export function folderOf({ folder = "" }: FaceFilter): string {
  return folderOfFilter(folder);
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
  refuseUnknown("filter", filter, [...filterNames, "people"]);
  const parts: string[] = [];
  const values: (string | number)[] = [];
  const add = (sql: string, ...given: (string | number)[]) => {
    parts.push(sql);
    values.push(...given);
  };
  const without = (faces: ReadonlySet<number>) => {
    if (faces.size > 0) add(`f.id NOT IN (${dialectOf(file).numbers})`, JSON.stringify([...faces]));
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
  if (filter.since !== undefined) add("p.taken >= ?", momentOfFilter("since", filter.since));
  if (filter.until !== undefined) add("p.taken < ?", momentOfFilter("until", filter.until));
  if (filter.expression !== undefined) {
    const label = "(SELECT label FROM labels WHERE labels.face = f.id)";
    const index = classOfFilter(filter.expression, classes);
    if (index < 0) add(`${label} = ?`, filter.expression);
    else add(`coalesce(${label} = ?, f.expression = ?)`, filter.expression, index);
  }
  if (filter.side !== undefined) add("f.side >= ?", numberOfFilter("side", filter.side));
  if (filter.sharpness !== undefined) add("f.sharpness >= ?", numberOfFilter("sharpness", filter.sharpness));
  if (filter.score !== undefined) add("f.score >= ?", numberOfFilter("score", filter.score));
  const { least, most } = filter.people ?? {};
  if (least !== undefined) add(`${facesBeside(grouping.notFaces)} >= ?`, numberOfFilter("people", least));
  if (most !== undefined) add(`${facesBeside(grouping.notFaces)} <= ?`, numberOfFilter("people", most));
  if (filter.turn !== undefined) add("abs(f.yaw) <= ?", numberOfFilter("turn", filter.turn));
  const from = parts.some((part) => part.includes("p.")) ? "faces f JOIN photos p ON p.id = f.photo" : "faces f";
  return { from, sql: parts.length === 0 ? "1 = 1" : parts.join(" AND "), values, all: parts.length === 0 };
}

/** How many faces are in a face's photo, without what is none. */
function facesBeside(notFaces: ReadonlySet<number>): string {
  const none = notFaces.size === 0 ? "" : ` AND beside.id NOT IN (${[...notFaces].join(", ")})`;
  return `(SELECT count(*) FROM faces beside WHERE beside.photo = f.photo${none})`;
}
