import type { Condition } from "./face-filter.ts";
import { blob, floats } from "./float-bytes.ts";
import type { NearFace } from "./near.ts";
import type { LibraryFile } from "./open-file.ts";

/** sqlite-vec answers for no more at once. */
const mostAtOnce = 4096;

/**
 * The k nearest faces by Euclidean distance, exact, the nearest first; fewer where there are fewer.
 *
 * Without a condition by sqlite-vec's own table, which reads vectors in blocks; with one by comparing each face that it lets through,
 * which is faster there than handing that table the faces' ids. Where sqlite-vec is missing, by comparing here.
 *
 * @param condition undefined where every face may be found
 */
export function nearestFaces(
  file: LibraryFile,
  vector: Float32Array,
  { k, condition, vectors }: { readonly k: number; readonly condition: Condition | undefined; readonly vectors: boolean },
): NearFace[] {
  const query = blob(vector);
  if (vectors && condition === undefined && k <= mostAtOnce) {
    const sql = "SELECT rowid AS face, distance FROM vectors WHERE embedding MATCH ? AND k = ?";
    return byDistance(file.prepare(sql).all(query, k) as NearFace[]);
  }
  const { from, sql: where, values } = condition ?? { from: "faces f", sql: "1 = 1", values: [] };
  if (vectors) {
    const sql =
      `SELECT f.id AS face, vec_distance_l2(f.embedding, ?) AS distance FROM ${from} WHERE ${where} AND ` +
      `length(f.embedding) = ${query.length} ORDER BY distance, f.id LIMIT ?`;
    return file.prepare(sql).all(query, ...values, k) as NearFace[];
  }
  const ids = file
    .prepare(`SELECT f.id FROM ${from} WHERE ${where}`)
    .pluck()
    .all(...values) as number[];
  const one = file.prepare("SELECT embedding FROM faces WHERE id = ?").pluck();
  const all = ids.flatMap((face): NearFace[] => {
    const embedding = one.get(face) as Buffer | undefined;
    return embedding === undefined ? [] : [{ face, distance: distanceBetween(vector, floats(embedding)) }];
  });
  return byDistance(all).slice(0, k);
}

function byDistance(faces: NearFace[]): NearFace[] {
  return faces.sort((a, b) => a.distance - b.distance || a.face - b.face);
}

function distanceBetween(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += ((a[j] as number) - (b[j] as number)) ** 2;
  return Math.sqrt(sum);
}

/** Whether sqlite-vec's table holds the faces and nothing else: where it was missing for a while, it does not. */
export function vectorsAligned(file: LibraryFile): boolean {
  if (file.prepare("SELECT 1 FROM sqlite_master WHERE name = 'vectors'").get() === undefined) return false;
  const rows = (table: string, id: string) => file.prepare(`SELECT count(*), total(${id}) FROM ${table}`).raw().get() as [number, number];
  const [there, wanted] = [rows("vectors_rowids", "rowid"), rows("faces", "id")];
  return there[0] === wanted[0] && there[1] === wanted[1];
}

/** Makes sqlite-vec's table anew. */
export function remakeVectors(file: LibraryFile, dimensions: number): void {
  file
    .transaction(() => {
      file.exec("DROP TABLE IF EXISTS vectors");
      file.exec(`CREATE VIRTUAL TABLE vectors USING vec0(embedding float[${dimensions}])`);
      file
        .prepare("INSERT INTO vectors (rowid, embedding) SELECT id, embedding FROM faces WHERE length(embedding) = ?")
        .run(dimensions * 4);
    })
    .immediate();
}
