import type { FaceRecord, FaceSet, PhotoRecord, SetModel } from "@semblant/answers";
import { Embeddings } from "@semblant/core";
import type { Landmarks } from "@semblant/faces";
import { readGrouping } from "./corrections.ts";
import { dialectOf, isServer } from "./dialect.ts";
import { conditionOf, type FaceFilter, folderOf, shownPhoto } from "./face-filter.ts";
import { floats } from "./float-bytes.ts";
import { type KnownFace, type KnownFaces, knownFaces } from "./known-faces.ts";
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
    const known = knownFaces(file, model.card.checksum);
    const grouping = readGrouping(file);
    const { together, apart } = grouping;
    const condition = conditionOf(file, filter, model.classes, grouping);
    const those = ids === undefined ? "" : `f.id IN (${dialectOf(file).numbers}) AND `;
    const values = ids === undefined ? condition.values : [JSON.stringify(ids), ...condition.values];
    // By the index of paths, with nothing to sort; rows with their embeddings are large.
    const from =
      ids === undefined ? `photos p ${dialectOf(file).inOrder} faces f ON f.photo = p.id` : "faces f JOIN photos p ON p.id = f.photo";
    const where = `WHERE p.current = 1 AND ${those}${condition.sql}`;
    // Not by an iterator: its memory is freed only when the event loop turns, as that of a statement.
    const listed = file
      .prepare(`SELECT f.id FROM ${from} ${where} ORDER BY p.path, f.id`)
      .pluck()
      .all(...values) as number[];
    const embeddings = new Float32Array(listed.length * model.dimensions);
    const faces: FaceRecord[] = [];
    const labels = new Map(file.prepare("SELECT face, label FROM labels").raw().all() as [number, string][]);
    const damaged: string[] = [];
    const photos = photoReader(file, known, damaged);
    const read = faceReader(file, { model, known, damaged });
    for (let at = 0; at < listed.length; at += atOnce) {
      const some = listed.slice(at, at + atOnce);
      const rows = read(some);
      photos.look(rows.map((face) => face?.photo));
      for (const [i, face] of rows.entries()) {
        if (face === undefined || photos.get(face.photo) === undefined) continue;
        embeddings.set(face.embedding, faces.length * model.dimensions);
        const id = some[i] as number;
        const label = labels.get(id);
        const said = { ...(label !== undefined && { label }), together: together.get(id) ?? [], apart: apart.get(id) ?? [] };
        faces.push({ ...face.record, ...said });
      }
    }
    const keys = faces.map((face) => String(face.id));
    return {
      faces,
      embeddings: new Embeddings(embeddings.subarray(0, faces.length * model.dimensions), model.dimensions, { ids: keys }),
      photos: ids === undefined ? readPhotos(file, { faces, filter, photos }) : photosOf(faces, photos),
      model,
      root,
      ...(damaged.length > 0 && { remarks: [leftOut(damaged)] }),
    };
  })();
}

/** Faces that are read at once. */
const atOnce = 500;

/** Reads faces by their ids, in that order; undefined where one is damaged, which is noted. */
function faceReader(
  file: LibraryFile,
  { model, known, damaged }: { readonly model: SetModel; readonly known: KnownFaces | undefined; readonly damaged: string[] },
): (ids: readonly number[]) => (KnownFace | undefined)[] {
  const pathOf = (photo: number) => file.prepare("SELECT path FROM photos WHERE id = ?").pluck().get(photo);
  return (ids) => {
    const rows = byId(file.rowsByIds<FaceRow>("SELECT * FROM faces WHERE id IN (?)", without(ids, known?.faces)));
    return ids.map((id) => {
      const before = known?.faces.get(id);
      if (before !== undefined) return before;
      const row = rows.get(id);
      if (row === undefined) {
        damaged.push(`face ${id}`); // an index of the file's lists it, and it is not there
        return undefined;
      }
      if (!isWhole(file, "faces", row) || unsoundPart(row, model.dimensions) !== undefined) {
        damaged.push(`face ${row.id} of ${pathOf(row.photo)}`);
        return undefined;
      }
      const face = { record: faceOf(row), photo: row.photo, embedding: floats(row.embedding) };
      known?.faces.set(id, face);
      return face;
    });
  };
}

const byId = <Row extends { readonly id: number }>(rows: readonly Row[]): Map<number, Row> => new Map(rows.map((row) => [row.id, row]));

