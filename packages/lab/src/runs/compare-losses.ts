import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Estimate, type Evaluation, OptionError } from "@semblant/core";
import { invalidOption, refuseUnknown, show } from "@semblant/core/internals";
import { type Ending, openRun, type Step } from "@semblant/training";
import { type LossSettings, type PartialSettings, resolveSettings, type Settings } from "@semblant/training/settings";
import { type LossDifference, overSeeds, type SeedEstimate } from "./compare-statistics.ts";
import { evaluateRun } from "./evaluate-run.ts";
import { refuseOtherRun } from "./planned-run.ts";
import { trainRun } from "./train-run.ts";

export interface CompareLossesOptions {
  /**
   * Names of losses, each perhaps with settings of its own after colons: `contrastive:memory=1024`. The others are
   * tested against the first.
   */
  readonly losses: readonly string[];
  /** Trainings of each loss, with the seeds 0, 1, 2, ... (3). */
  readonly seeds?: number;
  /** Settings that all have in common; what is left out is the preset's. */
  readonly settings?: PartialSettings;
  /** `name=value`, after `settings`. */
  readonly overrides?: readonly string[];
  /** Folder of the runs (runs/compare): those that are finished there are not trained again. */
  readonly out?: string;
  /** Training faces that vote (11). */
  readonly neighbors?: number;
  /** Draws behind each interval (1000). */
  readonly bootstrap?: number;
  readonly threads?: number;
  readonly signal?: AbortSignal;
}

/** What one training came to. */
export interface ComparedRun {
  readonly run: string;
  readonly seed: number;
  readonly ended: Ending["reason"];
  /** Time spent in training, over all sessions. */
  readonly seconds: number;
  /** Of the test faces, by the weights that validation chose. */
  readonly metrics: Readonly<Record<string, number>>;
}

/** A loss under the common protocol. */
export interface ComparedLoss {
  /** As it was asked for. */
  readonly name: string;
  readonly settings: LossSettings;
  readonly runs: readonly ComparedRun[];
  readonly metrics: Readonly<Record<string, SeedEstimate>>;
}

/** All that {@link compareLosses} found. */
export interface LossComparison {
  readonly out: string;
  readonly dataset: { readonly name: string; readonly labels: string; readonly n: number; readonly gallery: number };
  readonly neighbors: number;
  readonly seeds: readonly number[];
  readonly losses: readonly ComparedLoss[];
  /** Each loss but the first, against the first. */
  readonly comparisons: readonly LossDifference[];
  /** Settings of the first run; the others differ in loss, seed and what follows from the loss. */
  readonly settings: Settings;
}

/** Where a comparison stands: which of how many runs, and what is done with it. */
export interface CompareProgress {
  readonly place: number;
  readonly runs: number;
  readonly loss: string;
  readonly seed: number;
  /** While it is trained. */
  readonly step?: Step;
}

/** One training to make. */
interface Planned {
  readonly loss: string;
  readonly seed: number;
  readonly dir: string;
  readonly settings: Settings;
}

/**
 * Trains every loss under one protocol, the same network, data, batches, augmentation and schedule, once per seed, measures
 * each on the test faces and compares the others with the first on the same faces.
 *
 * Runs lie in `out`, one folder each, and are trained one after the other, all losses with one seed before the next. What is
 * finished there is not trained again, and what was stopped goes on, bit for bit: the same call, made again, completes it.
 *
 * @returns what was found, or undefined where `signal` stopped it before the last run was trained
 * @throws OptionError for an unknown loss or setting, one loss twice, a setting that the comparison decides (loss.name,
 *   seed), and a folder with runs of other settings
 *
 * @example
 * await compareLosses({ losses: [] }); // throws OptionError: compare: expected one loss or more, but got none.
 */
