import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { remark } from "@semblant/core";
import type { DataDigest, DataPlaces, Run, Step } from "@semblant/training";
import { openRun, subdivisionDefaults, withAbsolutePaths } from "@semblant/training";
import type { PartialSettings, Settings } from "@semblant/training/settings";
import { resolveSettings } from "@semblant/training/settings";
import { movedPlaces } from "../data/moved-data.ts";
import { openData } from "../data/open-data.ts";
import { isMovedThere } from "../data/own-data.ts";
import { type EvaluatedRun, type EvaluateRunOptions, evaluateRun } from "../runs/evaluate-run.ts";
import { runFolder } from "../runs/run-folder.ts";
import { trainRun } from "../runs/train-run.ts";
import type { Trains } from "./finding.ts";
import { type Architecture, architectures, type Method, methods as methodNames } from "./published.ts";
import {
  imagesPerSecond,
  planSubdivision,
  QUICK_SECONDS,
  type QuickCosts,
  type QuickPart,
  type QuickSubdivision,
  QuickTime,
  quickSentence,
  saidSeconds,
  trainingSeconds,
} from "./quick-budget.ts";
import { QUICK_DRAWS, quickCosts } from "./quick-costs.ts";

/** What experiments are made with; {@link openStudy} fills in the rest. */
export interface StudyOptions {
  /** Data sets, by path: the first is trained on, the others are looked at with its networks. `generated` is one. */
  readonly data?: readonly string[];
  /** Folder of the runs, found by their settings or trained where missing. */
  readonly runs?: string;
  /** A finished run to make the figures of one network with, in place of ResNet18 with SGM. */
  readonly run?: string;
  /** A finished subdivision (Algorithm 2) for Figures 7 to 9. */
  readonly subdivision?: string;
  /** Generated faces, small networks, minutes. */
  readonly quick?: boolean;
  readonly networks?: readonly Architecture[];
  readonly methods?: readonly Method[];
  /** Runs of each network and loss, with seeds 0, 1, 2 ... */
  readonly seeds?: number;
  /** `name=value`: settings of every training. */
  readonly overrides?: readonly string[];
  readonly threads?: number;
  readonly signal?: AbortSignal;
  /** Told what is being done. */
  readonly progress?: (text: string, step?: Step) => void;
}

/** One cell of the paper's tables: a network trained with a loss. */
export interface Cell {
  readonly method: Method;
  readonly network: Architecture;
  readonly seed: number;
}

/** The runs and data of experiments: trains what is missing, measures each run once. */
export interface Study {
  readonly quick: boolean;
  readonly source: string;
  /** Data sets beside the one trained on. */
  readonly others: readonly string[];
  readonly networks: readonly Architecture[];
  readonly methods: readonly Method[];
  readonly seeds: number;
  /** The finished run of a cell, trained now if there is none. */
  runOf(cell: Cell): Promise<string>;
  /**
   * With `quick`: says how long an experiment takes here, reading and measuring included, and shortens trainings until it keeps to that.
   *
   * @returns the seconds that it said; undefined without `quick`
   */
  announce(trains: Trains): Promise<number | undefined>;
  /** Whether the time that was said has room for a run; else it is left out. Always without `quick`. */
  hasTime(cell: Cell): boolean;
  /** What the time did not suffice for, in a sentence; undefined where it did. */
  cutShort(): string | undefined;
  /** The run for figures of one network. */
  mainRun(): Promise<string>;
  /** The folder of a finished subdivision. */
  subdivision(): Promise<string>;
  /** A run measured; the same question is answered from memory. */
  evaluated(run: string, options?: EvaluateRunOptions): Promise<EvaluatedRun>;
  progress(text: string): void;
}

/**
 * Minutes in place of hours: small networks, few epochs, on made-up faces. The pictures have the shape of the real ones and
 * the numbers mean nothing beside the paper's.
 */
