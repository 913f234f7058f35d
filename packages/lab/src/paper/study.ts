import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Step } from "@semblant/training";
import { openRun } from "@semblant/training";
import type { PartialSettings } from "@semblant/training/settings";
import { resolveSettings } from "@semblant/training/settings";
import { type EvaluatedRun, type EvaluateRunOptions, evaluateRun } from "../runs/evaluate-run.ts";
import { runFolder } from "../runs/run-folder.ts";
import { trainRun } from "../runs/train-run.ts";
import { type Cell, keyOf, mainCell, quickOverrides, quickSettings } from "./cells.ts";
import { findRun, isFinished } from "./find-run.ts";
import type { Trains } from "./finding.ts";
import type { PublishedMethod, PublishedNetwork } from "./published.ts";
import { QUICK_DRAWS } from "./quick-costs.ts";
import { QuickPlan } from "./quick-plan.ts";

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
  readonly networks?: readonly PublishedNetwork[];
  readonly methods?: readonly PublishedMethod[];
  /** Runs of each network and loss, with seeds 0, 1, 2 ... */
  readonly seeds?: number;
  /** `name=value`: settings of every training. */
  readonly overrides?: readonly string[];
  readonly threads?: number;
  readonly signal?: AbortSignal;
  /** Told what is being done. */
  readonly progress?: (text: string, step?: Step) => void;
}

/** The runs and data of experiments: trains what is missing, measures each run once. */
export interface Study {
  readonly quick: boolean;
  readonly source: string;
  /** Data sets beside the one trained on. */
  readonly others: readonly string[];
  readonly networks: readonly PublishedNetwork[];
  readonly methods: readonly PublishedMethod[];
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

/** @throws OptionError where a path or a run is not what it should be */
export function openStudy(options: StudyOptions): Study {
  const { quick = false, runs = quick ? "runs/paper-quick" : "runs/paper", overrides = [], threads, signal } = options;
  const [source = "generated", ...others] = options.data ?? [];
  const progress = options.progress ?? (() => {});
  const settings: PartialSettings = {
    ...(quick ? quickSettings : {}),
    data: { ...(quick ? quickSettings.data : {}), source },
  };
  const networks = options.networks ?? (["fmpnet", "cvgg13", "alexnet", "resnet18", "preactresnet18"] as const);
  const methods = options.methods ?? (["cross-entropy", "triplet", "sgm"] as const);
  const seeds = options.seeds ?? 1;
  const measured = new Map<string, Promise<EvaluatedRun>>();
  const going = { ...(threads !== undefined && { threads }), ...(signal && { signal }) };

  const forTime = (network: PublishedNetwork) => (quick ? quickOverrides(network) : []);
  const overridesOf = ({ method, network, seed }: Cell) => [
    ...forTime(network),
    ...overrides,
    `network.name=${network}`,
    `loss.name=${method}`,
    ...(method === "cross-entropy" ? ["network.head=classes"] : []),
    `seed=${seed}`,
  ];
  const settingsOf = (cell: Cell) => resolveSettings(settings, overridesOf(cell));
  const plan = quick
    ? new QuickPlan({
        runs,
        networks,
        methods,
        seeds,
        sets: 1 + others.length,
        given: { run: options.run !== undefined, subdivision: options.subdivision !== undefined },
        generated: source === "generated",
        settingsOf,
        subdivisionSettings: () => resolveSettings(settings, [...forTime("resnet18"), ...overrides]),
      })
    : undefined;

  const runOf = async (cell: Cell): Promise<string> => {
    const { method, network, seed } = cell;
    const { dir: found, moved } = (await findRun(runs, settingsOf(cell))) ?? {};
    const dir = found ?? join(runs, keyOf(cell));
    const there = existsSync(join(dir, "settings.json"));
    if (moved) openRun(dir).move(moved);
    if (isFinished(dir)) {
      plan?.begin(keyOf(cell));
      return dir;
    }
    progress(`training ${network} with ${method}, seed ${seed}`);
    const how = there ? { resume: dir } : { settings, overrides: overridesOf(cell), out: dir };
    const seconds = plan?.begin(keyOf(cell));
    const limit = seconds === undefined ? {} : { limitMinutes: seconds / 60 };
    await trainRun({ ...how, ...going, ...limit }, (step) => options.progress?.(`${network} ${method} ${seed}`, step));
    signal?.throwIfAborted();
    return dir;
  };

  const subdivision = async (): Promise<string> => {
    const { subdivideData } = await import("../runs/subdivide-data.ts");
    const dir = join(runs, "resnet18-subdivided-0");
    progress("splitting the classes (Algorithm 2)");
    const fewer = quick ? [`subdivision.perSubclass=${quickSettings.perClass}`] : [];
    const cut = plan?.subdivision;
    if (cut !== undefined) fewer.push(`subdivision.levels=${cut.levels}`, `steps=${cut.steps ?? "none"}`);
    const own = [...forTime("resnet18"), ...fewer, ...overrides];
    const how = existsSync(join(dir, "subdivision.json")) ? { resume: dir } : { settings, overrides: own, out: dir };
    const late = new AbortController();
    const stopped = AbortSignal.any([late.signal, ...(signal ? [signal] : [])]);
    const seconds = plan?.begin("subdivision");
    let levels = 0;
    const { reason } = await subdivideData({ ...how, ...going, signal: stopped }, ({ level, report }) => {
      if (report !== undefined) levels = level;
      if (seconds !== undefined && levels > 0 && (plan?.left ?? 0) <= 0) late.abort();
    });
    if (reason === "stopped" && late.signal.aborted) plan?.stoppedAfter(levels);
    return dir;
  };

  return {
    quick,
    source,
    others,
    networks,
    methods,
    seeds,
    runOf,
    announce: async (trains) => {
      if (plan !== undefined) progress("measuring the speed of this machine ...");
      return plan?.announce(trains);
    },
    hasTime: (cell) => plan?.hasTime(cell) ?? true,
    cutShort: () => plan?.cutShort(),
    mainRun: async () => options.run ?? runOf(mainCell),
    subdivision: async () => options.subdivision ?? subdivision(),
    evaluated: async (run, how = {}) => {
      const key = JSON.stringify([run, how]);
      const gone = run === options.run && how.data === undefined && options.data !== undefined && isGone(run);
      const place = gone ? { data: source, gallery: source } : {}; // a person says where this run's faces are
      const known = measured.get(key);
      if (known !== undefined) return known;
      const began = performance.now();
      const draws = { ...(quick && { bootstrap: QUICK_DRAWS }), ...place, ...how, ...(threads !== undefined && { threads }) };
      const measuring = evaluateRun(run, draws, progress);
      measured.set(key, measuring);
      await measuring;
      plan?.measured((performance.now() - began) / 1000);
      return measuring;
    },
    progress,
  };
}

/** Whether a run's own faces are no longer where they were. */
function isGone(run: string): boolean {
  const { source } = openRun(runFolder(run)).settings.data;
  return source !== "generated" && !existsSync(source);
}
