/** A campaign: makes what is missing of the paper's tables in processes side by side, and keeps each row as its training ends. */
import { duration } from "@semblant/core/internals";
import { type Method, methods } from "../paper-rows.ts";
import { type Circumstances, costOf, endingFirst } from "./cost.ts";
import { has, keep, keptIn, type Made } from "./rows.ts";
import { type Ended, type Job, sideBySide } from "./side-by-side.ts";
import { type KnownJob, Telling } from "./telling.ts";
import { nameOf, type Training } from "./trainings.ts";

export interface Campaign {
  /** Rows that are missing, in the order in which they are wanted. */
  readonly trainings: readonly Training[];
  readonly circumstances: Circumstances;
  /** After so many, nothing starts, and trainings stop. */
  readonly minutes?: number;
  /** Of each training. */
  readonly threads: number;
  /** Where rows are kept. */
  readonly file: string;
  readonly made: Made;
}

/** Trainings that end in the time there is, and those that are begun after them. */
export function planOf({ trainings, circumstances, minutes, threads }: Omit<Campaign, "file" | "made">) {
  const jobs = trainings.map((training) => jobOf(training, { methods: [training.method], threads }, costOf(training, circumstances)));
  const within = minutes === undefined ? Number.POSITIVE_INFINITY : 60 * minutes;
  return endingFirst(jobs, ({ cost }) => cost?.seconds ?? 0, { atOnce: circumstances.atOnce, within });
}

/** @returns the exit status: 0 when all is made or the time is up, 130 after Ctrl-C, 1 where a training failed twice */
export async function make(campaign: Campaign): Promise<number> {
  const { circumstances, minutes, file, made } = campaign;
  const { ending, others } = planOf(campaign);
  const telling = new Telling(circumstances.atOnce);
  const stopped = new AbortController();
  const interrupted = stopOn(stopped, telling);
  const late = minutes === undefined ? undefined : setTimeout(() => stopped.abort("time"), 60_000 * minutes);
  let keeping: Promise<readonly Job[]> = Promise.resolve([]);
  const failed = await sideBySide([...ending, ...others], {
    atOnce: circumstances.atOnce,
    signal: stopped.signal,
    started: ({ name }) => telling.say(`${name}: started`),
    running: (running, waiting) => telling.running(running, waiting),
    ended: (what) => {
      telling.ended(what);
      const next = keeping.then(() => keepRows(what, { file, made })); // one at a time, since each adds to the file
      keeping = next;
      return next;
    },
  });
  clearTimeout(late);
  const left = campaign.trainings.filter((training) => !has(keptIn(file), training)).length;
  if (left > 0) telling.say(`${left} of ${campaign.trainings.length} rows are missing yet: the same command goes on with them.`);
  if (interrupted()) return 130;
  return failed ? 1 : 0;
}

/** Keeps what a job made; where a network has its three losses now, they are compared next. */
async function keepRows(what: Ended, { file, made }: Pick<Campaign, "file" | "made">): Promise<readonly Job[]> {
  if (what.kind !== "made") return [];
  const { training, task } = what.job as KnownJob;
  await keep(file, training, { rows: what.rows.map((row) => ({ ...row, ...made })), pairs: what.pairs });
  const all = Object.keys(methods) as Method[];
  const kept = keptIn(file);
  if (task.methods.length > 1 || !all.every((method) => has(kept, { ...training, method }))) return [];
  return [jobOf(training, { methods: all, threads: task.threads })];
}

function jobOf(training: Training, how: { methods: readonly Method[]; threads: number }, cost?: KnownJob["cost"]): KnownJob {
  const { preset, network, settings, overrides, runs } = training;
  const name = how.methods.length === 1 ? nameOf(training) : `${preset} ${network}, compared`;
  return { name, training, ...(cost && { cost }), task: { network, ...how, data: settings.data.source, overrides, runs } };
}

/** Ctrl-C, and the signal that ends processes: trainings stop after their step; again, and all ends at once. */
function stopOn(stopped: AbortController, telling: Telling): () => boolean {
  let heard = false;
  const hear = () => {
    if (heard) process.exit(130); // the trainings' processes see that they are alone, and stop after their step
    heard = true;
    telling.say("Stopping: trainings end their step and save (again to leave at once) ...");
    stopped.abort("interrupted");
  };
  process.on("SIGINT", hear);
  process.on("SIGTERM", hear);
  return () => heard;
}

/** What a plan with a limit says. */
export function planText({ ending, others }: ReturnType<typeof planOf>, minutes: number): string {
  const rest = others.length === 0 ? "" : `; ${others.length} would not, and come after them`;
  return `Within ${duration(60 * minutes)}, ${ending.length} trainings come to their end by that, and are made first${rest}.`;
}
