import { setImmediate as nextTurn } from "node:timers/promises";
import type { InvertedLists, QuantizedRows } from "@semblant/core/internals";
import { nearestByCodes } from "./compare-candidates.ts";
import { floats } from "./float-bytes.ts";
import type { NearFace } from "./near.ts";
import type { LibraryFile } from "./open-file.ts";

/** How much of what exact search finds the approximate one finds, by trying. */
export interface MeasuredRecall {
  /** Part of the `k` nearest faces, 0 to 1, mean over `queries` faces of the library. */
  readonly recall: number;
  readonly k: number;
  readonly queries: number;
}

const testQueries = 200;
const testNeighbors = 11;
/** What is to be found of the nearest, with some to spare above 0.99. */
const wanted = 0.995;

/**
 * Chooses how many lists a query looks at: as many as it takes to find nearly all of the nearest. Faces spread evenly over the library
 * are asked for, each without itself.
 */
export async function measureLists(
  file: LibraryFile,
  rows: QuantizedRows,
  lists: InvertedLists,
): Promise<{ readonly probes: number; readonly measured: MeasuredRecall }> {
  const queries = Math.min(testQueries, rows.length);
  const k = Math.min(testNeighbors, rows.length - 1);
  const embedding = file.prepare("SELECT embedding FROM faces WHERE id = ?").pluck();
  const asked: { readonly id: number; readonly vector: Float32Array; readonly farthest: number }[] = [];
  for (let q = 0; q < queries; q++) {
    const id = rows.ids[Math.floor((q * rows.length) / queries)] as number;
    const bytes = embedding.get(id);
    if (!Buffer.isBuffer(bytes) || bytes.length !== 4 * rows.dimensions) continue;
    const vector = floats(bytes);
    const exact = others(nearestByCodes(file, rows, vector, { k: k + 1 }), id, k);
    asked.push({ id, vector, farthest: (exact.at(-1)?.distance ?? 0) * (1 + 1e-9) }); // of faces equally far, either is right
    await nextTurn();
  }
  for (let probes = Math.min(4, lists.centres.length); ; probes = Math.min(2 * probes, lists.centres.length)) {
    let found = 0;
    for (const { id, vector, farthest } of asked) {
      const near = nearestByCodes(file, rows, vector, { k: k + 1, only: lists.rowsNear(vector, probes, rows.length) });
      found += others(near, id, k).filter(({ distance }) => distance <= farthest).length;
    }
    await nextTurn();
    const recall = found / Math.max(1, asked.length * k);
    if (recall >= wanted || probes === lists.centres.length) return { probes, measured: { recall, k, queries: asked.length } };
  }
}

function others(near: readonly NearFace[], id: number, k: number): NearFace[] {
  return near.filter(({ face }) => face !== id).slice(0, k);
}
