/**
 * A library of many drawn faces in SQLite and in PostgreSQL, side by side in one run: exact, approximate and filtered search in turn, what
 * approximate search misses, memory, size on disk; and photos indexed by one worker and by four, by a reader that costs nothing.
 *
 *   npm run bench -- server [--server postgres://USER@HOST/DATABASE] [--faces 100000] [--photos 2000]     ten minutes on two cores
 *
 * Without --server it takes the server in SEMBLANT_TEST_POSTGRES, or this machine's own. PostgreSQL as WebAssembly is taken where there is
 * none with pgvector; its figures say nothing of a server. What is made on the server is taken away in the end.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { drawLibrary } from "./drawn-library.ts";
import { median } from "./interleave.ts";
import { parseOptions } from "./options.ts";
import { record } from "./result.ts";
import type { Described, Searched, SearchKind } from "./server/asked-library.ts";
import { AskedProcess } from "./server/asked-process.ts";
import { type BenchServer, dropSchema, findServer, inSchema } from "./server/find-server.ts";
import { makePhotos, timeIndexing } from "./server/time-indexing.ts";

const { values } = parseOptions({
  options: {
    server: { type: "string" },
    faces: { type: "string", default: "100000" },
    photos: { type: "string", default: "2000" },
  },
});
const faces = Number(values.faces);
const photos = Number(values.photos);
const queriesEach = 100;
const k = 11;
const kinds = ["exact", "approximate", "filtered"] as const;
/** Schemas of our own; what is in them is made anew and taken away. */
const schemas = { asked: "semblant_bench_asked", indexed: "semblant_bench_indexed" };

type Engine = "sqlite" | "postgres";
interface Cost {
  readonly kind: SearchKind;
  readonly p50: number;
  readonly p99: number;
  readonly processor: number;
  /** Seconds of the first search of its kind, with what it makes. */
  readonly first: number;
}
interface Indexed {
  readonly workers: number;
  readonly how: string;
  readonly photosPerSecond: number;
}

const place = mkdtempSync(join(tmpdir(), "semblant-server-"));
const server = await findServer(values.server);
try {
  for (const schema of Object.values(schemas)) dropSchema(server.address, schema);
  const asked = await measureSearch(server);
  const indexed = await measureIndexing(server);
  report(asked, indexed);
} finally {
  for (const schema of Object.values(schemas)) dropSchema(server.address, schema);
  await server.stop();
  rmSync(place, { recursive: true, force: true });
}

interface Asked {
  readonly engine: Engine;
  readonly costs: readonly Cost[];
  readonly recall: number;
  readonly described: Described;
}

/** Asks both engines the same, in turn. */
async function measureSearch({ address }: BenchServer): Promise<readonly Asked[]> {
  const own = inSchema(address, schemas.asked);
  const places: Readonly<Record<Engine, { folder: string; place?: string }>> = {
    sqlite: { folder: join(place, "in-file") },
    postgres: { folder: join(place, "on-server"), place: own },
  };
  const asked = new Map<Engine, AskedProcess>();
  for (const [engine, { folder, place: at }] of Object.entries(places) as [Engine, (typeof places)[Engine]][]) {
    const began = performance.now();
    await drawLibrary(folder, faces, at);
    console.log(`${engine}: ${faces} faces drawn in ${Math.round((performance.now() - began) / 1000)} s`);
    asked.set(engine, await AskedProcess.open(places[engine]));
  }
  const queries = new Map<Engine, readonly number[]>();
  for (const [engine, process] of asked) {
    const { faces: ids } = await process.describe();
    queries.set(
      engine,
      Array.from({ length: queriesEach }, (_, i) => ids[Math.floor((i * ids.length) / queriesEach)] as number),
    );
  }
  const costs = new Map<Engine, Cost[]>([...asked.keys()].map((engine) => [engine, []]));
  const found = new Map<string, (readonly number[])[]>();
  for (const kind of kinds) {
    const search = (engine: Engine, i: number): Promise<Searched> =>
      (asked.get(engine) as AskedProcess).search({ kind, k, query: queries.get(engine)?.[i] as number });
    const firsts = new Map<Engine, number>();
    const took = new Map<Engine, Searched[]>();
    for (const engine of asked.keys()) {
      const before = await search(engine, 0);
      const again = await search(engine, 0); // keeps what it has read
      firsts.set(engine, before.milliseconds + again.milliseconds);
      took.set(engine, []);
    }
    for (let i = 0; i < queriesEach; i++) {
      const turn = i % 2 === 0 ? [...asked.keys()] : [...asked.keys()].reverse();
      for (const engine of turn) {
        const searched = await search(engine, i);
        if (searched.found.length !== k) throw new Error(`server: expected ${k} faces of ${engine}, but got ${searched.found.length}`);
        took.get(engine)?.push(searched);
      }
    }
    for (const [engine, searches] of took) {
      const times = searches.map(({ milliseconds }) => milliseconds);
      const cost: Cost = {
        kind,
        p50: round(median(times)),
        p99: round(times.toSorted((a, b) => a - b)[Math.floor(0.99 * times.length)] as number),
        processor: round(searches.reduce((sum, { processor }) => sum + processor, 0) / searches.length),
        first: round((firsts.get(engine) as number) / 1000),
      };
      costs.get(engine)?.push(cost);
      found.set(
        `${engine} ${kind}`,
        searches.map((one) => one.found),
      );
      console.log(`${engine}, ${kind}: p50 ${cost.p50} ms, p99 ${cost.p99} ms, at first ${cost.first} s`);
    }
  }
  const answers: Asked[] = [];
  for (const [engine, process] of asked) {
    const recall = shareOf(found.get(`${engine} exact`) ?? [], found.get(`${engine} approximate`) ?? []);
    answers.push({ engine, costs: costs.get(engine) ?? [], recall: Number(recall.toFixed(4)), described: await process.describe() });
    process.close();
  }
  return answers;
}

