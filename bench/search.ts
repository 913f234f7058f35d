/**
 * Search in a library of many drawn faces on disk: exact, approximate and filtered, p50 and p99 of 100 queries each, the first answer of
 * each kind by itself, what approximate search misses, and memory.
 *
 *   npm run bench -- search [--faces 100000] [--kept FOLDER]     two minutes on two cores; half an hour for 1000000
 */
import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { openLibrary, search } from "@semblant/photos";
import { fileOf } from "@semblant/photos/internals";
import { drawLibrary } from "./drawn-library.ts";
import { median } from "./interleave.ts";
import { parseOptions } from "./options.ts";
import { residentOf } from "./resident.ts";
import { record } from "./result.ts";

const { values } = parseOptions({
  options: {
    faces: { type: "string", default: "100000" },
    kept: { type: "string" }, // where the library is made, and stays for the next time
  },
});
const faces = Number(values.faces);
const queriesEach = 100;
const k = 11;
/** Milliseconds that each kind is to take at most, at 100,000 and at 1,000,000 faces. */
const goals: Readonly<Record<string, readonly [number, number]>> = { exact: [15, 30], approximate: [3, 10], filtered: [15, 30] };

const place = values.kept ?? mkdtempSync(join(tmpdir(), "semblant-search-"));
try {
  const folder = join(place, String(faces));
  if (!existsSync(join(folder, ".made"))) await drawLibrary(folder, faces);
  await measure(folder);
} finally {
  if (values.kept === undefined) rmSync(place, { recursive: true, force: true });
}

async function measure(folder: string): Promise<void> {
  const library = await openLibrary(folder);
  const file = fileOf(library);
  const ids = file.prepare("SELECT id FROM faces ORDER BY id").pluck().all() as number[];
  const queries = Array.from({ length: queriesEach }, (_, i) => ids[Math.floor((i * ids.length) / queriesEach)] as number);
  const kinds: Readonly<Record<string, object>> = {
    exact: {},
    approximate: { approximate: true },
    filtered: { filter: { expression: library.model.classes[0] as string } },
  };
  const found = new Map<string, readonly number[][]>();
  const costs = [];
  for (const [kind, options] of Object.entries(kinds)) {
    const began = performance.now();
    for (let i = 0; i < 2; i++) await search(library, queries[0] as number, { k, ...options }); // the second keeps what it has read
    const first = performance.now() - began;
    const cpu = process.cpuUsage();
    const took: number[] = [];
    const answers: number[][] = [];
    for (const query of queries) {
      const start = performance.now();
      const { hits } = await search(library, query, { k, ...options });
      took.push(performance.now() - start);
      answers.push(hits.map(({ face }) => face));
    }
    const { user, system } = process.cpuUsage(cpu);
    found.set(kind, answers);
    const [p50, p99] = [median(took), took.toSorted((a, b) => a - b)[Math.floor(0.99 * took.length)] as number];
    costs.push({
      kind,
      p50: round(p50),
      p99: round(p99),
      processor: round((user + system) / 1000 / took.length),
      first: Math.round(first),
    });
    console.log(`${kind}: p50 ${round(p50)} ms, p99 ${round(p99)} ms, at first ${Math.round(first)} ms`);
  }
  const recall = shareOf(found.get("exact") ?? [], found.get("approximate") ?? []);
  library.close();
  const exact = costs[0] as (typeof costs)[number];
  record({
    name: `search-${faces}`,
    ours: { value: exact.p50, unit: `ms for an exact search of ${faces} faces, p50` },
    peer: { name: "the goal", version: "of the project", value: goalOf("exact") },
    ratio: Number((goalOf("exact") / exact.p50).toPrecision(3)),
    searches: costs.map((cost) => ({ ...cost, goal: goalOf(cost.kind) })),
    recall: Number(recall.toFixed(4)),
    residentMiB: Math.round((residentOf(process.pid) ?? process.memoryUsage.rss()) / 2 ** 20),
    libraryMiB: Math.round(statSync(library.path).size / 2 ** 20),
    indexMiB: indexMiB(dirname(library.path)),
  });
  console.log(`approximate finds ${(100 * recall).toFixed(2)} % of the ${k} nearest`);
}

function goalOf(kind: string): number {
  return (goals[kind] as readonly [number, number])[faces > 300_000 ? 1 : 0];
}

/** How many of the nearest are among those that were found. */
function shareOf(exact: readonly (readonly number[])[], approximate: readonly (readonly number[])[]): number {
  const shares = exact.map((ids, i) => ids.filter((id) => approximate[i]?.includes(id)).length / ids.length);
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}

function indexMiB(folder: string): number | undefined {
  const codes = join(folder, "library.codes");
  return existsSync(codes) ? Math.round(statSync(codes).size / 2 ** 20) : undefined;
}

function round(milliseconds: number): number {
  return Number(milliseconds.toFixed(1));
}
