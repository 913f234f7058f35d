import type { FaceRecord, FaceSet, PhotoRecord, SetModel } from "@semblant/answers";
import { Embeddings } from "@semblant/core";
import type { Landmarks } from "@semblant/faces";
import { readGrouping } from "./corrections.ts";
import { conditionOf, type FaceFilter, folderOf, shownPhoto } from "./face-filter.ts";
import { floats } from "./float-bytes.ts";
import type { LibraryFile } from "./open-file.ts";
import { type Cell, rowSeal, type SealedTable, sealedTables } from "./seals.ts";
import { isTurned, landmarksOf, unsoundPart } from "./sound-face.ts";

interface FaceRow {
  readonly seal: number;
  readonly expression: number;
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
}

interface PhotoRow {
  readonly seal: number;
  readonly faces: number;
  readonly current: number;
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

/** An open library: its file, the model of its embeddings and the folder of its photos. */
interface ReadFrom {
  readonly file: LibraryFile;
  readonly model: SetModel;
  readonly root: string;
}

/**
 * The faces that a filter lets through, by their photos' paths and then their ids, in memory: about 2 kB a face.
 *
 * Each row is held against its checksum: what is damaged is left out, and is a remark.
 *
 * @param ids of the only faces that are wanted; by default all
 * @throws OptionError if the filter has an unknown name or a value out of range
 * @throws DataError if the file is damaged
 */
export function readFaceSet({ file, model, root }: ReadFrom, filter: FaceFilter = {}, ids?: readonly number[]): FaceSet {
  return file.transaction(() => {
    const grouping = readGrouping(file);
    const { together, apart } = grouping;
    const condition = conditionOf(file, filter, model.classes, grouping);
    const those = ids === undefined ? "" : "f.id IN (SELECT value FROM json_each(?)) AND ";
    const values = ids === undefined ? condition.values : [JSON.stringify(ids), ...condition.values];
    // CROSS JOIN: by the index of paths, with nothing to sort; rows with their embeddings are large.
    const from = ids === undefined ? "photos p CROSS JOIN faces f ON f.photo = p.id" : "faces f JOIN photos p ON p.id = f.photo";
    const where = `WHERE p.current = 1 AND ${those}${condition.sql}`;
    // Not by an iterator: its memory is freed only when the event loop turns, as that of a statement.
    const listed = file
      .prepare(`SELECT f.id FROM ${from} ${where} ORDER BY p.path, f.id`)
      .pluck()
      .all(...values) as number[];
    const embeddings = new Float32Array(listed.length * model.dimensions);
    const faces: FaceRecord[] = [];
    const one = file.prepare("SELECT * FROM faces WHERE id = ?");
    const labels = new Map(file.prepare("SELECT face, label FROM labels").raw().all() as [number, string][]);
    const damaged: string[] = [];
    const sound = soundPhotos(file, damaged);
    const pathOf = (photo: number) => file.prepare("SELECT path FROM photos WHERE id = ?").pluck().get(photo);
    for (const id of listed) {
      const row = one.get(id) as FaceRow | undefined;
      if (row === undefined) {
        damaged.push(`face ${id}`); // an index of the file's lists it, and it is not there
        continue;
      }
      if (!sound(row.photo)) continue;
      if (!isWhole("faces", row) || unsoundPart(row, model.dimensions) !== undefined) {
        damaged.push(`face ${row.id} of ${pathOf(row.photo)}`);
        continue;
      }
      embeddings.set(floats(row.embedding), faces.length * model.dimensions);
      faces.push({ ...faceOf(row, labels.get(id)), together: together.get(row.id) ?? [], apart: apart.get(row.id) ?? [] });
    }
    const keys = faces.map((face) => String(face.id));
    return {
      faces,
      embeddings: new Embeddings(embeddings.subarray(0, faces.length * model.dimensions), model.dimensions, { ids: keys }),
      photos: ids === undefined ? readPhotos(file, faces, filter) : readPhotosOf(file, faces),
      model,
      root,
      ...(damaged.length > 0 && { remarks: [leftOut(damaged)] }),
    };
  })();
}

/** Whether a photo's row is as it was written; each is looked at once. */
function soundPhotos(file: LibraryFile, damaged: string[]): (photo: number) => boolean {
  const known = new Map<number, boolean>();
  const row = file.prepare("SELECT * FROM photos WHERE id = ?");
  return (photo) => {
    const before = known.get(photo);
    if (before !== undefined) return before;
    const found = row.get(photo) as PhotoRow | undefined;
    const is = found !== undefined && isSoundPhoto(found);
    if (!is) damaged.push(`photo ${found?.path ?? photo}`);
    known.set(photo, is);
    return is;
  };
}

const isSoundPhoto = (row: PhotoRow): boolean => isWhole("photos", row) && Buffer.isBuffer(row.perceptual) && row.perceptual.length === 8;

function isWhole(table: SealedTable, row: { readonly seal: number }): boolean {
  const values = row as unknown as Readonly<Record<string, Cell | undefined>>;
  const { columns } = sealedTables[table];
  const cells: Cell[] = [];
  for (const column of columns) {
    const cell = values[column];
    if (cell === undefined) return false;
    cells.push(cell);
  }
  return rowSeal(cells) === row.seal;
}

/** For a person: what of a library is damaged and left out of an answer. */
export function leftOut(damaged: readonly string[]): string {
  const few = damaged.slice(0, 3).join(", ");
  const more = damaged.length > 3 ? `, and ${damaged.length - 3} more` : "";
  return `damaged and left out: ${few}${more}. Mend it with: semblant library repair`;
}

function faceOf(row: FaceRow, label: string | undefined): Omit<FaceRecord, "together" | "apart"> {
  const { id, photo, x, y, width, height, score, side, sharpness, yaw, pitch, roll, eyes_open, mouth_open } = row;
  return {
    id,
    photo,
    box: { x, y, width, height },
    score,
    landmarks: landmarksOf(row.landmarks) as Landmarks,
    ...(isTurned(row.landmarks) && { turned: true }),
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
    ...(label !== undefined && { label }),
  };
}

/** The photos of faces; where nothing but a folder was asked for, also those of it that have no face. */
function readPhotos(file: LibraryFile, faces: readonly FaceRecord[], filter: FaceFilter): Map<number, PhotoRecord> {
  const wanted = new Set(faces.map((face) => face.photo));
  const others = Object.keys(filter).every((name) => name === "folder");
  const folder = folderOf(filter);
  const empty = file.prepare("SELECT NOT EXISTS (SELECT 1 FROM faces WHERE photo = ?)").pluck();
  const photos = new Map<number, PhotoRecord>();
  const rows = file.prepare(`SELECT p.*, ${shownPhoto} AS shown FROM photos p WHERE p.current = 1 ORDER BY p.path`);
  for (const row of rows.all() as PhotoRow[]) {
    const inside = row.shown === 1 && (folder === "" || row.path.startsWith(`${folder}/`));
    // Those that are wanted were looked at with their faces.
    if (wanted.has(row.id) || (others && inside && empty.get(row.id) === 1 && isSoundPhoto(row))) photos.set(row.id, photoOf(row));
  }
  return photos;
}

function readPhotosOf(file: LibraryFile, faces: readonly FaceRecord[]): Map<number, PhotoRecord> {
  const ids = [...new Set(faces.map((face) => face.photo))];
  const sql = "SELECT *, 1 AS shown FROM photos WHERE id IN (SELECT value FROM json_each(?))";
  const rows = file.prepare(sql).all(JSON.stringify(ids)) as PhotoRow[];
  return new Map(rows.filter(isSoundPhoto).map((row) => [row.id, photoOf(row)]));
}

function photoOf({ id, path, width, height, bytes, modified, taken, hash, perceptual }: PhotoRow): PhotoRecord {
  const perceptualHash = perceptual.readBigUInt64BE();
  return { id, path, width, height, bytes, modified, ...(taken !== null && { taken }), hash, perceptualHash };
}
