import type { SetModel } from "@semblant/answers";
import { answersFor } from "@semblant/answers/internals";
import { Embeddings } from "@semblant/core";
import type { Change, FileState } from "../queue/jobs.ts";
import type { FoundFace, PhotoReading } from "../reading/reading.ts";
import { faceColumns, facesAdder } from "./add-faces.ts";
import { noteChanged } from "./facts.ts";
import { blob } from "./float-bytes.ts";
import { readModel } from "./library-model.ts";
import { markFaces } from "./marks.ts";
import type { LibraryFile } from "./open-file.ts";
import { closelyRead, rememberedSmallest } from "./smallest-face.ts";
import { landmarksText } from "./sound-face.ts";
import { type VectorTable, vectorTable } from "./vector-table.ts";

/** An error takes the place of the one before at its path. */
export const failedAnew = "ON CONFLICT (path) DO UPDATE SET bytes = excluded.bytes, modified = excluded.modified, reason = excluded.reason";

/**
 * Writes photos and their faces. Each method is one transaction: a process that is killed leaves a photo as it was or as it is, never
 * half of one.
 */
export class PhotoRows {
  readonly #file: LibraryFile;
  readonly #sql;
  readonly #vectors: VectorTable | undefined;
  readonly #addFaces: ReturnType<typeof facesAdder>;

  /** Faces that are known count only if they were looked for as closely. */
  readonly #smallest: number | null;
  #model: SetModel | undefined;

  /** @param vectors whether there is a table `vectors` to keep */
  constructor(file: LibraryFile, vectors: boolean) {
    this.#file = file;
    this.#vectors = vectorTable(file, vectors);
    this.#addFaces = facesAdder(file, this.#vectors);
    this.#smallest = rememberedSmallest(file) ?? null;
    this.#sql = statements(file);
  }

  /** Whether faces of a file with these bytes are known, whatever its name was. */
  knows(hash: string): boolean {
    return this.#sql.byHash.get({ hash, smallest: this.#smallest }) !== undefined;
  }

  /** Whether a photo is known as its file is now. */
  has({ path, bytes, modified }: FileState): boolean {
    return this.#sql.asIs.get({ path, bytes, modified, smallest: this.#smallest }) !== undefined;
  }

  /** A photo as it was read takes the place of what was known of its path. */
  write(state: FileState, reading: PhotoReading): void {
    this.#atOnce(() => {
      this.#clear(state.path);
      const { hash, width, height, taken, perceptualHash, remark } = reading;
      const perceptual = Buffer.alloc(8);
      perceptual.writeBigUInt64BE(perceptualHash);
      const { path, bytes, modified } = state;
      const photo = this.#sql.addPhoto.get(
        path,
        bytes,
        modified,
        hash,
        width,
        height,
        taken ?? null,
        perceptual,
        reading.faces.length,
        this.#smallest ?? reading.surely,
      ) as number;
      const named = this.#named(reading.faces);
      this.#addFaces(
        reading.faces.map(({ box, score, landmarks, turned, quality: q, appearance, embedding }, i) => {
          const place = [photo, box.x, box.y, box.width, box.height, score, landmarksText({ landmarks, ...(turned && { turned }) })];
          const measured = [q.side, q.sharpness, q.yaw, q.pitch, q.roll, q.eyesOpen ?? null, q.mouthOpen ?? null];
          return [...place, ...measured, named[i] as number, blob(appearance), blob(embedding)];
        }),
      );
      if (remark !== undefined) this.#sql.addRemark.run(hash, remark);
      markFaces(this.#file, photo);
    });
  }

  /**
   * Faces that are known by the file's bytes become those of its path: the same photo written anew, moved from a path that is no longer
   * found, or one more copy.
   *
   * @param isGone whether there is no longer a file at a path
   * @returns undefined if they are not known, or no longer
   */
  adopt(state: FileState, hash: string, isGone: (path: string) => boolean): Change | undefined {
    const { path, bytes, modified } = state;
    return this.#atOnce(() => {
      const known = this.#sql.allByHash.all({ hash, smallest: this.#smallest }) as { id: number; path: string }[];
      const same = known.find((photo) => photo.path === path);
      if (same !== undefined) {
        this.#sql.touch.run(path, bytes, modified, same.id);
        this.#sql.forgive.run(path);
        this.#sql.end.run(path);
        return "touched";
      }
      const [first] = known;
      if (first === undefined) return undefined;
      this.#clear(path);
      const moved = known.find((photo) => isGone(photo.path));
      if (moved !== undefined) {
        this.#sql.touch.run(path, bytes, modified, moved.id);
        this.#sql.forgive.run(moved.path);
        return "moved";
      }
      const photo = this.#sql.copyPhoto.get(path, bytes, modified, first.id) as number;
      for (const face of this.#sql.facesOf.pluck().all(first.id) as number[]) {
        const copy = this.#sql.copyFace.get(photo, face) as number;
        this.#vectors?.copy(copy, face);
      }
      markFaces(this.#file, photo);
      return "copied";
    });
  }

  /**
   * A file that cannot be read is one row of errors, and what was known of its path goes, unless the cause may pass.
   *
   * @param tried what it was tried with, and is not tried with again while it stays as it is; "" where it is, each time
   */
  fail({ path, bytes, modified }: FileState, reason: string, tried: string): void {
    this.#atOnce(() => {
      if (tried === "") this.#sql.end.run(path);
      else this.#clear(path);
      this.#sql.addError.run(path, bytes, modified, reason);
      this.#sql.addTried.run(path, tried);
    });
  }

  /** Everything that is known of paths goes. */
  drop(paths: readonly string[]): void {
    this.#atOnce(() => {
      for (const path of paths) this.#clear(path);
    });
  }

  /** Writes down that a file is in work: one that still is when the process ends is read last the next time, and blamed for nothing. */
  begin(path: string): void {
    this.#sql.begin.run(path);
  }

  /** Takes {@link begin} back: the file was left alone before its end. */
  release(path: string): void {
    this.#sql.end.run(path);
  }

  /** What faces look like by the library's model, which may have been adapted since: classes, or −1. */
  #named(faces: readonly FoundFace[]): readonly number[] {
    this.#model = readModel(this.#file, this.#model);
    if (this.#model === undefined) return faces.map(() => -1);
    const values = Float32Array.from(faces.flatMap(({ embedding }) => [...embedding]));
    return answersFor(faces, new Embeddings(values, this.#model.dimensions), this.#model).map(({ predicted }) => predicted);
  }

  #clear(path: string): void {
    const photo = this.#sql.byPath.get(path) as { id: number } | undefined;
    if (photo !== undefined) {
      this.#vectors?.drop(photo.id);
      this.#sql.dropPhoto.run(photo.id);
    }
    this.#sql.forgive.run(path);
    this.#sql.end.run(path);
  }

  #atOnce<T>(work: () => T): T {
    return this.#file
      .transaction(() => {
        const done = work();
        noteChanged(this.#file);
        return done;
      })
      .immediate();
  }
}

