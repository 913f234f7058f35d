import type { QuantizedRows } from "@semblant/core/internals";
import { floats } from "./float-bytes.ts";
import type { NearFace } from "./near.ts";
import type { LibraryFile } from "./open-file.ts";

/**
 * The k nearest faces by their codes and then by their embeddings: exact, since codes say for certain which faces may be among them.
 *
 * @param only rows that alone are looked at; by default all
 */
export function nearestByCodes(
  file: LibraryFile,
  rows: QuantizedRows,
  vector: Float32Array,
  { k, only }: { readonly k: number; readonly only?: Uint32Array | undefined },
): NearFace[] {
  const embedding = file.prepare("SELECT embedding FROM faces WHERE id = ?").pluck();
  const near: NearFace[] = [];
  let farthest = Number.POSITIVE_INFINITY;
  for (const { row, least } of rows.candidates(vector, k, only)) {
    if (least > farthest) break;
    const face = rows.ids[row] as number;
    const bytes = embedding.get(face);
    if (!Buffer.isBuffer(bytes) || bytes.length !== 4 * rows.dimensions) continue; // gone or damaged since
    const distance = distanceBetween(vector, floats(bytes));
    if (!(distance <= farthest)) continue;
    put(near, { face, distance }, k);
    if (near.length === k) farthest = (near[k - 1] as NearFace).distance;
  }
  return near;
}

/** Puts a face at its place among the nearest. */
function put(near: NearFace[], face: NearFace, k: number): void {
  let at = near.length;
  while (at > 0 && isNearer(face, near[at - 1] as NearFace)) at--;
  near.splice(at, 0, face);
  if (near.length > k) near.pop();
}

const isNearer = (a: NearFace, b: NearFace): boolean => a.distance < b.distance || (a.distance === b.distance && a.face < b.face);

/** Euclidean distance. */
export function distanceBetween(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += ((a[j] as number) - (b[j] as number)) ** 2;
  return Math.sqrt(sum);
}