const quickSettings: PartialSettings = {
  data: { source: "generated", count: 3200, difficulty: 0.3 },
  network: { width: 16 },
  perClass: 6,
  epochs: 6,
  ema: 0.98,
  validation: { every: 2 },
};

/** @throws OptionError where a path or a run is not what it should be */
export function openStudy(options: StudyOptions): Study {
  const { quick = false, runs = quick ? "runs/paper-quick" : "runs/paper", overrides = [], threads, signal } = options;
  const [source = "generated", ...others] = options.data ?? [];
  const progress = options.progress ?? (() => {});
  const settings: PartialSettings = {
    ...(quick ? quickSettings : {}),
    data: { ...(quick ? quickSettings.data : {}), source },
  };
  const measured = new Map<string, Promise<EvaluatedRun>>();
  const going = { ...(threads !== undefined && { threads }), ...(signal && { signal }) };

  let time: QuickTime | undefined;
  const leftOut: Cell[] = [];
  let shortened: QuickSubdivision | undefined;
  let stoppedAt: number | undefined;
  let drawn = false;
  const keyOf = ({ method, network, seed }: Cell) => `${network}-${method}-${seed}`;

  const planOf = async ({ method, network, seed }: Cell) => {
    const own = [
      ...overridesOf(network, quick),
      ...overrides,
      `network.name=${network}`,
      `loss.name=${method}`,
      ...(method === "cross-entropy" ? ["network.head=classes"] : []),
      `seed=${seed}`,
    ];
    return { own, wanted: resolveSettings(settings, own) };
  };
  const finished = (dir: string) => existsSync(join(dir, "settings.json")) && endedOf(openRun(dir)) === "finished";

  const runOf = async (cell: Cell): Promise<string> => {
    const { method, network, seed } = cell;
    const { own, wanted } = await planOf(cell);
    const { dir: found, moved } = (await findRun(runs, wanted)) ?? {};
    const dir = found ?? join(runs, keyOf(cell));
    const there = existsSync(join(dir, "settings.json"));
    if (moved) openRun(dir).move(moved);
    if (finished(dir)) {
      time?.begin(keyOf(cell));
      return dir;
    }
    progress(`training ${network} with ${method}, seed ${seed}`);
    const how = there ? { resume: dir } : { settings, overrides: own, out: dir };
    const limit = time === undefined ? {} : { limitMinutes: time.begin(keyOf(cell)) / 60 };
    await trainRun({ ...how, ...going, ...limit }, (step) => options.progress?.(`${network} ${method} ${seed}`, step));
    signal?.throwIfAborted();
    return dir;
  };

  const networks = options.networks ?? (Object.keys(architectures) as Architecture[]);
  const methods = options.methods ?? (Object.keys(methodNames) as Method[]);
  const seeds = options.seeds ?? 1;

  const announce = async (trains: Trains): Promise<number | undefined> => {
    if (!quick) return undefined;
    const began = performance.now();
    progress("measuring the speed of this machine ...");
    [time, shortened, stoppedAt] = [undefined, undefined, undefined];
    leftOut.length = 0;
    const settle = async (parts: readonly QuickPart[], costs: QuickCosts, what: string, { whole, said } = saidSeconds(parts, costs)) => {
      remark(quickSentence(what, whole, said));
      time = new QuickTime(parts, { said, costs, began });
      const own = source === "generated" && options.run === undefined && options.subdivision === undefined;
      if (own && !drawn) await openData(resolveSettings(settings, overrides).data);
      drawn ||= own;
      return said;
    };
    if (trains === "subdivision") {
      const wanted = resolveSettings(settings, [...overridesOf("resnet18", quick), ...overrides]);
      const speed = imagesPerSecond(wanted);
      const { images, costs, embedding } = await quickCosts(wanted, { speed, trains, sets: 1, drawn });
      const made = options.subdivision !== undefined || existsSync(join(runs, "resnet18-subdivided-0", "level-1", "level.json"));
      if (made) return settle([{ key: "subdivision", seconds: 0 }], costs, "Algorithm 2 is done; measuring and drawing");
      const whole = { levels: subdivisionDefaults.levels, epochs: wanted.epochs, images, batch: 8 * wanted.perClass };
      const each = 2 * embedding + costs.measuring / 10; // a level is split, and looked at
      const ownCosts = { ...costs, measuring: costs.measuring + whole.levels * each };
      const beside = ownCosts.reading + ownCosts.measuring + ownCosts.finishing;
      const plan = planSubdivision(whole, speed, Math.max(QUICK_SECONDS / 4, QUICK_SECONDS - beside));
      shortened = plan;
      const cut = plan.steps === null ? plan.seconds : Math.max(QUICK_SECONDS / 4, QUICK_SECONDS - beside);
      return settle([{ key: "subdivision", seconds: plan.seconds }], costs, `Algorithm 2 in ${whole.levels} levels`, {
        whole: beside + plan.seconds,
        said: beside + cut,
      });
    }
    const main = networks.includes("resnet18") ? "resnet18" : (networks[0] as Architecture);
    const cells: Cell[] =
      trains === "run"
        ? [{ network: "resnet18", method: "sgm", seed: 0 }]
        : (trains === "losses" ? [main] : networks).flatMap((network) =>
            methods.flatMap((method) =>
              Array.from({ length: trains === "losses" ? 1 : seeds }, (_, seed): Cell => ({ network, method, seed })),
            ),
          );
    const planned = await Promise.all(
      cells.map(async (cell) => {
        const { wanted } = await planOf(cell);
        const found = trains === "run" && options.run !== undefined ? undefined : await findRun(runs, wanted);
        const isMissing = !(trains === "run" && options.run !== undefined) && (found === undefined || !finished(found.dir));
        return { key: keyOf(cell), wanted, isMissing };
      }),
    );
    const [first] = planned as [(typeof planned)[number]];
    const speed = imagesPerSecond(first.wanted);
    const sets = trains === "networks" ? 1 + others.length : 1;
    const { images, costs } = await quickCosts(first.wanted, { speed, trains, sets, drawn });
    const missing = planned.filter(({ isMissing }) => isMissing);
    const lengths = trainingSeconds(
      missing.map(({ wanted }) => wanted),
      images,
    );
    const parts = planned.map(
      (one): QuickPart => ({ key: one.key, seconds: one.isMissing ? (lengths[missing.indexOf(one)] as number) : 0 }),
    );
    const what =
      missing.length === 0 ? "Measuring" : `${missing.length === 1 ? "1 training" : `${missing.length} trainings`} with measuring`;
    return settle(parts, costs, what);
  };

  return {
    quick,
    source,
    others,
    networks,
    methods,
    seeds,
    runOf,
    announce,
    hasTime: (cell) => {
      if (time === undefined || time.hasTime(keyOf(cell))) return true;
      leftOut.push(cell);
      return false;
    },
    cutShort: () => {
      const out = leftOut.map(({ network, method }) => `${architectures[network]} with ${methodNames[method]}`);
      if (out.length > 0)
        return `The time was over before all were trained. Left out: ${out.join("; ")}. The same command goes on with them.`;
      if (stoppedAt !== undefined) return `The time was over after level ${stoppedAt} of Algorithm 2.`;
      return time?.slower === true ? "The machine was slower than at the beginning, so that trainings were cut shorter." : undefined;
    },
    mainRun: async () => options.run ?? runOf({ method: "sgm", network: "resnet18", seed: 0 }),
    subdivision: async () => {
      if (options.subdivision !== undefined) return options.subdivision;
      const { subdivideData } = await import("../runs/subdivide-data.ts");
      const dir = join(runs, "resnet18-subdivided-0");
      progress("parting the classes (Algorithm 2)");
      const fewer = quick ? [`subdivision.perSubclass=${quickSettings.perClass}`] : [];
      if (shortened !== undefined) fewer.push(`subdivision.levels=${shortened.levels}`, `steps=${shortened.steps ?? "none"}`);
      const own = [...overridesOf("resnet18", quick), ...fewer, ...overrides];
      const how = existsSync(join(dir, "subdivision.json")) ? { resume: dir } : { settings, overrides: own, out: dir };
      const late = new AbortController();
      const stopped = AbortSignal.any([late.signal, ...(signal ? [signal] : [])]);
      const seconds = time?.begin("subdivision");
      let levels = 0;
      const { reason } = await subdivideData({ ...how, ...going, signal: stopped }, ({ level, report }) => {
        if (report !== undefined) levels = level;
        if (seconds !== undefined && levels > 0 && (time?.left ?? 0) <= 0) late.abort();
      });
      if (reason === "stopped" && late.signal.aborted) stoppedAt = levels;
      return dir;
    },
    evaluated: async (run, how = {}) => {
      const key = JSON.stringify([run, how]);
      const gone = run === options.run && how.data === undefined && options.data !== undefined && (await isGone(run));
      const place = gone ? { data: source, gallery: source } : {}; // a person says where this run's faces are
      const known = measured.get(key);
      if (known !== undefined) return known;
      const began = performance.now();
      const draws = { ...(quick && { bootstrap: QUICK_DRAWS }), ...place, ...how, ...(threads !== undefined && { threads }) };
      const measuring = evaluateRun(run, draws, progress);
      measured.set(key, measuring);
      await measuring;
      time?.measured((performance.now() - began) / 1000);
      return measuring;
    },
    progress,
  };
}

