/**
 * Is the demo a lottery? Trains it with five seeds, one, two and four threads, in each precision, and measures each on the 800 faces of
 * people it has not seen. Threads add in another order, so each is a training of its own.
 *
 *   npm run experiment -- demo-seeds                                   every training that results/ does not have yet: hours on one core
 *   npm run experiment -- demo-seeds --seeds 2 --threads 1 --precisions float32
 *   npm run experiment -- demo-seeds --instructions AVX2               as on a processor with no more than these
 *   npm run experiment -- demo-seeds --table                           the table, from results/
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { machine } from "../bench/result.ts";
import { markdownTable } from "./markdown.ts";

// @ts-expect-error plain JavaScript, since the demo runs before anything is built
const { demoSettings, demoSteps } = (await import("../scripts/demo-settings.mjs")) as { demoSettings: string[]; demoSteps: number };

interface Trained {
  readonly seed: number;
  readonly threads: number;
  readonly precision: string;
  /** What oneDNN was held to; absent where it took what the processor has. */
  readonly instructions?: string;
  /** Percent: by the 11 nearest training faces, by one Gaussian an expression. */
  readonly accuracy: number;
  readonly gaussians: number;
  readonly nmi: number;
  /** Of training, with reading and validation. */
  readonly seconds: number;
  readonly machine: string;
}

const file = resolve(import.meta.dirname, "results/demo-seeds.json");
const cli = resolve(import.meta.dirname, "../packages/semblant/src/cli.ts");
const settings = [...demoSettings, `steps=${demoSteps}`];
const kept = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as { settings: string[]; trained: Trained[] }) : undefined;
const trained = kept?.settings.join() === settings.join() ? [...kept.trained] : []; // other settings, other demo

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "5" },
    threads: { type: "string", default: "1,2,4" },
    precisions: { type: "string", default: "float32,bfloat16" },
    instructions: { type: "string" },
    table: { type: "boolean", default: false },
  },
});
if (values.table) console.log(table());
else {
  for (const precision of values.precisions.split(","))
    for (const threads of values.threads.split(",").map(Number))
      for (let seed = 0; seed < Number(values.seeds); seed++) one(seed, threads, precision);
}

function one(seed: number, threads: number, precision: string): void {
  const { instructions } = values;
  const same = (other: Trained) =>
    other.seed === seed && other.threads === threads && other.precision === precision && other.instructions === instructions;
  if (trained.some(same)) return;
  const folder = mkdtempSync(join(tmpdir(), "demo-seeds-"));
  const run = join(folder, "run");
  const began = performance.now();
  semblant(
    "train",
    "--data",
    "generated",
    ...settings,
    `seed=${seed}`,
    `precision=${precision}`,
    "--threads",
    String(threads),
    "--out",
    run,
  );
  const seconds = Math.round((performance.now() - began) / 1000);
  const { metrics } = JSON.parse(semblant("evaluate", run, "--threads", String(threads), "--bootstrap", "0", "--json"));
  const value = (name: string) => Number(metrics[name].value.toFixed(2));
  rmSync(folder, { recursive: true });
  trained.push({
    ...{ seed, threads, precision, ...(instructions !== undefined && { instructions }) },
    ...{ accuracy: value("accuracy"), gaussians: value("gaussianAccuracy"), nmi: value("nmi") },
    ...{ seconds, machine: machine() },
  });
  writeFileSync(file, `${JSON.stringify({ settings, trained }, null, 2)}\n`);
  console.log(trained.at(-1));
}

function semblant(...args: string[]): string {
  const limits = values.instructions === undefined ? {} : { DNNL_MAX_CPU_ISA: values.instructions };
  const env = { ...process.env, ...limits, OMP_WAIT_POLICY: "passive" };
  const { status, stdout } = spawnSync(process.execPath, ["--conditions=semblant-source", cli, ...args], {
    ...{ env, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] },
  });
  if (status !== 0) throw new Error(`semblant ${args.join(" ")}: status ${status}`);
  return stdout;
}

/** A row for each way to compute, a column for each seed, and what is least, middle and spread. */
function table(): string {
  const seeds = [...new Set(trained.map(({ seed }) => seed))].sort((a, b) => a - b);
  const ways = new Map<string, Trained[]>();
  for (const run of trained) {
    const way = `${run.precision}${run.instructions ? ` (${run.instructions})` : ""}, ${run.threads} thread${run.threads === 1 ? "" : "s"}`;
    ways.set(way, [...(ways.get(way) ?? []), run]);
  }
  const rows = [...ways].map(([way, runs]) => {
    const found = seeds.map((seed) => runs.find((run) => run.seed === seed)?.accuracy);
    const known = found.filter((accuracy) => accuracy !== undefined);
    const mean = known.reduce((sum, x) => sum + x, 0) / known.length;
    const spread = Math.sqrt(known.reduce((sum, x) => sum + (x - mean) ** 2, 0) / Math.max(1, known.length - 1));
    return [way, ...found.map((x) => x?.toFixed(1) ?? ""), mean.toFixed(1), spread.toFixed(1)];
  });
  return markdownTable(["", ...seeds.map((seed) => `seed ${seed}`), "mean", "deviation"], rows);
}
