/**
 * Is the demo a lottery? Trains it with five seeds, one, two and four threads, in each precision, and measures each on the 2,400 faces of
 * people it has not seen. Threads add in another order, so each is a training of its own. The demo's settings were chosen on those 2,400
 * faces, so each is measured on 2,400 newly drawn ones as well.
 *
 *   npm run experiment -- demo-seeds                                   every training that results/ does not have yet: hours on one core
 *   npm run experiment -- demo-seeds --seeds 0,1 --threads 1 --precisions float32
 *   npm run experiment -- demo-seeds --instructions AVX2               as on a processor with no more than these
 *   npm run experiment -- demo-seeds --table                           the table, from results/
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type Embeddings, evaluate } from "@semblant/core";
import { parseOptions } from "../bench/options.ts";
import { machine } from "../bench/result.ts";
import { markdownTable } from "./markdown.ts";

// @ts-expect-error plain JavaScript, since the demo runs before anything is built
const { demoSettings, demoSteps, generatedSettings } = (await import("../scripts/demo-settings.mjs")) as {
  readonly [name in "demoSettings" | "generatedSettings"]: readonly string[];
} & { readonly demoSteps: number };

/** One training of the demo. */
export interface DemoTraining {
  readonly seed: number;
  readonly threads: number;
  readonly precision: string;
  /** What oneDNN was held to; absent where it took what the processor has. */
  readonly instructions?: string;
  /** Percent: by the 11 nearest training faces, by one Gaussian an expression. */
  readonly accuracy: number;
  readonly gaussians: number;
  readonly nmi: number;
  /** By the 11 nearest training faces, of newly drawn faces that nothing was chosen on; absent from the first trainings. */
  readonly newFaces?: number;
  /** Of training, with reading and validation, however busy the machine was. */
  readonly seconds: number;
  readonly machine: string;
}

interface Kept {
  readonly settings: readonly string[];
  readonly trained: readonly DemoTraining[];
}

const results = resolve(import.meta.dirname, "results/demo-seeds.json");
/** What the demo trains now. */
export const demo: readonly string[] = [...demoSettings, ...generatedSettings, `steps=${demoSteps}`];

/** The trainings in results/, of whatever settings they were made with. */
export function demoTrainings(): Kept {
  return existsSync(results) ? (JSON.parse(readFileSync(results, "utf8")) as Kept) : { settings: demo, trained: [] };
}

/** Two rows for each way to compute, a column for each seed: percent of 2,400 faces, and of as many new ones, named by the 11 nearest training faces. */
export function demoSeedsTable({ trained } = demoTrainings()): string {
  const seeds = [...new Set(trained.map(({ seed }) => seed))].sort((a, b) => a - b);
  const ways = new Map<string, DemoTraining[]>();
  for (const run of trained) ways.set(wayOf(run), [...(ways.get(wayOf(run)) ?? []), run]);
  const rowOf = (name: string, runs: readonly DemoTraining[], of: (run: DemoTraining) => number | undefined): string[][] => {
    const found = seeds.map((seed) => runs.filter((run) => run.seed === seed).map(of)[0]);
    const known = found.filter((accuracy) => accuracy !== undefined);
    if (known.length === 0) return [];
    return [[name, ...found.map((accuracy) => accuracy?.toFixed(1) ?? ""), Math.min(...known).toFixed(1), mean(known).toFixed(1)]];
  };
  const rows = [...ways].flatMap(([way, runs]) => [
    ...rowOf(way, runs, ({ accuracy }) => accuracy),
    ...rowOf(`${way}, new faces`, runs, ({ newFaces }) => newFaces),
  ]);
  return markdownTable(["", ...seeds.map((seed) => `seed ${seed}`), "least", "mean"], rows);
}

const wayOf = ({ precision, instructions, threads }: DemoTraining) =>
  `${precision}${instructions ? ` (${instructions})` : ""}, ${threads} thread${threads === 1 ? "" : "s"}`;
