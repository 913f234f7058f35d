/**
 * What questions of a large library cost, and how that grows: album, best, cluster, cluster by similarity, audit and the map, of 12,500 to
 * 100,000 drawn faces in a library on disk. Each is asked in a process of its own: seconds with reading the faces, and memory at most.
 *
 *   npm run bench -- questions [--faces 100000] [--map]     some minutes on two cores; the map takes a few more
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { placeOnMap, projectByTsne, Random } from "@semblant/core";
import { album, audit, best, cluster, type FaceSet, openLibrary } from "@semblant/photos";
import { drawLibrary } from "./drawn-library.ts";
import { parseOptions } from "./options.ts";
import { record } from "./result.ts";

const { values } = parseOptions({
  options: {
    faces: { type: "string", default: "100000" },
    map: { type: "boolean", default: false },
    kept: { type: "string" }, // where libraries are made, and stay for the next time
    ask: { type: "string" }, // one question, of the library in --of
    of: { type: "string" },
  },
});

/** Faces that the map is made of; the others are placed on it. */
const mapped = 5000;

const asking: Readonly<Record<string, (set: FaceSet) => unknown>> = {
  album: (set) => album(set),
  best: (set) => best(set),
  cluster: (set) => cluster(set),
  "cluster --similarity 0.6": (set) => cluster(set, { similarity: 0.6 }),
  "cluster --similarity 0.9": (set) => cluster(set, { similarity: 0.9 }),
  audit: (set) => audit(set),
  map: ({ embeddings: X }) => {
    const rows = new Random(0).permutation(X.rows);
    const some = X.take(rows.subarray(0, mapped));
    const map = projectByTsne(some);
    return placeOnMap(map, some, X.take(rows.subarray(mapped)));
  },
};

interface Cost {
  readonly faces: number;
  /** Until the answer, with reading the faces. */
  readonly seconds: number;
  readonly processorSeconds: number;
  readonly mib: number;
}

if (values.ask === undefined) await measure(Number(values.faces));
else await ask(values.ask, values.of as string);

async function ask(question: string, folder: string): Promise<void> {
  const began = performance.now();
  const before = process.cpuUsage();
  const library = await openLibrary(folder, { readonly: true });
  const set = library.faceSet();
  library.close();
  await asking[question]?.(set);
  const { user, system } = process.cpuUsage(before);
  const mib = Number(/VmHWM:\s+(\d+)/.exec(readFileSync("/proc/self/status", "latin1"))?.[1]) / 1024;
  const cost: Cost = {
    faces: set.faces.length,
    seconds: round((performance.now() - began) / 1000),
    processorSeconds: round((user + system) / 1e6),
    mib: Math.round(mib),
  };
  console.log(JSON.stringify(cost));
}

async function measure(most: number): Promise<void> {
  const place = values.kept ?? mkdtempSync(join(tmpdir(), "semblant-questions-"));
  const sizes = [8, 4, 2, 1].map((part) => Math.round(most / part));
  const questions = Object.keys(asking).filter((name) => name !== "map" || values.map);
  try {
    for (const faces of sizes) if (!existsSync(join(place, `${faces}`, ".made"))) await drawLibrary(join(place, `${faces}`), faces);
    const costs = questions.map((question) => {
      const growth = sizes.map((faces): Cost => {
        const args = ["--conditions=semblant-source", import.meta.filename, "--ask", question, "--of", join(place, `${faces}`)];
        const cost = JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" })) as Cost;
        console.log(`${question}, ${faces} faces: ${cost.seconds} s (${cost.processorSeconds} s of a processor), ${cost.mib} MiB`);
        return cost;
      });
      return { question, exponent: exponentOf(growth), growth };
    });
    const last = costs.map(({ growth }) => growth.at(-1) as Cost);
    const slowest = Math.max(...last.filter((_, i) => questions[i] !== "map").map(({ seconds }) => seconds));
    record({
      name: `questions-${most}`,
      ours: { value: slowest, unit: `seconds for the slowest question of ${most} faces, with reading them` },
      peer: { name: "the goal", version: "of the project", value: 15 },
      ratio: 15 / slowest,
      questions: costs,
    });
  } finally {
    if (values.kept === undefined) rmSync(place, { recursive: true, force: true });
  }
}

/** How processor time grows with faces: the slope of its logarithm, 1 where twice the faces take twice as long. */
function exponentOf(growth: readonly Cost[]): number {
  const points = growth.map(({ faces, processorSeconds }) => [Math.log(faces), Math.log(processorSeconds)] as const);
  const mean = (of: (point: readonly [number, number]) => number) => points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const [x, y] = [mean(([at]) => at), mean(([, at]) => at)];
  return round(mean(([a, b]) => (a - x) * (b - y)) / mean(([a]) => (a - x) ** 2));
}

function round(value: number): number {
  return Number(value.toFixed(2));
}