/** AlexNet and ResNet18 at the paper's 227 and 224 pixels are not for minutes. */
function overridesOf(network: Architecture, quick: boolean): string[] {
  if (!quick) return [];
  return network === "alexnet" ? ["network.size=64"] : network === "cvgg13" ? ["network.size=48"] : [];
}

function endedOf(run: Run): string | undefined {
  const last = run.last();
  for (const tensor of last?.tensors.values() ?? []) tensor.dispose();
  return last?.state.ended?.reason;
}

/** Whether a run's own faces are no longer where they were. */
async function isGone(run: string): Promise<boolean> {
  const { source } = openRun(runFolder(run)).settings.data;
  return source !== "generated" && !existsSync(source);
}

function trainedOnOf(run: Run): DataDigest | undefined {
  const last = run.last();
  for (const tensor of last?.tensors.values() ?? []) tensor.dispose();
  return last?.state.data;
}

/** A run in the folder whose network, loss, seed and data are those wanted, whatever it is called; and where its data are now, if they were moved. */
async function findRun(runs: string, wanted: Settings): Promise<{ dir: string; moved?: DataPlaces } | undefined> {
  if (!existsSync(runs)) return undefined;
  const key = ({ network, loss, seed, preset, data }: Settings) =>
    JSON.stringify([network.name, network.width, network.size, network.head, loss.name, seed, preset, data.count]);
  const alike = readdirSync(runs)
    .sort()
    .map((name) => join(runs, name))
    .filter((dir) => existsSync(join(dir, "settings.json")) && key(openRun(dir).settings) === key(wanted));
  const source = (settings: Settings) => withAbsolutePaths(settings).data.source;
  const there = alike.find((dir) => source(openRun(dir).settings) === source(wanted));
  if (there !== undefined) return { dir: there };
  for (const dir of alike) {
    const run = openRun(dir);
    const moved = movedPlaces(run.settings, wanted);
    if (moved === undefined || !run.begun) continue;
    const trainedOn = trainedOnOf(run);
    if (await isMovedThere({ own: run.settings.data, trainedOn }, wanted.data.source)) return { dir, moved };
  }
  return undefined;
}
