import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Lab } from "../../lab/load-lab.ts";
import { type FoundRun, runsIn } from "./runs-folder.ts";
import { StepsReader } from "./steps-reader.ts";
import type { Training, Trainings } from "./trainings.ts";

/** How a run stands; `starting` while its data are read. */
export type RunState = "starting" | "running" | "stopped" | "finished" | "failed";

/** A run, as lists and events tell of it. */
export interface RunRecord {
  readonly name: string;
  readonly state: RunState;
  readonly step: number;
  readonly steps: number;
  readonly epoch: number;
  readonly epochs: number;
  readonly loss: number | null;
  /** The best validation so far, in percent, and the step it was made at. */
  readonly best: { readonly metric: string; readonly value: number; readonly step: number } | null;
  readonly secondsLeft: number | null;
  /** Milliseconds since 1970. */
  readonly changed: number;
  /** When its last checkpoint was written; null before the first. */
  readonly checkpoint: number | null;
  /** In one sentence: how it ended, or what it does. */
  readonly message: string | null;
  readonly failure: Error | null;
}

/** What is read of a run's `settings.json`. */
interface Kept {
  readonly settings: Record<string, unknown>;
  readonly data: { readonly pixels: string; readonly labels: string } | null;
}

/** Reads runs from their folders; what was read of their steps is kept. */
export class RunRecords {
  readonly #folder: () => string;
  readonly #trainings: Trainings;
  readonly #lab: () => Promise<Lab>;
  readonly #readers = new Map<string, StepsReader>();

  constructor(folder: () => string, trainings: Trainings, lab: () => Promise<Lab>) {
    this.#folder = folder;
    this.#trainings = trainings;
    this.#lab = lab;
  }

  /** All runs, the newest first; those that have no folder yet before them. */
  async list(): Promise<RunRecord[]> {
    const found = runsIn(this.#folder());
    const names = new Set(found.map(({ name }) => name));
    const foldersOnTheWay = this.#trainings.list().filter(({ name }) => !names.has(name));
    const records: RunRecord[] = foldersOnTheWay.map(onTheWay);
    for (const run of found) records.push(await this.of(run));
    return records;
  }

  /** One run as it is now. */
  async of(run: FoundRun): Promise<RunRecord> {
    const reader = this.reader(run);
    reader.look();
    const { last, columns } = reader;
    const training = this.#trainings.get(run.name);
    const { holderOf } = await this.#lab();
    const runs = training?.state === "running" || holderOf(run.dir) !== undefined;
    const begins = runs && (last === undefined || (training !== undefined && !trainsAgain(training, run)));
    const reason = last?.ended?.reason;
    const failed = reason === "not finite" || reason === "collapsed" || training?.state === "failed";
    const over = reason === "finished" || reason === "patience";
    const state = begins ? "starting" : runs ? "running" : failed ? "failed" : over ? "finished" : "stopped";
    const bestAt = indexOfBest(columns.validation.value);
    return {
      name: run.name,
      state,
      step: last?.step ?? 0,
      steps: last?.steps ?? 0,
      epoch: last?.epoch ?? 0,
      epochs: last?.epochs ?? 0,
      loss: finite(last?.loss),
      best:
        bestAt < 0
          ? null
          : { metric: reader.metric ?? "", value: at(columns.validation.value, bestAt), step: at(columns.validation.step, bestAt) },
      secondsLeft: state === "running" ? finite(last?.secondsLeft) : null,
      changed: Math.max(run.changed, timeOf(join(run.dir, "steps.jsonl")) ?? 0),
      checkpoint: timeOf(join(run.dir, "last.safetensors")) ?? null,
      message: begins ? (training?.says() ?? null) : runs ? null : (last?.ended?.message ?? null),
      failure: runs || reason !== undefined ? null : (training?.error ?? null),
    };
  }

  reader({ name, dir }: FoundRun): StepsReader {
    const there = this.#readers.get(name);
    if (there !== undefined) return there;
    const made = new StepsReader(dir);
    this.#readers.set(name, made);
    return made;
  }

  /** The settings of a run and what its data were, as they stand in its folder. */
  kept({ dir }: FoundRun): Kept {
    try {
      const { settings, data } = JSON.parse(readFileSync(join(dir, "settings.json"), "utf8")) as Partial<Kept>;
      return { settings: settings ?? {}, data: data ?? null };
    } catch {
      return { settings: {}, data: null };
    }
  }

  /** Whether there are weights to be measured. */
  hasWeights({ dir }: FoundRun): boolean {
    return existsSync(join(dir, "best.safetensors"));
  }
}

/** Whether a training that was resumed makes steps by now: its steps are newer than its beginning. */
function trainsAgain({ began }: Training, { dir }: FoundRun): boolean {
  return (timeOf(join(dir, "steps.jsonl")) ?? 0) >= began;
}

function onTheWay({ name, state, began, says, error }: Training): RunRecord {
  const nothing = { step: 0, steps: 0, epoch: 0, epochs: 0, loss: null, best: null, secondsLeft: null, checkpoint: null };
  const failed = state === "failed";
  return {
    name,
    state: failed ? "failed" : "starting",
    ...nothing,
    changed: began,
    message: failed ? null : (says() ?? null),
    failure: error ?? null,
  };
}

const finite = (value: number | undefined): number | null => (value !== undefined && Number.isFinite(value) ? value : null);
const at = (values: readonly number[], i: number): number => values[i] as number;

/** The first of the best. */
function indexOfBest(values: readonly number[]): number {
  return values.reduce((best, value, i) => (best < 0 || value > at(values, best) ? i : best), -1);
}

function timeOf(path: string): number | undefined {
  const time = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  return time === undefined ? undefined : Math.round(time);
}
