import type { Correction, CorrectionRecord } from "@semblant/answers";
import { facesOfCorrection, groupingOf, refuseContradiction, sameFaceOf } from "@semblant/answers/internals";
import { shelfError } from "@semblant/api";
import { DataError } from "@semblant/core";
import { show } from "@semblant/core/internals";
import type { BrowserLibrary } from "./keeping/browser-library.ts";
import type { CorrectionRow, Target } from "./keeping/rows.ts";

/** Every correction that stands, the oldest first, with the faces that it is about now. */
export function listCorrections(library: BrowserLibrary): CorrectionRecord[] {
  return [...library.rows("corrections").values()]
    .sort((a, b) => a.id - b.id)
    .map(({ id, kind, label, path, made, targets }) => {
      const photo = targets.find(({ box }) => box === undefined);
      const about = path ?? (photo && library.lookup.photosOf(photo.hash)[0]?.path);
      const faces = targets.flatMap((target) => facesOf(library, target)).sort((a, b) => a - b);
      return { id, kind, faces, ...(label !== undefined && { label }), ...(about !== undefined && { path: about }), made };
    });
}

/** The faces that a correction is about, in every photo with the same bytes. */
function facesOf(library: BrowserLibrary, { hash, box }: Target): number[] {
  if (box === undefined) return [];
  return library.lookup.photosOf(hash).flatMap(({ id }) => sameFaceOf(box, library.lookup.facesOf(id)) ?? []);
}

/** What makes a photo hidden: its bytes, or a folder above it. */
export function hiddenPhotos(library: BrowserLibrary): (photo: { readonly hash: string; readonly path: string }) => boolean {
  const rows = [...library.rows("corrections").values()].filter(({ kind }) => kind === "hide");
  const hashes = new Set(rows.flatMap(({ targets }) => targets.flatMap(({ hash, box }) => (box === undefined ? [hash] : []))));
  const folders = rows.flatMap(({ path }) => path ?? []);
  return ({ hash, path }) => hashes.has(hash) || folders.some((folder) => path.startsWith(`${folder}/`));
}

/**
 * Keeps a correction, by the bytes of its photos and the boxes of its faces, so that it outlives another reading.
 *
 * @returns its id
 * @throws OptionError if it is of no known kind, or a label is almost the name of a class
 * @throws DataError if it is about nothing in the library, or contradicts another
 */
export async function correct(library: BrowserLibrary, given: Correction, classes: readonly string[]): Promise<number> {
  const faces = facesOfCorrection(given, classes);
  let id = 0;
  await library.change(() => {
    const targets: Target[] = faces.map((face) => targetOf(library, face));
    refuseContradiction(given.kind, faces, groupingOf(listCorrections(library)));
    const photo = "path" in given ? library.lookup.photoAt(given.path)?.hash : undefined;
    const folder = "path" in given && photo === undefined ? folderAt(library, given.path) : undefined;
    id = (library.fact<number>("last correction") ?? 0) + 1;
    const { kind } = given;
    const row: CorrectionRow = {
      id,
      kind,
      ...(given.kind === "label" && { label: given.label.trim() }),
      ...(folder !== undefined && { path: folder }),
      made: Date.now(),
      targets: photo === undefined ? targets : [...targets, { hash: photo }],
    };
    return [
      { table: "corrections", put: row },
      { table: "facts", put: { name: "last correction", value: id } },
    ];
  });
  return id;
}

/** @throws DataError (missing) if there is none of this id */
export async function withdraw(library: BrowserLibrary, id: number): Promise<void> {
  await library.change(() => {
    if (library.rows("corrections").has(id)) return [{ table: "corrections", drop: id }];
    throw shelfError("missing", `correct: expected the id of a correction, but ${show(id)} is none.`);
  });
}

function targetOf(library: BrowserLibrary, id: number): Target {
  const face = library.rows("faces").get(id);
  const photo = face && library.rows("photos").get(face.photo);
  if (face === undefined || photo === undefined) {
    throw shelfError("missing", `correct: expected the id of a face, but ${show(id)} is none.`);
  }
  return { hash: photo.hash, box: face.box };
}

function folderAt(library: BrowserLibrary, path: string): string {
  const folder = path.replace(/\/+$/, "");
  const inside = [...library.rows("photos").values()].some((photo) => photo.path.startsWith(`${folder}/`));
  if (!inside) throw new DataError(`correct: expected a photo or folder of the library, but got ${show(path)}.`);
  return folder;
}
