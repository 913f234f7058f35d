import type { Job, JobProgress, JobStart, Jobs, Problem } from "@semblant/api";
import { shelfError } from "@semblant/api";
import type { TabMessage, Tabs } from "./keeping/tabs.ts";

/** Does the work of a job: yields how far it is, and returns what came of it. Stopped, it ends after a step. */
export type Work = (start: JobStart, signal: AbortSignal) => AsyncGenerator<JobProgress, unknown>;

/** So many jobs that ended are remembered. */
const remembered = 8;

/** The jobs of the browser's home: one of a kind at a time, whichever tab it runs in; all tabs are told how far it is. */
export class TabJobs implements Jobs {
  readonly #tabs: Tabs;
  readonly #work: Work;
  readonly #jobs = new Map<number, Job>();
  readonly #stops = new Map<number, AbortController>();
  readonly #listeners = new Set<(job: Job) => void>();

  constructor(tabs: Tabs, work: Work) {
    this.#tabs = tabs;
    this.#work = work;
    tabs.hear((message) => this.#meet(message));
  }

  async list(): Promise<readonly Job[]> {
    return [...this.#jobs.values()].sort((a, b) => b.started - a.started || b.id - a.id);
  }

  async start(start: JobStart): Promise<Job> {
    const release = await this.#tabs.claim(`job ${start.kind}`);
    if (release === undefined) {
      throw shelfError(
        "busy",
        `jobs: expected no other work of this kind, but "${start.kind}" is running.\n  Wait for its end, or stop it.`,
      );
    }
    const now = Date.now();
    const id = Math.max(now, ...this.#jobs.keys()) + 1; // as a time, so that tabs do not give the same
    const job: Job = { id, kind: start.kind, state: "running", progress: { done: 0 }, started: now };
    const stop = new AbortController();
    this.#stops.set(id, stop);
    this.#put(job);
    void this.#run(job, start, stop.signal).finally(() => {
      this.#stops.delete(id);
      release();
    });
    return job;
  }

  async stop(id: number): Promise<Job> {
    const job = this.#jobs.get(id);
    if (job === undefined) throw shelfError("missing", `jobs: expected the id of a job, but ${id} is none.`);
    if (this.#stops.has(id)) this.#stops.get(id)?.abort();
    else if (job.state === "running") this.#tabs.tell({ type: "stop", job: id });
    return job;
  }

  /** Stops what runs here, and comes once it ended. */
  async stopAll(): Promise<void> {
    const running = [...this.#stops.keys()];
    for (const id of running) this.#stops.get(id)?.abort();
    const ended = (id: number) => this.#jobs.get(id)?.state !== "running";
    if (running.every(ended)) return;
    await new Promise<void>((done) => {
      const quit = this.onJob(() => {
        if (!running.every(ended)) return;
        quit();
        done();
      });
    });
  }

  /** What a job returned; undefined where it did not end well, or in another tab. */
  resultOf(id: number): unknown {
    return this.#jobs.get(id)?.result;
  }

  /** Tells of each step, also of jobs in other tabs. */
  onJob(listener: (job: Job) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  async #run(job: Job, start: JobStart, signal: AbortSignal): Promise<void> {
    let progress = job.progress;
    const end = (state: Job["state"], rest: Pick<Job, "result" | "problem">) =>
      this.#put({ ...job, state, progress, ended: Date.now(), ...rest });
    try {
      const steps = this.#work(start, signal);
      for (;;) {
        const step = await steps.next();
        if (step.done === true) return end(signal.aborted ? "stopped" : "done", { result: step.value });
        progress = step.value;
        this.#put({ ...job, progress });
      }
    } catch (error) {
      end("failed", { problem: problemOf(error) });
    }
  }

  #put(job: Job): void {
    this.#tabs.tell({ type: "job", job });
    this.#take(job);
  }

  #take(job: Job): void {
    this.#jobs.set(job.id, job);
    const ended = [...this.#jobs.values()].filter(({ state }) => state !== "running");
    for (const { id } of ended.slice(0, Math.max(0, ended.length - remembered))) this.#jobs.delete(id);
    for (const listener of this.#listeners) listener(job);
  }

  #meet(message: TabMessage): void {
    if (message.type === "job") this.#take(message.job);
    else if (message.type === "stop") this.#stops.get(message.job)?.abort();
  }
}

/** An error for a person: its first line, and what to try. */
function problemOf(error: unknown): Problem {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  const [first = "", ...hints] = message.split("\n");
  return { kind: name, message: first, ...(hints.length > 0 && { hint: hints.join("\n").trim() }) };
}
