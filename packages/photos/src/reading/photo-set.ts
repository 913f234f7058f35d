import { statSync } from "node:fs";
import { resolve } from "node:path";
import type { FaceRecord, FaceSet, PhotoRecord, SetModel } from "@semblant/answers";
import { DataError, Embeddings } from "@semblant/core";
import { printable } from "@semblant/core/internals";
import { whyGone } from "../pictures/missing-file.ts";
import { type PhotoReader, readerHere, readWanted } from "./readers.ts";
import type { LibraryReader } from "./reading.ts";

/** Photos read without a library, and what came of those that could not be. */
export interface PhotoSet {
  readonly set: FaceSet;
  readonly errors: readonly { readonly path: string; readonly reason: string }[];
}

/** One photo came to its end. */
export interface PhotoStep {
  readonly done: number;
  readonly total: number;
  readonly path: string;
  readonly faces: number;
  readonly error?: string;
}

/**
 * Reads photos into a set of faces that lives in memory only: what is asked of a few photos by name. Paths stay as they are given.
 *
 * A generator that yields one record per photo; one that cannot be read is a record with its reason, and the others go on.
 *
 * @throws DataError if no photo could be read
 */
export function readPhotoSet(paths: readonly string[], reader: LibraryReader): AsyncGenerator<PhotoStep, PhotoSet> {
  return photoSetBy(paths, readerHere(reader), reader.model);
}

/** {@link readPhotoSet} by a reader that may have a process of its own. */
export async function* photoSetBy(paths: readonly string[], reader: PhotoReader, model: SetModel): AsyncGenerator<PhotoStep, PhotoSet> {
  const photos = new Map<number, PhotoRecord>();
  const faces: FaceRecord[] = [];
  const embeddings: Float32Array[] = [];
  const errors: { path: string; reason: string }[] = [];
  const remarks: string[] = [];
  const unique = [...new Set(paths)];
  for (const [i, path] of unique.entries()) {
    const place = resolve(path);
    const reading = await readWanted(reader, place);
    const failed = "reason" in reading ? reading.reason : "gone" in reading ? whyGone(path) : undefined;
    if (failed !== undefined || !("faces" in reading)) {
      errors.push({ path, reason: failed ?? "it could not be read" });
      yield { done: i + 1, total: unique.length, path, faces: 0, error: errors.at(-1)?.reason as string };
      continue;
    }
    const { hash, width, height, taken, perceptualHash, remark } = reading;
    if (remark !== undefined) remarks.push(`${printable(path)}: ${remark}`);
    const { size: bytes, mtimeMs: modified } = statSync(place);
    photos.set(i + 1, { id: i + 1, path, width, height, bytes, modified, ...(taken !== undefined && { taken }), hash, perceptualHash });
    for (const { embedding, ...face } of reading.faces) {
      embeddings.push(embedding);
      faces.push({ ...face, id: faces.length + 1, photo: i + 1, together: [], apart: [] });
    }
    yield { done: i + 1, total: unique.length, path, faces: reading.faces.length };
  }
  if (photos.size === 0) {
    const [first] = errors;
    throw new DataError(
      `photos: expected a photo that can be read, but got ${first ? `${first.path}: ${first.reason.replace(/\.$/, "")}` : "none"}.`,
    );
  }
  const { dimensions } = model;
  const values = new Float32Array(embeddings.length * dimensions);
  for (const [i, embedding] of embeddings.entries()) values.set(embedding, i * dimensions);
  const set: FaceSet = {
    faces,
    embeddings: new Embeddings(values, dimensions, { ids: faces.map(({ id }) => String(id)) }),
    photos,
    model,
    root: process.cwd(),
    ...(remarks.length > 0 && { remarks }),
  };
  return { set, errors };
}
