import Database from "better-sqlite3";
import type { Database as LibraryFile } from "../database/database.ts";
import { sqliteOf } from "../database/sqlite.ts";
import { sealing } from "./seals.ts";

/** "Semb" in ASCII: what marks an SQLite file as a library. */
export const applicationId = 0x53656d62;

/**
 * The tables, one step a format version: a library of version n has had the first n steps. A step that was ever published stays as it
 * is; a change of the tables is a new step.
 *
 * `faces.embedding` is the truth; the virtual table `vectors` (sqlite-vec), made once the model's dimensions are known, holds the same
 * rows for search and can be made again from it. Corrections point at what they are about by the file's content and the face's box, so
 * that they outlive the rows of `faces`; `marks` says which rows those are now.
 */
export const steps: readonly string[] = [
  `
  CREATE TABLE facts (name TEXT PRIMARY KEY, value ANY NOT NULL) STRICT, WITHOUT ROWID;

  CREATE TABLE photos (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    path TEXT NOT NULL UNIQUE,
    bytes INTEGER NOT NULL,
    modified REAL NOT NULL,
    hash TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    taken REAL,
    perceptual BLOB NOT NULL,
    faces INTEGER NOT NULL,
    current INTEGER NOT NULL DEFAULT 1
  ) STRICT;
  CREATE INDEX photos_by_hash ON photos (hash);

  CREATE TABLE faces (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    photo INTEGER NOT NULL REFERENCES photos (id) ON DELETE CASCADE,
    x REAL NOT NULL, y REAL NOT NULL, width REAL NOT NULL, height REAL NOT NULL,
    score REAL NOT NULL,
    landmarks TEXT NOT NULL,
    side REAL NOT NULL, sharpness REAL NOT NULL,
    yaw REAL NOT NULL, pitch REAL NOT NULL, roll REAL NOT NULL,
    eyes_open REAL, mouth_open REAL,
    expression INTEGER NOT NULL,
    appearance BLOB NOT NULL,
    embedding BLOB NOT NULL
  ) STRICT;
  CREATE INDEX faces_by_photo ON faces (photo);

  CREATE TABLE corrections (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CHECK (kind IN ('not a face', 'label', 'together', 'apart', 'hide')),
    label TEXT,
    path TEXT,
    made REAL NOT NULL
  ) STRICT;
  CREATE TABLE targets (
    id INTEGER PRIMARY KEY,
    correction INTEGER NOT NULL REFERENCES corrections (id) ON DELETE CASCADE,
    hash TEXT NOT NULL,
    x REAL NOT NULL, y REAL NOT NULL, width REAL NOT NULL, height REAL NOT NULL
  ) STRICT;
  CREATE INDEX targets_by_hash ON targets (hash);
  CREATE INDEX targets_by_correction ON targets (correction);
  CREATE TABLE marks (
    target INTEGER NOT NULL REFERENCES targets (id) ON DELETE CASCADE,
    face INTEGER NOT NULL REFERENCES faces (id) ON DELETE CASCADE,
    PRIMARY KEY (target, face)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX marks_by_face ON marks (face);

  CREATE VIEW labels AS
    SELECT marks.face AS face, corrections.label AS label, max(corrections.id) AS correction
    FROM marks JOIN targets ON targets.id = marks.target JOIN corrections ON corrections.id = targets.correction
    WHERE corrections.kind = 'label' GROUP BY marks.face;

  CREATE TABLE errors (
    path TEXT PRIMARY KEY,
    bytes INTEGER NOT NULL,
    modified REAL NOT NULL,
    reason TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE reading (path TEXT PRIMARY KEY, tries INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  `,
  // What files that failed were tried with; see tried-with.ts. Of those that failed before this nobody knows, so they are tried once more.
  `
  CREATE TABLE tried (path TEXT PRIMARY KEY, "with" TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TRIGGER errors_tried AFTER DELETE ON errors BEGIN DELETE FROM tried WHERE path = old.path; END;
  `,
  // Checksums of rows; see seals.ts.
  (["facts", "photos", "faces", "corrections", "targets", "marks", "errors", "tried"] as const).map(sealing).join("\n"),
  // What is to be known of how a file was read, by its bytes: that it is cut short, or only a preview was there.
  `
  CREATE TABLE remarks (hash TEXT PRIMARY KEY, remark TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TRIGGER photos_remarked AFTER DELETE ON photos WHEN NOT EXISTS (SELECT 1 FROM photos WHERE hash = old.hash)
    BEGIN DELETE FROM remarks WHERE hash = old.hash; END;
  ${sealing("remarks")}
  `,
  // How closely each photo was looked at; see smallest-face.ts. It is not sealed: it says what may be read again, and is in no answer.
  "ALTER TABLE photos ADD COLUMN looked REAL;",
  // Small values that programs keep with the library, as JSON; see documents.ts.
  `
  CREATE TABLE documents (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  ${sealing("documents")}
  `,
  // Few photos are to be read again, and few have no face: what asks for them reads no others. Filters read numbers of faces from an
  // index, since rows are large by their embeddings.
  `
  CREATE INDEX IF NOT EXISTS photos_to_read_again ON photos (id) WHERE current = 0;
  CREATE INDEX IF NOT EXISTS photos_without_faces ON photos (path) WHERE current = 1 AND faces = 0;
  CREATE INDEX IF NOT EXISTS faces_for_filters ON faces (photo, expression, side, sharpness, score, yaw);
  `,
];

/** The tables are those of today from this version on; later ones have indexes only, without which a file is read as well, if slower. */
export const readableVersion = 6;

/** Where a file's tables, indexes and triggers are not those of its format. */
export function schemaProblems(library: LibraryFile): string[] {
  const file = sqliteOf(library);
  const model = new Database(":memory:");
  try {
    model.function("row_seal", { varargs: true }, () => 0);
    const format = file.pragma("user_version", { simple: true }) as number; // a file that is only read may be of an earlier one
    for (const step of steps.slice(0, format)) model.exec(step);
    const all = (of: Database.Database) =>
      of
        .prepare("SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'vectors%' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'")
        .raw()
        .all() as [string, string][];
    const [wanted, found] = [new Map(all(model)), new Map(all(file))];
    const wrong = [...new Set([...wanted.keys(), ...found.keys()])].filter((name) => wanted.get(name) !== found.get(name));
    return wrong.map((name) => `the file is damaged: its ${name} is not that of a library of format ${format}`);
  } finally {
    model.close();
  }
}
