import type { PhotoRow } from "../../client/photos.ts";
import type { FaceColumns } from "../../client/shapes.ts";

/** Which photos are shown, and how; as it stands in the address. */
export interface Choice {
  readonly folder: string;
  readonly expression: string;
  readonly faces: "all" | "some" | "none";
  readonly sort: "new" | "old" | "path";
}

export const everything: Choice = { folder: "", expression: "", faces: "all", sort: "new" };

const oneOf = <T extends string>(given: string | null, known: readonly T[], otherwise: T): T =>
  known.find((one) => one === given) ?? otherwise;

/** A choice out of an address. */
export function choiceOf(params: URLSearchParams): Choice {
  return {
    folder: params.get("folder") ?? "",
    expression: params.get("expression") ?? "",
    faces: oneOf(params.get("faces"), ["some", "none"], "all"),
    sort: oneOf(params.get("sort"), ["old", "path"], "new"),
  };
}

/** An address's search of a choice: only what differs from everything; "" where nothing does. */
export function searchOf(choice: Choice, more: Readonly<Record<string, string>> = {}): string {
  const differs = Object.entries(choice).filter(([key, value]) => value !== everything[key as keyof Choice]);
  const text = new URLSearchParams([...differs, ...Object.entries(more)]).toString();
  return text === "" ? "" : `?${text}`;
}

/** The photos of a choice, in its order. Those of no known time come last. */
export function choosePhotos(photos: readonly PhotoRow[], choice: Choice, faces: FaceColumns | undefined): PhotoRow[] {
  const { folder, expression, sort } = choice;
  const withLook = expression === "" ? undefined : photosLooking(faces, expression);
  const kept = photos.filter(
    ({ id, path, faces: count }) =>
      (folder === "" || path.startsWith(`${folder}/`)) &&
      (withLook === undefined || withLook.has(id)) &&
      (choice.faces === "all" || count > 0 === (choice.faces === "some")),
  );
  const byPath = (a: PhotoRow, b: PhotoRow) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0);
  if (sort === "path") return kept.sort(byPath);
  const way = sort === "new" ? -1 : 1;
  return kept.sort((a, b) => {
    if (a.taken === null || b.taken === null) return Number(a.taken === null) - Number(b.taken === null) || byPath(a, b);
    return way * (a.taken - b.taken) || byPath(a, b);
  });
}

/** The photos with a face that is named so: surely, or by a person. */
function photosLooking(faces: FaceColumns | undefined, expression: string): Set<number> {
  if (faces === undefined) return new Set();
  const wanted = faces.expressions.indexOf(expression);
  const sure = new Set(faces.verdicts.flatMap((verdict, i) => (verdict === "named" || verdict === "corrected" ? [i] : [])));
  const { photo, expression: looks, verdict } = faces.columns;
  return new Set(photo.filter((_, i) => looks[i] === wanted && sure.has(verdict[i] as number)));
}

/** Every folder that photos lie in, those above too, in order. */
export function foldersOf(photos: readonly PhotoRow[]): string[] {
  const found = new Set<string>();
  for (const { path } of photos) {
    for (let at = path.lastIndexOf("/"); at > 0; at = path.lastIndexOf("/", at - 1)) {
      const folder = path.slice(0, at);
      if (found.has(folder)) break;
      found.add(folder);
    }
  }
  return [...found].sort();
}

/** Where each month begins in photos that are ordered by time; those of no known time are a section of their own, named "". */
export function monthsOf(photos: readonly PhotoRow[]): { readonly from: number; readonly time: number | null }[] {
  const sections: { from: number; time: number | null }[] = [];
  let before: string | undefined;
  for (const [from, { taken }] of photos.entries()) {
    const month = taken === null ? "" : new Date(taken).toISOString().slice(0, 7);
    if (month !== before) sections.push({ from, time: taken });
    before = month;
  }
  return sections;
}
