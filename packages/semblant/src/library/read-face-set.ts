import { DataError, Embeddings } from "@semblant/core";
import type { Landmarks } from "@semblant/faces";
import { readGrouping } from "./corrections.ts";
import { conditionOf, type FaceFilter, shownPhoto } from "./face-filter.ts";
import type { FaceRecord, FaceSet, PhotoRecord, SetModel } from "./face-set.ts";
import type { LibraryFile } from "./open-file.ts";
import { floats } from "./photo-rows.ts";

interface FaceRow {
  readonly id: number;
  readonly photo: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly score: number;
  readonly landmarks: string;
  readonly side: number;
  readonly sharpness: number;
  readonly yaw: number;
  readonly pitch: number;
  readonly roll: number;
  readonly eyes_open: number | null;
  readonly mouth_open: number | null;
  readonly appearance: Buffer;
  readonly embedding: Buffer;
  readonly label: string | null;
}

interface PhotoRow {
  readonly id: number;
  readonly path: string;
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
  readonly modified: number;
  readonly taken: number | null;
  readonly hash: string;
  readonly perceptual: Buffer;
  readonly shown: 0 | 1;
}

/**
 * The faces that a filter lets through, by their photos' paths and then their ids, in memory: about 2 kB a face.
 *
 * @param ids of the only faces that are wanted; by default all
 * @throws OptionError if the filter has an unknown name or a value out of range
 * @throws DataError if the file is damaged
 */
export function readFaceSet(file: LibraryFile, model: SetModel, root: string, filter: FaceFilter = {}, ids?: readonly number[]): FaceSet {
  return file.transaction(() => {
    const grouping = readGrouping(file);
    const { together, apart } = grouping;
    const condition = conditionOf(file, filter, model.classes, grouping);
    const those = ids === undefined ? "" : "f.id IN (SELECT value FROM json_each(?)) AND ";
    const values = ids === undefined ? condition.values : [JSON.stringify(ids), ...condition.values];
    // CROSS JOIN: by the index of paths, with nothing to sort; rows with their embeddings are large.
    const from = ids === undefined ? "photos p CROSS JOIN faces f ON f.photo = p.id" : "faces f JOIN photos p ON p.id = f.photo";
    const where = `WHERE p.current = 1 AND ${those}${condition.sql}`;
    const count = file
      .prepare(`SELECT count(*) FROM ${from} ${where}`)
      .pluck()
      .get(...values) as number;
    const embeddings = new Float32Array(count * model.dimensions);
    const faces: FaceRecord[] = [];
    const rows = file.prepare(`SELECT f.*, l.label FROM ${from} LEFT JOIN labels l ON l.face = f.id ${where} ORDER BY p.path, f.id`);
    for (const row of rows.iterate(...values) as IterableIterator<FaceRow>) {
      const vector = floats(row.embedding);
      if (vector.length !== model.dimensions) {
        throw new DataError(
          `library: expected embeddings of ${model.dimensions} numbers, but face ${row.id} has ${vector.length}.\n  Mend it with: semblant library repair`,
        );
      }
      embeddings.set(vector, faces.length * model.dimensions);
      faces.push({ ...faceOf(row), together: together.get(row.id) ?? [], apart: apart.get(row.id) ?? [] });
    }
    const keys = faces.map((face) => String(face.id));
    return {
      faces,
      embeddings: new Embeddings(embeddings, model.dimensions, { ids: keys }),
      photos: ids === undefined ? readPhotos(file, faces, filter) : readPhotosOf(file, faces),
      model,
      root,
    };
  })();
}

function faceOf(row: FaceRow): Omit<FaceRecord, "together" | "apart"> {
  const { id, photo, x, y, width, height, score, side, sharpness, yaw, pitch, roll, eyes_open, mouth_open, label } = row;
  return {
    id,
    photo,
    box: { x, y, width, height },
    score,
    landmarks: JSON.parse(row.landmarks) as Landmarks,
    quality: {
      side,
      sharpness,
      yaw,
      pitch,
      roll,
      ...(eyes_open !== null && { eyesOpen: eyes_open }),
      ...(mouth_open !== null && { mouthOpen: mouth_open }),
    },
    appearance: floats(row.appearance),
    ...(label !== null && { label }),
  };
}

/** The photos of faces; where nothing but a folder was asked for, also those of it that have no face. */
function readPhotos(file: LibraryFile, faces: readonly FaceRecord[], filter: FaceFilter): Map<number, PhotoRecord> {
  const wanted = new Set(faces.map((face) => face.photo));
  const others = Object.keys(filter).every((name) => name === "folder");
  const folder = filter.folder?.replace(/^\.\/|\/+$/g, "") ?? "";
  const empty = file.prepare("SELECT NOT EXISTS (SELECT 1 FROM faces WHERE photo = ?)").pluck();
  const photos = new Map<number, PhotoRecord>();
  const rows = file.prepare(`SELECT p.*, ${shownPhoto} AS shown FROM photos p WHERE p.current = 1 ORDER BY p.path`);
  for (const row of rows.iterate() as IterableIterator<PhotoRow>) {
    const inside = row.shown === 1 && (folder === "" || folder === "." || row.path.startsWith(`${folder}/`));
    if (wanted.has(row.id) || (others && inside && empty.get(row.id) === 1)) photos.set(row.id, photoOf(row));
  }
  return photos;
}

function readPhotosOf(file: LibraryFile, faces: readonly FaceRecord[]): Map<number, PhotoRecord> {
  const ids = [...new Set(faces.map((face) => face.photo))];
  const sql = "SELECT *, 1 AS shown FROM photos WHERE id IN (SELECT value FROM json_each(?))";
  const rows = file.prepare(sql).all(JSON.stringify(ids)) as PhotoRow[];
  return new Map(rows.map((row) => [row.id, photoOf(row)]));
}

function photoOf({ id, path, width, height, bytes, modified, taken, hash, perceptual }: PhotoRow): PhotoRecord {
  const perceptualHash = perceptual.readBigUInt64BE();
  return { id, path, width, height, bytes, modified, ...(taken !== null && { taken }), hash, perceptualHash };
}
