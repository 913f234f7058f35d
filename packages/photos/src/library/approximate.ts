import { setImmediate as nextTurn } from "node:timers/promises";
import { Random } from "@semblant/core";
import { codeMemory, type InvertedLists, makeLists, QuantizedRows, widthOf } from "@semblant/core/internals";
import { earlierSidecarPath, removeFiles, sidecarPath } from "../taught/files-beside.ts";
import { nearestByCodes } from "./compare-candidates.ts";
import type { CodesOf, FaceCodes } from "./face-codes.ts";
import { changesOf, fact, keepFact } from "./facts.ts";
import { writeIndex } from "./index-file.ts";
import { type MeasuredRecall, measureLists } from "./measure-lists.ts";
import type { NearFace } from "./near.ts";
import type { LibraryFile } from "./open-file.ts";

/** An index of a library's embeddings that answers faster than comparing all, and almost as well. */
export interface ApproximateIndex extends Pick<FaceCodes, "rows"> {
  readonly of: CodesOf;
  readonly measured: MeasuredRecall;
  /** Why it could not be kept beside the library. */
  readonly remark?: string;
  /** At most k faces, the nearest first; `only`: rows that alone are looked at. */
  search(vector: Float32Array, k: number, only?: Uint32Array): NearFace[];
}

/** What the library knows of the index that was made last. */
export interface KnownIndex extends MeasuredRecall {
  readonly changes: unknown;
  readonly checksum?: string;
  readonly model?: string;
  readonly mended?: unknown;
  /** The greatest id of a face in it. */
  readonly last?: number;
  /** Lists that are looked at. */
  readonly probes?: number;
}

/** Lists, and how many of them a query looks at. */
export interface Listed {
  readonly lists: InvertedLists;
  readonly probes: number;
  readonly measured: MeasuredRecall;
}

/** Where all codes are looked at, nothing is missed. */
const ofAll: MeasuredRecall = { recall: 1, k: 0, queries: 0 };
/** With fewer faces looking at all codes takes about a millisecond, and lists would save nothing. */
const leastListed = 50_000;
/** Part of the rows that may be in no list. */
const mostLater = 0.05;
/** Part of the rows that may have come or gone before the index is written anew. */
const mostUnwritten = 0.005;

/**
 * Makes lists of a library's codes where it is large, or brings those that are there up to date. A pause is made again and again.
 *
 * @param before what there was, of the same rows; rows that came later are in none of its lists
 */
export async function listCodes(
  file: LibraryFile,
  rows: QuantizedRows,
  before: Listed | undefined,
  least = leastListed,
): Promise<Listed | undefined> {
  if (rows.length < least) return undefined;
  const wanted = Math.min(65_535, Math.round(Math.sqrt(rows.length)));
  const fits = before !== undefined && wanted < 1.5 * before.lists.centres.length;
  if (fits && rows.length - before.lists.listOf.length <= mostLater * rows.length) return before;
  const centres = new QuantizedRows(rows.dimensions, codeMemory(widthOf(rows.dimensions)));
  const making = fits ? before.lists.extended(rows) : makeLists(rows, centres, wanted, new Random(0));
  let step = making.next();
  for (; !step.done; step = making.next()) await nextTurn();
  return { lists: step.value, ...(await measureLists(file, rows, step.value)) };
}

/** An index of codes that are up to date; without lists it looks at all, and finds all. */
export function indexOf(
  file: LibraryFile,
  { rows, of }: Pick<FaceCodes, "rows"> & { of: CodesOf },
  listed: Listed | undefined,
): ApproximateIndex {
  if (listed === undefined) {
    return { rows, of, measured: ofAll, search: (vector, k, only) => nearestByCodes(file, rows, vector, { k, only }) };
  }
  const { lists, probes, measured } = listed;
  return {
    rows,
    of,
    measured,
    search(vector, k, only) {
      if (only === undefined) return nearestByCodes(file, rows, vector, { k, only: lists.rowsNear(vector, probes, rows.length) });
      if (only.length < rows.length / 8) return nearestByCodes(file, rows, vector, { k, only });
      const passes = new Uint8Array(rows.length);
      for (const row of only) passes[row] = 1;
      const more = Math.ceil((probes * rows.length) / only.length);
      const near = lists.rowsNear(vector, more, rows.length).filter((row) => passes[row] === 1);
      return nearestByCodes(file, rows, vector, { k, only: near });
    },
  };
}

/** What is known of the index that was made last; null where that cannot be read. */
export function measuredBefore(file: LibraryFile): KnownIndex | null {
  try {
    return JSON.parse(String(fact(file, "approximate") ?? "null"));
  } catch {
    return null; // it is made anew
  }
}

/** Whether an index that was written still holds nearly all faces, and little else. */
export function isFresh(known: KnownIndex | null, { rows, of, came }: { rows: QuantizedRows; of: CodesOf; came: number }): boolean {
  if (known?.checksum === undefined || known.model !== of.model || known.mended !== of.mended) return false;
  return known.changes === of.changes || came <= mostUnwritten * rows.length;
}

/** Writes the index beside the library, into place under the library's own lock, and only while the faces are those that it was made of. */
export function keepIndex(
  file: LibraryFile,
  path: string,
  { codes, listed }: { readonly codes: FaceCodes; readonly listed: Listed | undefined },
): void {
  const { of, rows, last } = codes;
  if (of === undefined) return;
  const measured = listed?.measured ?? ofAll;
  writeIndex(path, { rows, lists: listed?.lists }, (checksum, place) => {
    const known: KnownIndex = { ...measured, ...of, checksum, last, ...(listed && { probes: listed.probes }) };
    file
      .transaction(() => {
        if (changesOf(file) !== of.changes) return;
        place();
        keepFact(file, "approximate", JSON.stringify(known));
      })
      .immediate();
  });
}

/** Removes the index; the next approximate search makes it anew. */
export function dropApproximate(path: string): void {
  removeFiles([sidecarPath(path), earlierSidecarPath(path)]);
}
