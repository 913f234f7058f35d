/** Runs trainings in processes, several side by side on one device, until all have ended or the time is up. */
import { type ChildProcess, fork } from "node:child_process";
import { resolve } from "node:path";
import type { PaperPair } from "../paper-rows.ts";
import type { Progress, Task, TimedRow, Told } from "./training-process.ts";

/** A task with its name in logs. */
export interface Job {
  readonly name: string;
  readonly task: Task;
}

/** What came of a job. */
export type Ended =
  | { readonly job: Job; readonly kind: "made"; readonly rows: readonly TimedRow[]; readonly pairs: readonly PaperPair[] }
  | { readonly job: Job; readonly kind: "stopped" }
  | { readonly job: Job; readonly kind: "failed"; readonly message: string };

export interface Watching {
  readonly atOnce: number;
  /** Aborted when no job is to start any more, and those that run are to stop after their step. */
  readonly signal: AbortSignal;
  /** Told when a job starts. */
  started(job: Job): void;
  /** Told every half minute which jobs run, and how far they are. */
  running(jobs: ReadonlyMap<Job, Progress | undefined>, waiting: readonly Job[]): void;
  /** Told what came of a job; the jobs that follow from it are made next. */
  ended(what: Ended): Promise<readonly Job[]>;
}

/** Seconds that a process has to stop: it ends its step and saves, or ends measuring. */
const PATIENCE = 180;
const program = resolve(import.meta.dirname, "training-process.ts");

/**
 * Makes the jobs in their order, at most `atOnce` side by side. A job that fails is tried once more when no other waits, alone: on a
 * device that was too full for it, it has room then.
 *
 * @returns whether a job failed twice
 */
export async function sideBySide(jobs: readonly Job[], watching: Watching): Promise<boolean> {
  const { atOnce, signal } = watching;
  const waiting = [...jobs];
  const again: Job[] = [];
  const tried = new Set<Job>();
  const running = new Map<Job, Progress | undefined>();
  let failed = false;
  const note = setInterval(() => running.size > 0 && watching.running(running, [...waiting, ...again]), 30_000);
  let wake = () => {};
  const one = async (job: Job) => {
    running.set(job, undefined);
    watching.started(job);
    const ended = await inProcess(job, signal, (progress) => running.set(job, progress));
    if (ended.kind === "failed" && !tried.has(job) && !signal.aborted) {
      tried.add(job);
      again.push(job);
    } else if (ended.kind === "failed") failed = true;
    waiting.unshift(...(await watching.ended(ended)));
    running.delete(job);
    wake();
  };
  while (running.size > 0 || (!signal.aborted && waiting.length + again.length > 0)) {
    while (!signal.aborted && running.size < atOnce && waiting.length > 0) void one(waiting.shift() as Job);
    if (!signal.aborted && running.size === 0 && again.length > 0) void one(again.shift() as Job);
    await new Promise<void>((woken) => {
      wake = woken;
    });
  }
  clearInterval(note);
  return failed;
}

/** One job in its process; resolves when the process is gone. */
function inProcess(job: Job, signal: AbortSignal, heard: (progress: Progress) => void): Promise<Ended> {
  const child = fork(program, {
    execArgv: ["--conditions=semblant-source"],
    env: { ...process.env, OMP_NUM_THREADS: String(job.task.threads), OMP_WAIT_POLICY: "passive" },
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  const stopping = () => stop(child);
  signal.addEventListener("abort", stopping);
  let ended: Ended | undefined;
  let complaint = "";
  child.stderr?.on("data", (text) => {
    complaint = `${complaint}${text}`.slice(-2000);
  });
  child.on("message", (told: Told) => {
    if (told.kind === "progress") heard(told.progress);
    else ended = { job, ...told };
  });
  child.send(job.task);
  return new Promise((resolved) => {
    child.on("close", (status, killed) => {
      signal.removeEventListener("abort", stopping);
      const without = signal.aborted
        ? { kind: "stopped" as const }
        : { kind: "failed" as const, message: lastWords(complaint, killed ?? status) };
      resolved(ended ?? { job, ...without });
    });
  });
}

/** Tells a process to stop, and ends it where it does not. */
function stop(child: ChildProcess): void {
  if (child.connected) child.send("stop");
  const late = setTimeout(() => child.kill("SIGKILL"), 1000 * PATIENCE);
  child.on("close", () => clearTimeout(late));
}

/** The last line that a process wrote, or how it ended. */
function lastWords(complaint: string, end: number | string | null): string {
  const said = complaint
    .trim()
    .split("\n")
    .findLast((line) => line.trim() !== "" && !line.startsWith("    at "));
  return said ?? `its process ended by ${end}`;
}