const mean = (numbers: readonly number[]) => numbers.reduce((sum, x) => sum + x, 0) / numbers.length;

if (import.meta.main) await main();

async function main(): Promise<void> {
  const { values } = parseOptions({
    options: {
      seeds: { type: "string", default: "0,1,2,3,4" },
      threads: { type: "string", default: "1,2,4" },
      precisions: { type: "string", default: "float32,bfloat16" },
      instructions: { type: "string" },
      table: { type: "boolean", default: false },
    },
  });
  if (!values.table) {
    const { instructions } = values;
    for (const precision of values.precisions.split(","))
      for (const threads of values.threads.split(",").map(Number))
        for (const seed of values.seeds.split(",").map(Number))
          await one({ seed, threads, precision, ...(instructions !== undefined && { instructions }) });
  }
  console.log(demoSeedsTable());
}

async function one(way: Pick<DemoTraining, "seed" | "threads" | "precision" | "instructions">): Promise<void> {
  const kept = demoTrainings();
  const trained = kept.settings.join() === demo.join() ? kept.trained : []; // other settings, another demo
  if (trained.some((run) => run.seed === way.seed && wayOf(run) === wayOf(way as DemoTraining))) return;
  const folder = mkdtempSync(join(tmpdir(), "demo-seeds-"));
  const run = join(folder, "run");
  const threads = ["--threads", String(way.threads)];
  const began = performance.now();
  const settings = [...demo, `seed=${way.seed}`, `precision=${way.precision}`];
  semblant(way.instructions, "train", "--data", "generated", ...settings, ...threads, "--out", run);
  const seconds = Math.round((performance.now() - began) / 1000);
  const { metrics } = JSON.parse(semblant(way.instructions, "evaluate", run, ...threads, "--bootstrap", "0", "--json"));
  const newFaces = await ofNewFaces(run);
  rmSync(folder, { recursive: true });
  const [accuracy, gaussians, nmi] = ["accuracy", "gaussianAccuracy", "nmi"].map((name) => Number(metrics[name].value.toFixed(2))) as [
    number,
    number,
    number,
  ];
  const result = { ...way, accuracy, gaussians, nmi, newFaces, seconds, machine: machine() };
  writeFileSync(results, `${JSON.stringify({ settings: demo, trained: [...trained, result] }, null, 2)}\n`);
  console.log(result);
}

/** Percent of the newly drawn faces that the 11 nearest of the run's training faces name. */
async function ofNewFaces(run: string): Promise<number> {
  const { embed, generatedFaces, generateFaces, loadRun, valuesOf } = await import("@semblant/training"); // here, since the table needs no libtorch
  const { network, settings } = loadRun(run);
  const { count, difficulty } = valuesOf(generatedFaces.options, settings.data);
  const [known, met] = [
    generateFaces({ count, difficulty, splits: ["train"] }),
    generateFaces({ count, difficulty, seed: 1, splits: ["test"] }),
  ];
  const [gallery, queries] = [known.train, met.test].map((faces) => embed(network, faces, { precision: settings.precision })) as [
    Embeddings,
    Embeddings,
  ];
  network.dispose();
  return Number((evaluate(gallery, queries, { bootstrap: 0 }).metrics.accuracy?.value ?? Number.NaN).toFixed(2));
}

function semblant(instructions: string | undefined, ...args: string[]): string {
  const cli = resolve(import.meta.dirname, "../packages/semblant/src/cli.ts");
  const limits = instructions === undefined ? {} : { DNNL_MAX_CPU_ISA: instructions };
  const { status, stdout } = spawnSync(process.execPath, ["--conditions=semblant-source", cli, ...args], {
    env: { ...process.env, ...limits, OMP_WAIT_POLICY: "passive" },
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (status !== 0) throw new Error(`semblant ${args.join(" ")}: status ${status}`);
  return stdout;
}
