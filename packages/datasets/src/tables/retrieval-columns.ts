import { DataError } from "@semblant/core";
import { show } from "@semblant/core/internals";
import type { RetrievalRole } from "../dataset/dataset.ts";
import type { Region } from "../images/region.ts";

/** Columns that say which rows are queries and which their gallery, and where the face is, as open-metric-learning has them. */
export interface RetrievalColumns {
  readonly isQuery: number;
  readonly isGallery: number;
  /** Left, top, right and bottom in pixels. */
  readonly box?: readonly [number, number, number, number];
}

const boxNames = ["x_1", "y_1", "x_2", "y_2"] as const;
const plain = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");

/**
 * Where a table says which rows are queries; undefined where it does not.
 *
 * @throws DataError if only one of the two columns is there, or only some of those of a box
 */
export function retrievalColumns(where: string, names: readonly string[] | undefined): RetrievalColumns | undefined {
  const have = names?.map(plain) ?? [];
  const place = (name: string) => have.indexOf(plain(name));
  const [isQuery, isGallery] = [place("is_query"), place("is_gallery")];
  if (isQuery < 0 && isGallery < 0) return undefined;
  if (isQuery < 0 || isGallery < 0) {
    const [there, missing] = isQuery < 0 ? ["is_gallery", "is_query"] : ["is_query", "is_gallery"];
    throw new DataError(`${where}: expected the columns is_query and is_gallery, but got ${there} without ${missing}.`);
  }
  const box = boxNames.map(place) as [number, number, number, number];
  const missing = boxNames.filter((_, n) => (box[n] as number) < 0);
  if (missing.length === boxNames.length) return { isQuery, isGallery };
  if (missing.length > 0) {
    throw new DataError(`${where}: expected all of the columns x_1, x_2, y_1 and y_2, but got no ${missing.join(" and ")}.`);
  }
  return { isQuery, isGallery, box };
}

/** What a row is for, or what is wrong with it. */
export type ReadRole = { readonly role: RetrievalRole; readonly region?: Region } | string;

/**
 * What a row is for. Rows of training are neither; all others are a query, of the gallery, or both.
 *
 * @param training whether the row is of the training split; undefined where the table has no splits
 */
export function readRole(fields: readonly string[], columns: RetrievalColumns, training: boolean | undefined): ReadRole {
  const query = flagOf("is_query", fields[columns.isQuery]);
  const gallery = flagOf("is_gallery", fields[columns.isGallery]);
  if (typeof query === "string") return query;
  if (typeof gallery === "string") return gallery;
  if (training === true && (query.is === true || gallery.is === true))
    return "expected is_query and is_gallery to be empty in a row of training, but got True.";
  const none = training ?? (query.is === undefined && gallery.is === undefined);
  if (!none && (query.is === undefined || gallery.is === undefined))
    return `expected is_query and is_gallery to be True or False, but ${query.is === undefined ? "is_query" : "is_gallery"} is empty.`;
  if (!none && !query.is && !gallery.is) return "expected a query, a face of the gallery, or both, but is_query and is_gallery are False.";
  const region = regionOf(fields, columns);
  if (typeof region === "string") return region;
  return { role: query.is ? (gallery.is ? "both" : "query") : gallery.is ? "gallery" : "neither", ...region };
}

const flags = new Map<string, boolean | undefined>([
  ...["true", "1", "1.0"].map((word) => [word, true] as const),
  ...["false", "0", "0.0"].map((word) => [word, false] as const),
  ...["", "none", "nan", "null", "na"].map((word) => [word, undefined] as const),
]);

function flagOf(name: string, field = ""): { readonly is: boolean | undefined } | string {
  const word = field.trim().toLowerCase();
  if (flags.has(word)) return { is: flags.get(word) };
  return `expected ${name} to be True or False (1 or 0), or empty in a row of training, but got ${show(field)}.`;
}

function regionOf(fields: readonly string[], { box }: RetrievalColumns): { readonly region?: Region } | string {
  if (box === undefined) return {};
  const words = box.map((column) => (fields[column] ?? "").trim());
  const empty = words.filter((word) => flags.has(word.toLowerCase()) && flags.get(word.toLowerCase()) === undefined).length;
  if (empty === words.length) return {};
  const [left, top, right, bottom] = words.map(Number) as [number, number, number, number];
  if (empty > 0 || ![left, top, right, bottom].every((value) => value >= 0) || left >= right || top >= bottom) {
    const said = `x_1 ${words[0] || "empty"}, x_2 ${words[2] || "empty"}, y_1 ${words[1] || "empty"}, y_2 ${words[3] || "empty"}`;
    return `expected a box in pixels from 0, with x_1 below x_2 and y_1 below y_2, or four empty fields, but got ${said}.`;
  }
  return { region: { left, top, width: right - left, height: bottom - top, unit: "pixels" } };
}
