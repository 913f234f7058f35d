import { OptionError } from "@semblant/core";
import { show } from "@semblant/core/internals";
import type { FaceRecord, FaceSet, PhotoRecord } from "../face-sets/face-set.ts";
import { conditionOfFilter, type FaceFilter, folderOfFilter } from "../filters/face-filter.ts";
import { looksOf } from "./looks.ts";

/** Which faces of a set are meant. */
export interface FaceChoice extends FaceFilter {
  /** Ids of photos that are left out. */
  readonly without?: readonly number[];
}

/**
 * The faces of a set that a filter lets through, with their photos. Photos without a face stay where only a folder, or photos to leave
 * out, are named. What corrections hide is not in a set any more, so that `hidden` is for whoever makes the set.
 *
 * @throws OptionError if a name is unknown, a value is out of range, or the expression is almost that of a class
 *
 * @example
 * const faces = { faces: [], photos: new Map(), root: "Pictures", model: { classes: ["happiness", "sadness"] } };
 * chooseFaces(faces, { expression: "happines" });
 * // throws OptionError: filter: unknown expression "happines"; did you mean "happiness"?
 */
export function chooseFaces(set: FaceSet, choice: FaceChoice = {}): FaceSet {
  const { without = [], ...filter } = choice;
  if (!Array.isArray(without)) throw new OptionError(`filter: expected without to be a list of ids, but got ${show(without)}.`);
  const { classes } = set.model;
  const lets = conditionOfFilter(filter, classes);
  if (Object.keys(choice).every((name) => name === "hidden")) return set;
  const out = new Set(without);
  const counts = new Map<number, number>();
  for (const { photo } of set.faces) counts.set(photo, (counts.get(photo) ?? 0) + 1);
  const looks = filter.expression === undefined ? undefined : looksOf(set).answers;
  const rows = [...set.faces.keys()].filter((row) => {
    const face = set.faces[row] as FaceRecord;
    const photo = set.photos.get(face.photo);
    if (photo === undefined || out.has(photo.id)) return false;
    const { path, taken } = photo;
    const of = { path, ...(taken !== undefined && { taken }), faces: counts.get(photo.id) as number };
    const { label, score, quality } = face;
    return lets({ ...(label !== undefined && { label }), predicted: looks?.[row]?.predicted ?? -1, score, quality, photo: of });
  });
  const faces = rows.map((row) => set.faces[row] as FaceRecord);
  const wanted = new Set(faces.map(({ photo }) => photo));
  const faceless = Object.keys(choice).every((name) => ["folder", "without", "hidden"].includes(name));
  const folder = folderOfFilter(filter.folder ?? "");
  const stays = ({ id, path }: PhotoRecord) => !counts.has(id) && !out.has(id) && (folder === "" || path.startsWith(`${folder}/`));
  const photos = [...set.photos].filter(([id, photo]) => wanted.has(id) || (faceless && stays(photo)));
  return { ...set, faces, embeddings: set.embeddings.take(rows), photos: new Map(photos) };
}