/** Indexes the same photos into new libraries, by one worker and by four. */
async function measureIndexing({ address, isWasm }: BenchServer): Promise<Readonly<Record<Engine, readonly Indexed[]>>> {
  const from = join(place, "photos");
  makePhotos(from, photos);
  const own = inSchema(address, schemas.indexed);
  const results: Record<Engine, Indexed[]> = { sqlite: [], postgres: [] };
  for (const workers of [1, 4]) {
    for (const engine of ["sqlite", "postgres"] as const) {
      const inProcesses = engine === "postgres" && workers > 1 && !isWasm; // WebAssembly has one session
      if (engine === "postgres") dropSchema(address, schemas.indexed);
      const folder = join(place, `indexed-${engine}-${workers}`);
      const photosPerSecond = round(
        await timeIndexing(from, folder, { workers, inProcesses, ...(engine === "postgres" && { place: own }) }),
      );
      const how = inProcesses ? "a process each" : "one process, with a reader for each";
      results[engine].push({ workers, how, photosPerSecond });
      console.log(`${engine}, ${workers} ${workers === 1 ? "worker" : "workers"} (${how}): ${photosPerSecond} photos/s`);
    }
  }
  return results;
}

function report(asked: readonly Asked[], indexed: Readonly<Record<Engine, readonly Indexed[]>>): void {
  const engines = asked.map(({ engine, costs, recall, described: { faces: _faces, ...described } }) => ({
    kind: engine,
    ...described,
    searches: costs,
    recall,
    indexSeconds: costs.find(({ kind }) => kind === "approximate")?.first ?? 0,
    indexed: indexed[engine],
  }));
  const p50 = (engine: Engine) => engines.find(({ kind }) => kind === engine)?.searches[0]?.p50 ?? Number.NaN;
  record({
    name: `server-${faces}`,
    ours: { value: p50("postgres"), unit: `ms for an exact search of ${faces} faces on a server, p50` },
    peer: { name: "a file of SQLite", version: engines.find(({ kind }) => kind === "sqlite")?.version ?? "", value: p50("sqlite") },
    ratio: Number((p50("sqlite") / p50("postgres")).toPrecision(3)),
    faces,
    photos,
    cores: cpus().length,
    wasm: server.isWasm,
    engines,
  });
}

/** How many of the nearest are among those that were found. */
function shareOf(exact: readonly (readonly number[])[], approximate: readonly (readonly number[])[]): number {
  const shares = exact.map((ids, i) => ids.filter((id) => approximate[i]?.includes(id)).length / ids.length);
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}

function round(x: number): number {
  return Number(x.toFixed(1));
}