function statements(file: LibraryFile) {
  const ofPhoto = faceColumns.replace("photo, ", "");
  const known = `hash = @hash AND current = 1 AND ${closelyRead("@smallest")}`;
  const adding = (sql: string) => file.prepare(`${sql} RETURNING id`).pluck();
  return {
    asIs: file.prepare(
      `SELECT 1 FROM photos WHERE path = @path AND bytes = @bytes AND modified = @modified AND current = 1 AND ${closelyRead("@smallest")}`,
    ),
    byHash: file.prepare(`SELECT id FROM photos WHERE ${known} LIMIT 1`),
    allByHash: file.prepare(`SELECT id, path FROM photos WHERE ${known}`),
    byPath: file.prepare("SELECT id FROM photos WHERE path = ?"),
    facesOf: file.prepare("SELECT id FROM faces WHERE photo = ? ORDER BY id"),
    addPhoto: adding(
      "INSERT INTO photos (path, bytes, modified, hash, width, height, taken, perceptual, faces, looked) VALUES (?, ?, " +
        "?, ?, ?, ?, ?, ?, ?, ?)",
    ),
    copyPhoto: adding(
      "INSERT INTO photos (path, bytes, modified, hash, width, height, taken, perceptual, faces, looked) SELECT ?, ?, " +
        "?, hash, width, height, taken, perceptual, faces, looked FROM photos WHERE id = ?",
    ),
    copyFace: adding(`INSERT INTO faces (${faceColumns}) SELECT ?, ${ofPhoto} FROM faces WHERE id = ?`),
    touch: file.prepare("UPDATE photos SET path = ?, bytes = ?, modified = ? WHERE id = ?"),
    dropPhoto: file.prepare("DELETE FROM photos WHERE id = ?"),
    addError: file.prepare(`INSERT INTO errors (path, bytes, modified, reason) VALUES (?, ?, ?, ?) ${failedAnew}`),
    addTried: file.prepare('INSERT INTO tried (path, "with") VALUES (?, ?) ON CONFLICT (path) DO UPDATE SET "with" = excluded."with"'),
    addRemark: file.prepare("INSERT INTO remarks (hash, remark) VALUES (?, ?) ON CONFLICT (hash) DO UPDATE SET remark = excluded.remark"),
    forgive: file.prepare("DELETE FROM errors WHERE path = ?"),
    begin: file.prepare("INSERT INTO reading (path, tries) VALUES (?, 1) ON CONFLICT (path) DO NOTHING"),
    end: file.prepare("DELETE FROM reading WHERE path = ?"),
  };
}
