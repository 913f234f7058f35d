import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, renameSync, rmSync } from "node:fs";
import { crc32 } from "node:zlib";
import { EngineError } from "@semblant/core";
import { sidecarPath } from "../taught/files-beside.ts";
import { floats } from "./float-bytes.ts";
import { type NearFace, nearestFaces } from "./nearest-faces.ts";
import type { LibraryFile } from "./open-file.ts";
import { makePrivateFile } from "./private-files.ts";

/** How much of what exact search finds the approximate one finds, by trying. */
export interface MeasuredRecall {
  /** Part of the `k` nearest faces, 0 to 1, mean over `queries` faces of the library. */
  readonly recall: number;
  readonly k: number;
  readonly queries: number;
}

/** An index of a library's embeddings that answers faster than comparing all, and almost as well. */
export interface ApproximateIndex {
  readonly measured: MeasuredRecall;
  /** At most k faces, the nearest first. */
  search(vector: Float32Array, k: number): NearFace[];
}

const testQueries = 200;
const testNeighbors = 10;

/**
 * Opens the index beside a library (a graph of neighbours by usearch: HNSW, Malkov and Yashunin 2018), making it anew where it is
 * missing, damaged, or older than the library's faces, and then measuring how much it finds.
 *
 * @throws EngineError if usearch is not installed
 */
export async function openApproximate(
  file: LibraryFile,
  { path, dimensions, vectors }: { readonly path: string; readonly dimensions: number; readonly vectors: boolean },
): Promise<ApproximateIndex> {
  const { Index, MetricKind, ScalarKind } = await loadUsearch();
  const made = () =>
    new Index({
      dimensions,
      metric: MetricKind.L2sq,
      quantization: ScalarKind.F32,
      connectivity: 16,
      expansion_add: 128,
      expansion_search: 128,
      multi: false,
    });
  const sidecar = sidecarPath(path);
  const changes = fact(file, "changes") ?? 0;
  const known = measuredBefore(file);
  const count = file.prepare("SELECT count(*) FROM faces").pluck().get() as number;
  let index = made();
  let measured: MeasuredRecall | undefined;
  if (known?.changes === changes && checksumOf(sidecar) === known.checksum) {
    try {
      index.load(sidecar);
      if (Number(index.size()) === count) measured = known;
    } catch {
      index = made(); // a damaged file costs the time to make it anew
    }
  }
  const search = (vector: Float32Array, k: number): NearFace[] => {
    if (count === 0) return [];
    const { keys, distances } = index.search(vector, Math.min(k, count), 1);
    return Array.from(keys, (key, i) => ({ face: Number(key), distance: Math.sqrt(distances[i] as number) }));
  };
  if (measured === undefined) {
    if (Number(index.size()) > 0) index = made();
    for (let after = 0, rows = nextRows(file, after); rows.length > 0; rows = nextRows(file, after)) {
      const matrix = new Float32Array(rows.length * dimensions);
      for (const [i, { embedding }] of rows.entries()) matrix.set(floats(embedding).subarray(0, dimensions), i * dimensions);
      index.add(
        BigUint64Array.from(rows, ({ id }) => BigInt(id)),
        matrix,
        0,
      );
      after = rows.at(-1)?.id as number;
    }
    measured = measureRecall(file, search, { vectors, count });
    if (!file.readonly) keep(file, sidecar, { measured, changes, save: (place) => index.save(place) });
  }
  return { measured: { recall: measured.recall, k: measured.k, queries: measured.queries }, search };
}

interface Keeping {
  readonly measured: MeasuredRecall;
  readonly changes: unknown;
  save(place: string): void;
}

/** Into place under the library's own lock, and only while the faces are those that it was made of. */
function keep(file: LibraryFile, sidecar: string, { measured, changes, save }: Keeping): void {
  const temporary = `${sidecar}.${randomBytes(6).toString("hex")}`;
  try {
    makePrivateFile(temporary);
    save(temporary);
    const text = JSON.stringify({ ...measured, changes, checksum: checksumOf(temporary) });
    file
      .transaction(() => {
        if ((fact(file, "changes") ?? 0) !== changes) return;
        renameSync(temporary, sidecar);
        file.prepare("INSERT OR REPLACE INTO facts (name, value) VALUES ('approximate', ?)").run(text);
      })
      .immediate();
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** What is known of the index that was made last; null where that cannot be read. */
export function measuredBefore(file: LibraryFile): (MeasuredRecall & { readonly changes: unknown; readonly checksum?: string }) | null {
  try {
    return JSON.parse(String(fact(file, "approximate") ?? "null"));
  } catch {
    return null; // it is made anew
  }
}

/** CRC-32 of a file; undefined where there is none. usearch believes what it reads, so a damaged index may not reach it. */
function checksumOf(place: string): string | undefined {
  return existsSync(place) ? crc32(readFileSync(place)).toString(16).padStart(8, "0") : undefined;
}

function nextRows(file: LibraryFile, after: number): { id: number; embedding: Buffer }[] {
  const sql = "SELECT id, embedding FROM faces WHERE id > ? ORDER BY id LIMIT 1000";
  return file.prepare(sql).all(after) as { id: number; embedding: Buffer }[];
}

/** Removes the index; the next approximate search makes it anew. */
export function dropApproximate(path: string): void {
  rmSync(sidecarPath(path), { force: true });
}

/** Faces spread evenly over the library, each asked for its nearest; itself does not count. */
function measureRecall(
  file: LibraryFile,
  search: (vector: Float32Array, k: number) => NearFace[],
  { vectors, count }: { readonly vectors: boolean; readonly count: number },
): MeasuredRecall {
  const queries = Math.min(testQueries, count);
  const k = Math.min(testNeighbors, count - 1);
  if (k < 1) return { recall: 1, k: 0, queries: 0 };
  const ids = file.prepare("SELECT id FROM faces ORDER BY id").pluck().all() as number[];
  const embedding = file.prepare("SELECT embedding FROM faces WHERE id = ?").pluck();
  let found = 0;
  for (let q = 0; q < queries; q++) {
    const id = ids[Math.floor((q * count) / queries)] as number;
    const vector = floats(embedding.get(id) as Buffer);
    const others = ({ face }: NearFace) => face !== id;
    const exact = nearestFaces(file, vector, { k: k + 1, condition: undefined, vectors })
      .filter(others)
      .slice(0, k);
    const farthest = (exact.at(-1)?.distance ?? 0) * (1 + 1e-6); // of faces equally far, either is right
    found += search(vector, k + 1)
      .filter(others)
      .slice(0, k)
      .filter(({ distance }) => distance <= farthest).length;
  }
  return { recall: found / (queries * k), k, queries };
}

function fact(file: LibraryFile, name: string): unknown {
  return file.prepare("SELECT value FROM facts WHERE name = ?").pluck().get(name);
}

async function loadUsearch(): Promise<typeof import("usearch")> {
  try {
    return await import("usearch");
  } catch (error) {
    throw new EngineError(
      "search: expected usearch for approximate search, but it is not installed here.\n" +
        "  Install it with: npm install usearch\n  Exact search needs nothing more.",
      { cause: error },
    );
  }
}
