import { setImmediate as nextTurn } from "node:timers/promises";
import type { Database } from "../database/database.ts";
import { serverCode } from "../database/server-failures.ts";
import { nearIndex, vectorText } from "./vectors.ts";

/** A face and how far its embedding is from the one asked for. */
interface NearFace {
  readonly face: number;
  readonly distance: number;
}

/** What is looked for, and among which faces. */
export interface Nearest {
  readonly vector: Uint8Array;
  readonly k: number;
  /** `faces` as `f`, and `photos` as `p` where needed, and what is true of those that may be found; undefined for all. */
  readonly only?: { readonly from: string; readonly sql: string; readonly values: readonly (string | number)[] } | undefined;
}

/** The k nearest faces, exact: by a sum with the distance, since pgvector's index orders by the distance itself. */
export function nearestExactly(database: Database, { vector, k, only }: Nearest): NearFace[] {
  const distance = "(v.embedding <-> CAST(? AS vector)) + 0";
  const from = only === undefined ? "vectors v" : `${only.from} JOIN vectors v ON v.face = f.id`;
  const where = only === undefined ? "" : `WHERE ${only.sql} `;
  const sql = `SELECT v.face AS face, ${distance} AS distance FROM ${from} ${where}ORDER BY 2, 1 LIMIT ?`;
  return database.prepare(sql).all(vectorText(vector), ...(only?.values ?? []), k) as NearFace[];
}

/**
 * The k nearest faces by pgvector's index: most of them. Where a filter lets few through, the index goes on until there are k.
 *
 * @param breadth how many candidates the index keeps, 1 to 1000: more find more, and take longer
 */
export function nearestByIndex(database: Database, { vector, k, only }: Nearest, breadth: number): NearFace[] {
  const type = `vector(${vector.length / 4})`;
  const distance = `CAST(v.embedding AS ${type}) <-> CAST(? AS ${type})`;
  const from = only === undefined ? "vectors v" : `vectors v JOIN ${only.from} ON v.face = f.id`;
  const where = only === undefined ? "" : `WHERE ${only.sql} `;
  const sql = `SELECT v.face AS face, ${distance} AS distance FROM ${from} ${where}ORDER BY ${distance} LIMIT ?`;
  const text = vectorText(vector);
  const find = database.transaction(() => {
    setUp(database, Math.max(breadth, Math.min(1000, k)));
    return database.prepare(sql).all(text, ...(only?.values ?? []), text, k) as NearFace[];
  });
  return find().sort((a, b) => a.distance - b.distance || a.face - b.face);
}

/** Until the transaction ends: how widely the index is searched, and that it goes on where a filter takes out what it finds. */
function setUp(database: Database, breadth: number): void {
  const set = (name: string, value: string | number) => `set_config('hnsw.${name}', '${value}', true)`;
  const all = [set("ef_search", breadth), set("iterative_scan", "relaxed_order"), set("max_scan_tuples", 200_000)];
  database.prepare(`SELECT ${[...all, set("scan_mem_multiplier", 8)].join(", ")}`).get();
}

/** How much of what exact search finds the index finds, by trying, and how widely it is searched for that. */
export interface MeasuredIndex {
  /** Part of the `k` nearest faces, 0 to 1, mean over `queries` faces. */
  readonly recall: number;
  readonly k: number;
  readonly queries: number;
  readonly breadth: number;
}

/** Whether there is an index. */
export function hasIndex(database: Database): boolean {
  return database.prepare("SELECT to_regclass(?) IS NOT NULL").pluck().get(nearIndex) === 1;
}

/**
 * Makes the index, unless another process has made it meanwhile. Who writes faces waits.
 *
 * @returns whether who asks may make it: it takes the owner of the tables
 */
export function makeIndex(database: Database, dimensions: number): boolean {
  const make = database.transaction(() => {
    database.exec("LOCK TABLE vectors IN SHARE ROW EXCLUSIVE MODE");
    database.exec(
      `CREATE INDEX IF NOT EXISTS ${nearIndex} ON vectors USING hnsw ((CAST(embedding AS vector(${dimensions}))) vector_l2_ops)`,
    );
  });
  try {
    make.concurrent();
    return true;
  } catch (error) {
    if (serverCode(error) === "42501") return false;
    throw error;
  }
}

const [testQueries, testNeighbors] = [100, 11];
/** Of so many faces at least, however long each takes; and milliseconds after which no more are asked. */
const [leastQueries, longest] = [20, 5000];
/** What is to be found of the nearest, with some to spare above 0.99. */
const wanted = 0.995;

/** Chooses how widely the index is searched. Faces spread evenly over the library are asked for, each without itself. */
export async function measureIndex(database: Database): Promise<MeasuredIndex> {
  const ends = database.prepare("SELECT min(id), max(id) FROM faces").raw().get() as [number | null, number | null];
  const [first, last] = [ends[0] ?? 0, ends[1] ?? -1];
  const next = database.prepare("SELECT id, embedding FROM faces WHERE id >= ? ORDER BY id LIMIT 1").raw();
  const asked: { readonly id: number; readonly vector: Buffer; readonly farthest: number; readonly k: number }[] = [];
  const until = performance.now() + longest;
  const step = Math.max(1, (last - first + 1) / testQueries);
  for (let at = first; at <= last && (asked.length < leastQueries || performance.now() < until); at += step) {
    const [id, vector] = next.get(Math.ceil(at)) as [number, Buffer];
    if (asked.at(-1)?.id === id) continue;
    const exact = others(nearestExactly(database, { vector, k: testNeighbors + 1 }), id);
    asked.push({ id, vector, farthest: (exact.at(-1)?.distance ?? 0) * (1 + 1e-6), k: exact.length }); // of equals either is right
    await nextTurn();
  }
  const of = asked.reduce((sum, { k }) => sum + k, 0);
  for (let breadth = 40; ; breadth = Math.min(1000, 2 * breadth)) {
    let found = 0;
    for (const { id, vector, farthest } of asked) {
      const near = others(nearestByIndex(database, { vector, k: testNeighbors + 1 }, breadth), id);
      found += near.filter(({ distance }) => distance <= farthest).length;
    }
    await nextTurn();
    const recall = of === 0 ? 1 : found / of;
    if (recall >= wanted || breadth === 1000) return { recall, k: testNeighbors, queries: asked.length, breadth };
  }
}

function others(near: readonly NearFace[], id: number): NearFace[] {
  return near.filter(({ face }) => face !== id).slice(0, testNeighbors);
}