const without = (ids: readonly number[], known: ReadonlyMap<number, unknown> | undefined): readonly number[] =>
  known === undefined ? ids : ids.filter((id) => !known.has(id));

interface PhotoReader {
  /** Reads photos before they are asked for, in few questions. */
  look(ids: readonly (number | undefined)[]): void;
  /** Undefined where a row is not as it was written, which is noted. */
  get(id: number): PhotoRecord | undefined;
}

/** Reads photos, each once. */
function photoReader(file: LibraryFile, known: KnownFaces | undefined, damaged: string[]): PhotoReader {
  const looked = new Map<number, PhotoRecord | undefined>();
  const remembered = isServer(file) ? undefined : known?.photos; // rows of a server say nothing of whether they are the same
  const sealNow =
    remembered === undefined ? undefined : new Map(file.prepare("SELECT id, seal FROM photos").raw().all() as [number, number][]);
  const before = (id: number): PhotoRecord | undefined => {
    const one = remembered?.get(id);
    return one?.seal === sealNow?.get(id) ? one?.record : undefined;
  };
  const look = (ids: readonly (number | undefined)[]) => {
    const wanted = [...new Set(ids)].filter((id) => id !== undefined && !looked.has(id)) as number[];
    const rows = byId(
      file.rowsByIds<PhotoRow>(
        "SELECT * FROM photos WHERE id IN (?)",
        wanted.filter((id) => before(id) === undefined),
      ),
    );
    for (const id of wanted) looked.set(id, before(id) ?? read(id, rows.get(id)));
  };
  const read = (id: number, row: PhotoRow | undefined): PhotoRecord | undefined => {
    const record = row !== undefined && isSoundPhoto(file, row) ? photoOf(row) : undefined;
    if (record === undefined) damaged.push(`photo ${row?.path ?? id}`);
    else remembered?.set(id, { seal: (row as PhotoRow).seal, record });
    return record;
  };
  return {
    look,
    get(id) {
      if (!looked.has(id)) look([id]);
      return looked.get(id);
    },
  };
}

const isSoundPhoto = (file: LibraryFile, row: PhotoRow): boolean =>
  isWhole(file, "photos", row) && Buffer.isBuffer(row.perceptual) && row.perceptual.length === 8;

function isWhole(file: LibraryFile, table: SealedTable, row: { readonly seal: number }): boolean {
  if (isServer(file)) return true;
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

function faceOf(row: FaceRow): KnownFace["record"] {
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
  };
}

/** The photos of faces; where nothing but a folder was asked for, also those of it that have no face. */
function readPhotos(
  file: LibraryFile,
  { faces, filter, photos }: { readonly faces: readonly FaceRecord[]; readonly filter: FaceFilter; readonly photos: PhotoReader },
): Map<number, PhotoRecord> {
  const wanted = new Set(faces.map((face) => face.photo));
  const others = Object.keys(filter).every((name) => name === "folder");
  const folder = folderOf(filter);
  const found = new Map<number, PhotoRecord>();
  const rows = file.prepare(`SELECT p.id, p.path, ${shownPhoto} AS shown FROM photos p WHERE p.current = 1 ORDER BY p.path`).raw();
  const listed = rows.all() as [number, string, 0 | 1][];
  const inside = ([, path, shown]: [number, string, 0 | 1]) => shown === 1 && (folder === "" || path.startsWith(`${folder}/`));
  const rest = others ? listed.filter((row) => !wanted.has(row[0]) && inside(row)).map(([id]) => id) : [];
  const withFaces = file.rowsByIds<{ photo: number }>("SELECT DISTINCT photo FROM faces WHERE photo IN (?)", rest);
  const filled = new Set(withFaces.map(({ photo }) => photo));
  const empty = new Set(rest.filter((id) => !filled.has(id)));
  photos.look([...empty]);
  for (const [id] of listed) {
    const record = wanted.has(id) || empty.has(id) ? photos.get(id) : undefined;
    if (record !== undefined) found.set(id, record);
  }
  return found;
}

function photosOf(faces: readonly FaceRecord[], photos: PhotoReader): Map<number, PhotoRecord> {
  return new Map(faces.map(({ photo }) => [photo, photos.get(photo) as PhotoRecord]));
}

function photoOf({ id, path, width, height, bytes, modified, taken, hash, perceptual }: PhotoRow): PhotoRecord {
  const perceptualHash = perceptual.readBigUInt64BE();
  return { id, path, width, height, bytes, modified, ...(taken !== null && { taken }), hash, perceptualHash };
}
