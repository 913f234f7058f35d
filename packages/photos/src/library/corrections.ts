import { DataError, OptionError } from "@semblant/core";
import { nearest, show } from "@semblant/core/internals";
import { markFaces } from "./marks.ts";
import type { LibraryFile } from "./open-file.ts";

/** What a person says of faces and photos; faces by their ids, paths from the library's folder. */
export type Correction =
  | { readonly kind: "not a face"; readonly face: number }
  | { readonly kind: "label"; readonly face: number; readonly label: string }
  | { readonly kind: "together"; readonly faces: readonly number[] }
  | { readonly kind: "apart"; readonly faces: readonly number[] }
  /** A person: this face and all that are to be in one group with it. */
  | { readonly kind: "hide"; readonly face: number }
  /** A photo (wherever it is moved to), or a folder with all that is and comes into it. */
  | { readonly kind: "hide"; readonly path: string };

/** A correction as it is kept. */
export interface CorrectionRecord {
  readonly id: number;
  readonly kind: Correction["kind"];
  /** The faces it is about now; a face whose photo is gone comes back with it. */
  readonly faces: readonly number[];
  readonly label?: string;
  readonly path?: string;
  /** Milliseconds since 1970. */
  readonly made: number;
}

const kinds = ["not a face", "label", "together", "apart", "hide"] as const;

/**
 * Keeps a correction.
 *
 * @returns its id, to withdraw it by
 * @throws OptionError if it is of no known kind, or a label is almost the name of a class
 * @throws DataError if a face or path is not in the library, or it contradicts another correction
 */
export function addCorrection(file: LibraryFile, given: Correction, classes: readonly string[], now = Date.now()): number {
  refuseUnknownKind(given);
  if (given.kind === "label") refuseAlmost(given.label, classes);
  const faces = "faces" in given ? [...new Set(given.faces)] : "face" in given ? [given.face] : [];
  if ("faces" in given && faces.length < 2) {
    throw new OptionError(`correct: expected at least 2 faces to be ${given.kind}, but got ${faces.length}.`);
  }
  return file
    .transaction(() => {
      const boxes = faces.map((face) => boxOf(file, face));
      refuseContradiction(file, given.kind, faces);
      const photo = "path" in given ? photoAt(file, given.path) : undefined;
      const folder = "path" in given && photo === undefined ? given.path.replace(/\/+$/, "") : null;
      const id = file
        .prepare("INSERT INTO corrections (kind, label, path, made) VALUES (?, ?, ?, ?)")
        .run(given.kind, given.kind === "label" ? given.label.trim() : null, folder, now).lastInsertRowid;
      const target = file.prepare("INSERT INTO targets (correction, hash, x, y, width, height) VALUES (?, ?, ?, ?, ?, ?)");
      for (const { hash, x, y, width, height } of boxes) target.run(id, hash, x, y, width, height);
      if (photo !== undefined) target.run(id, photo, 0, 0, 0, 0);
      for (const hash of new Set(boxes.map((box) => box.hash))) {
        for (const same of file.prepare("SELECT id FROM photos WHERE hash = ?").pluck().all(hash)) markFaces(file, same as number);
      }
      return Number(id);
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
  const faces = file.prepare("SELECT m.face FROM marks m JOIN targets t ON t.id = m.target WHERE t.correction = ? ORDER BY m.face").pluck();
  const hidden = file
    .prepare("SELECT p.path FROM targets t JOIN photos p ON p.hash = t.hash WHERE t.correction = ? AND t.width = 0")
    .pluck();
  return rows.map(({ id, kind, label, path, made }) => {
    const about = path ?? (hidden.get(id) as string | undefined);
    return {
      id,
      kind,
      faces: faces.all(id) as number[],
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

/** What corrections make of the faces: who goes together, who apart, who is out of sight, what is none. */
export interface Grouping {
  readonly together: ReadonlyMap<number, readonly number[]>;
  readonly apart: ReadonlyMap<number, readonly number[]>;
  /** Faces that are hidden, and those that go together with one. */
  readonly hidden: ReadonlySet<number>;
  readonly notFaces: ReadonlySet<number>;
  /** Whether photos or folders are hidden. */
  readonly hidesPaths: boolean;
}

/** Reads what corrections make of the faces; "together" is passed on: a with b and b with c is a with c. */
export function readGrouping(file: LibraryFile): Grouping {
  const together = new Map<number, readonly number[]>();
  const apart = new Map<number, readonly number[]>();
  const hidden = new Set<number>();
  const notFaces = new Set<number>();
  let hidesPaths = false;
  for (const { kind, faces, path } of listCorrections(file)) {
    if (kind === "together") {
      const all = [...new Set(faces.flatMap((face) => [face, ...(together.get(face) ?? [])]))].sort((a, b) => a - b);
      for (const face of all)
        together.set(
          face,
          all.filter((other) => other !== face),
        );
    } else if (kind === "apart") {
      for (const face of faces) apart.set(face, [...new Set([...(apart.get(face) ?? []), ...faces.filter((other) => other !== face)])]);
    } else if (kind === "hide") {
      hidesPaths ||= path !== undefined || faces.length === 0;
      for (const face of faces) hidden.add(face);
    } else if (kind === "not a face") for (const face of faces) notFaces.add(face);
  }
  const persons = [...hidden].flatMap((face) => [face, ...(together.get(face) ?? [])]);
  return { together, apart, hidden: new Set(persons), notFaces, hidesPaths };
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

function refuseContradiction(file: LibraryFile, kind: Correction["kind"], faces: readonly number[]): void {
  if (kind !== "together" && kind !== "apart") return;
  const { together, apart } = readGrouping(file);
  const joined = kind === "together" ? [...new Set(faces.flatMap((face) => [face, ...(together.get(face) ?? [])]))] : faces;
  const against = kind === "together" ? apart : together;
  for (const face of joined) {
    const other = joined.find((candidate) => against.get(face)?.includes(candidate));
    if (other === undefined) continue;
    const said = kind === "together" ? "apart" : "together";
    throw new DataError(
      `correct: expected faces that may be ${kind}, but ${face} and ${other} were said to be ${said}.\n  Withdraw that first.`,
    );
  }
}

function refuseUnknownKind(given: Correction): void {
  if ((kinds as readonly string[]).includes(given.kind)) return;
  throw new OptionError(`correct: expected kind to be ${kinds.map(show).join(", ")}, but got ${show(given.kind)}.`);
}

/** A label may be a new word, but not a class's name misspelt. */
function refuseAlmost(label: string, classes: readonly string[]): void {
  if (typeof label !== "string" || label.trim() === "")
    throw new OptionError(`correct: expected label to be a word, but got ${show(label)}.`);
  if (classes.includes(label.trim())) return;
  const near = nearest(label.trim(), classes);
  if (near !== undefined) throw new OptionError(`correct: unknown label ${show(label)}; did you mean ${show(near)}?`);
}