export async function compareLosses(
  options: CompareLossesOptions,
  onProgress: (progress: CompareProgress) => void = () => {},
): Promise<LossComparison | undefined> {
  refuseUnknown("compare", options, ["losses", "seeds", "settings", "overrides", "out", "neighbors", "bootstrap", "threads", "signal"]);
  const { losses, seeds: count = 3, out = join("runs", "compare"), neighbors, bootstrap: resamples = 1000, threads, signal } = options;
  if (!Number.isInteger(count) || count < 1) throw invalidOption("compare", "seeds", "a whole number above 0", count);
  const seeds = [...Array(count).keys()];
  const plan = seeds.flatMap((seed) => planSeed(options, seed, out));
  const moves = plan.map((planned) => refuseOtherRun("compare", planned));

  for (const [i, { loss, seed, dir, settings }] of plan.entries()) {
    const moved = moves[i];
    if (isFinished(dir) && moved === undefined) continue;
    const where = { place: i + 1, runs: plan.length, loss, seed };
    const common = { ...(threads !== undefined && { threads }), ...(signal && { signal }) };
    const what = existsSync(join(dir, "settings.json")) ? { resume: dir, ...(moved && { moved }) } : { settings, out: dir };
    await trainRun({ ...what, ...common }, (step) => onProgress({ ...where, step }));
    if (signal?.aborted) return undefined;
  }

  const evaluations = new Map<string, Measured>();
  for (const [i, { loss, seed, dir }] of plan.entries()) {
    if (signal?.aborted) return undefined;
    onProgress({ place: i + 1, runs: plan.length, loss, seed });
    const measuring = { bootstrap: 0, ...(neighbors !== undefined && { neighbors }), ...(threads !== undefined && { threads }) };
    const { evaluation, dataset } = await evaluateRun(dir, measuring);
    const { name, labels, n } = dataset;
    evaluations.set(dir, { evaluation, dataset: { name, labels, n, gallery: evaluation.rows.train } });
    await new Promise((served) => setImmediate(served));
  }
  const of = (loss: string) => plan.filter((planned) => planned.loss === loss);
  const found = losses.map((loss) => of(loss).map(({ dir }) => (evaluations.get(dir) as Measured).evaluation));
  const { metrics, comparisons } = overSeeds(losses, found, seeds, { resamples });
  const [first] = plan as [Planned];
  const measuredFirst = evaluations.get(first.dir) as Measured;
  return {
    out,
    dataset: measuredFirst.dataset,
    neighbors: measuredFirst.evaluation.settings.k,
    seeds,
    losses: losses.map((name, i) => ({
      name,
      settings: (of(name)[0] as Planned).settings.loss,
      runs: of(name).map(({ dir, seed }, s) => ({ ...runOf(dir, seed), metrics: valuesOf(found[i]?.[s] as Evaluation) })),
      metrics: metrics[i] as ComparedLoss["metrics"],
    })),
    comparisons,
    settings: first.settings,
  };
}

/** What a run came to on the test faces. */
interface Measured {
  readonly evaluation: Evaluation;
  readonly dataset: LossComparison["dataset"];
}

/** Each loss with a seed: its complete settings and its folder. */
function planSeed({ losses, settings = {}, overrides = [] }: CompareLossesOptions, seed: number, out: string): Planned[] {
  if (losses.length === 0) throw new OptionError("compare: expected one loss or more, but got none.");
  const twice = losses.find((loss, i) => losses.indexOf(loss) !== i);
  if (twice !== undefined) throw new OptionError(`compare: expected each loss once, but got ${show(twice)} twice.`);
  const decided =
    overrides.find((override) => /^(loss\.name|seed)\s*=/.test(override)) ?? (settings.seed !== undefined && "seed") ?? undefined;
  if (decided) {
    throw new OptionError(
      `compare: expected settings that all runs share, but got ${decided}.\n  Losses are named by --losses, and seeds counted by --seeds.`,
    );
  }
  return losses.map((loss) => {
    const [name, ...own] = loss.split(":") as [string, ...string[]];
    const ofLoss = [`loss.name=${name}`, ...own.map((setting) => `loss.${setting}`), `seed=${seed}`];
    const dir = join(out, `${loss.replaceAll(":", "-")}-${seed}`);
    return { loss, seed, dir, settings: resolveSettings(settings, [...overrides, ...ofLoss]) };
  });
}

function isFinished(dir: string): boolean {
  if (!existsSync(join(dir, "settings.json"))) return false;
  const ended = openRun(dir).steps().at(-1)?.ended;
  return ended !== undefined && ended.reason !== "stopped";
}

function runOf(dir: string, seed: number): Omit<ComparedRun, "metrics"> {
  const run = openRun(dir);
  const last = run.last();
  for (const tensor of last?.tensors.values() ?? []) tensor.dispose();
  return { run: dir, seed, ended: run.steps().at(-1)?.ended?.reason ?? "finished", seconds: last?.state.seconds ?? 0 };
}

function valuesOf({ metrics }: Evaluation): Record<string, number> {
  return Object.fromEntries(Object.entries(metrics).map(([name, estimate]) => [name, (estimate as Estimate).value]));
}
