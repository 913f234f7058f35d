import type { Correction, CorrectionRecord } from "@semblant/answers";
import { facesOfCorrection, type Grouping, groupingOf, refuseContradiction } from "@semblant/answers/internals";
import { DataError } from "@semblant/core";
import { show } from "@semblant/core/internals";
import { markFaces } from "./marks.ts";
import type { LibraryFile } from "./open-file.ts";

export type { Correction, CorrectionRecord, Grouping };

/**
 * Keeps a correction.
 *
 * @returns its id, to withdraw it by
 * @throws OptionError if it is of no known kind, or a label is almost the name of a class
 * @throws DataError if a face or path is not in the library, or it contradicts another correction
 */
export function addCorrection(file: LibraryFile, given: Correction, classes: readonly string[], now = Date.now()): number {
  const faces = facesOfCorrection(given, classes);
  return file
    .transaction(() => {
      const boxes = faces.map((face) => boxOf(file, face));
      refuseContradiction(given.kind, faces, readGrouping(file));
      const photo = "path" in given ? photoAt(file, given.path) : undefined;
      const folder = "path" in given && photo === undefined ? given.path.replace(/\/+$/, "") : null;
      const id = file
        .prepare("INSERT INTO corrections (kind, label, path, made) VALUES (?, ?, ?, ?) RETURNING id")
        .pluck()
        .get(given.kind, given.kind === "label" ? given.label.trim() : null, folder, now) as number;
      const target = file.prepare("INSERT INTO targets (correction, hash, x, y, width, height) VALUES (?, ?, ?, ?, ?, ?)");
      for (const { hash, x, y, width, height } of boxes) target.run(id, hash, x, y, width, height);
      if (photo !== undefined) target.run(id, photo, 0, 0, 0, 0);
      for (const hash of new Set(boxes.map((box) => box.hash))) {
        for (const same of file.prepare("SELECT id FROM photos WHERE hash = ?").pluck().all(hash)) markFaces(file, same as number);
      }
      return id;
    })
    .immediate();
}

/** Every correction that was not withdrawn, the oldest first. */
export function listCorrections(file: LibraryFile): CorrectionRecord[] {
  const rows = file.prepare("SELECT id, kind, label, path, made FROM corrections ORDER BY id").all() as {
    id: number;
    kind: Correction["kind"];
    label: string | null;
    path: string | null;
    made: number;
  }[];
  if (rows.length === 0) return [];
  const pairs = <T>(sql: string) => file.prepare(sql).raw().all() as [number, T][];
  const faces = new Map<number, number[]>(rows.map(({ id }) => [id, []]));
  for (const [correction, face] of pairs<number>(
    "SELECT t.correction, m.face FROM marks m JOIN targets t ON t.id = m.target ORDER BY m.face",
  ))
    faces.get(correction)?.push(face);
  // The first path of each: copies of a hidden photo are hidden, too.
  const hidden = new Map(
    pairs<string>("SELECT t.correction, p.path FROM targets t JOIN photos p ON p.hash = t.hash WHERE t.width = 0 ORDER BY p.id DESC"),
  );
  return rows.map(({ id, kind, label, path, made }) => {
    const about = path ?? hidden.get(id);
    return {
      id,
      kind,
      faces: faces.get(id) ?? [],
      ...(label !== null && { label }),
      ...(about !== undefined && { path: about }),
      made,
    };
  });
}

/**
 * Takes a correction back.
 *
 * @throws DataError if there is none of this id
 */
export function withdrawCorrection(file: LibraryFile, id: number): void {
  if (file.prepare("DELETE FROM corrections WHERE id = ?").run(id).changes === 1) return;
  throw new DataError(`correct: expected the id of a correction, but ${id} is none.`);
}

/** What the corrections of a library make of its faces. */
export function readGrouping(file: LibraryFile): Grouping {
  return groupingOf(listCorrections(file));
}

interface FaceBox {
  readonly hash: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function boxOf(file: LibraryFile, face: number): FaceBox {
  const found = file
    .prepare("SELECT p.hash, f.x, f.y, f.width, f.height FROM faces f JOIN photos p ON p.id = f.photo WHERE f.id = ?")
    .get(face) as FaceBox | undefined;
  if (found === undefined) throw new DataError(`correct: expected the id of a face, but ${show(face)} is none.`);
  return found;
}

/** The content of the photo at a path; undefined for a folder. */
function photoAt(file: LibraryFile, path: string): string | undefined {
  const hash = file.prepare("SELECT hash FROM photos WHERE path = ?").pluck().get(path) as string | undefined;
  if (hash !== undefined) return hash;
  const inside = file
    .prepare("SELECT 1 FROM photos WHERE substr(path, 1, length(@folder) + 1) = @folder || '/'")
    .get({ folder: path.replace(/\/+$/, "") });
  if (inside === undefined) throw new DataError(`correct: expected a photo or folder of the library, but got ${show(path)}.`);
  return undefined;
}
