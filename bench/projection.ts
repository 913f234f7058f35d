/**
 * Barnes-Hut t-SNE beside scikit-learn's, each on one thread: 64 columns, 8 classes of 5 sub-classes, 1,000 steps at perplexity 30 and theta 0.5
 * from the same start. Processor seconds, so that a busy machine tells the same; wall seconds stand beside them. Both maps'
 * divergence is summed over all pairs by one function. Goal: 25,045 rows in minutes, 3,000 in seconds.
 *
 *   npm run bench -- projection [--rows 3000] [--rounds 3]     half a minute a round at 3,000 rows; minutes at 25,045; needs python3-sklearn
 */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { Embeddings, findNeighbors, projectByTsne, Random, trustworthiness } from "@semblant/core";
import { MapForces } from "../packages/core/src/projection/map-forces.ts";
import { affinitiesOf } from "../packages/core/src/projection/tsne.ts";
import { nearestOthers } from "../packages/core/src/projection/vantage-point-tree.ts";
import { median } from "./interleave.ts";
import { parseOptions } from "./options.ts";
import { record } from "./result.ts";
import { subclassRows } from "./subclass-rows.ts";

const { values } = parseOptions({
  options: {
    rows: { type: "string", default: "3000" },
    rounds: { type: "string", default: "3" },
    iterations: { type: "string", default: "1000" },
  },
});
const rows = Number(values.rows);
const iterations = Number(values.iterations);
const columns = 64;

interface Seconds {
  readonly wall: number;
  readonly cpu: number;
}

const X = new Embeddings(subclassRows(rows, { columns, spread: 0.6 }).rows, columns);
const folder = mkdtempSync(join(tmpdir(), "semblant-bench-"));
const [input, output] = [join(folder, "rows.f32"), join(folder, "positions.f64")];
writeFileSync(input, new Uint8Array(X.values.buffer));
const peer = spawn("/usr/bin/python3", [resolve(import.meta.dirname, "peers/scikit-learn.py")], {
  env: { ...process.env, OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" },
  stdio: ["pipe", "pipe", "inherit"],
});
const lines = createInterface({ input: peer.stdout })[Symbol.asyncIterator]();
const answer = async () => JSON.parse((await lines.next()).value ?? "null");

try {
  const { version } = (await answer()) as { version: string };
  let ours: Float64Array = new Float64Array(0);
  const pairs: [Seconds, Seconds][] = [];
  for (let round = 0; round < Number(values.rounds); round++) {
    const made = timed(() => {
      ours = projectByTsne(X, { perplexity: 30, iterations, random: new Random(round) }).positions;
    });
    console.log(`ours: ${made.cpu.toFixed(1)} s of processor, ${made.wall.toFixed(1)} s`);
    peer.stdin.write(`${JSON.stringify({ rows: input, columns, iterations, positions: output })}\n`);
    const theirs = (await answer()) as Seconds;
    console.log(`scikit-learn: ${theirs.cpu.toFixed(1)} s of processor, ${theirs.wall.toFixed(1)} s`);
    pairs.push([made, theirs]);
  }
  const bytes = readFileSync(output);
  const theirs = new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  const tree = timed(() => nearestOthers(Float64Array.from(X.values), columns, 90));
  const all = timed(() => findNeighbors(X, X, { k: 90, excludeSelf: true }));
  record({
    name: `projection-${rows}`,
    ours: { value: median(pairs.map(([made]) => made.cpu)), unit: "processor seconds" },
    peer: { name: "scikit-learn", version, value: median(pairs.map(([, beside]) => beside.cpu)) },
    ratio: median(pairs.map(([made, beside]) => beside.cpu / made.cpu)),
    wall: { ours: median(pairs.map(([made]) => made.wall)), peer: median(pairs.map(([, beside]) => beside.wall)) },
    divergence: { ours: divergence(ours), peer: divergence(theirs) },
    trustworthiness: { ours: trustworthiness(X, ours), peer: trustworthiness(X, theirs) },
    neighbors: { tree: tree.cpu, findNeighbors: all.cpu, unit: "processor seconds for 90 of each row" },
    setting: { rows, columns, iterations, rounds: pairs.length, perplexity: 30, theta: 0.5 },
  });
} finally {
  peer.stdin.end();
  rmSync(folder, { recursive: true });
}

function timed(work: () => void): Seconds {
  const start = performance.now();
  const cpu = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(cpu);
  return { wall: (performance.now() - start) / 1000, cpu: (user + system) / 1e6 };
}

function divergence(positions: Float64Array): number {
  const forces = new MapForces(affinitiesOf(X, 30), 0);
  forces.measure(positions);
  return forces.divergence(positions);
}
