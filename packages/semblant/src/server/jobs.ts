import { type Job, type JobProgress, type JobStart, type Jobs, type Problem, shelfError } from "@semblant/api";

/** What a job does: it tells how far it is, and returns what came of it. */
export type JobWork = (told: { readonly signal: AbortSignal; readonly progress: (progress: JobProgress) => void }) => Promise<unknown>;

/** Ended jobs that are remembered. */
const mostEnded = 20;
/** Milliseconds between two events of one job. */
const between = 200;

interface Running {
  job: Job;
  readonly controller: AbortController;
  told: number;
  ended: Promise<void>;
}

/** Jobs of a library: one of a kind at a time. They can be stopped, and what they did stays. */
export class ShelfJobs implements Jobs {
  readonly #works: (start: JobStart) => JobWork;
  readonly #tell: (job: Job) => void;
  readonly #jobs: Running[] = [];
  #next = 1;

  /**
   * @param works what each kind of job does; throws where it cannot begin
   * @param tell is told of each job as it begins, gets on and ends
   */
  constructor(works: (start: JobStart) => JobWork, tell: (job: Job) => void) {
    this.#works = works;
    this.#tell = tell;
  }

  async list(): Promise<readonly Job[]> {
    return this.#jobs.map(({ job }) => job).reverse();
  }

  async start(start: JobStart): Promise<Job> {
    const { kind } = start;
    if (this.#jobs.some(({ job }) => job.kind === kind && job.state === "running")) {
      throw shelfError("busy", `jobs: expected no job ${JSON.stringify(kind)} to run, but one does.\n  Stop it, or wait for its end.`);
    }
    const work = this.#works(start);
    const controller = new AbortController();
    const job: Job = { id: this.#next++, kind, state: "running", progress: { done: 0 }, started: Date.now() };
    const running: Running = { job, controller, told: 0, ended: Promise.resolve() };
    this.#jobs.push(running);
    this.#tell(job);
    running.ended = this.#run(running, work);
    const ended = this.#jobs.filter((one) => one.job.state !== "running");
    for (const old of ended.slice(0, Math.max(0, ended.length - mostEnded))) this.#jobs.splice(this.#jobs.indexOf(old), 1);
    return job;
  }

  async stop(id: number): Promise<Job> {
    const running = this.#jobs.find(({ job }) => job.id === id);
    if (running === undefined) throw shelfError("missing", `jobs: expected the id of a job, but ${id} is none.`);
    running.controller.abort();
    return running.job;
  }

  /** A job by its id. */
  of(id: number): Job | undefined {
    return this.#jobs.find(({ job }) => job.id === id)?.job;
  }

  get someRun(): boolean {
    return this.#jobs.some(({ job }) => job.state === "running");
  }

  /** Stops all, and waits for their ends. */
  async close(): Promise<void> {
    for (const { controller } of this.#jobs) controller.abort();
    await Promise.all(this.#jobs.map(({ ended }) => ended));
  }

  async #run(running: Running, work: JobWork): Promise<void> {
    const { controller } = running;
    const progress = (given: JobProgress) => {
      running.job = { ...running.job, progress: given };
      if (performance.now() - running.told < between) return;
      running.told = performance.now();
      this.#tell(running.job);
    };
    try {
      const result = await work({ signal: controller.signal, progress });
      this.#end(running, { state: "done", ...(result !== undefined && { result }) });
    } catch (error) {
      if (controller.signal.aborted) this.#end(running, { state: "stopped" });
      else this.#end(running, { state: "failed", problem: problemOf(error) });
    }
  }

  #end(running: Running, ended: Partial<Job>): void {
    running.job = { ...running.job, ...ended, ended: Date.now() };
    this.#tell(running.job);
  }
}

function problemOf(error: unknown): Problem {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  const [first = "", ...hints] = message.split("\n").map((line) => line.trim());
  return { kind: name, message: first, ...(hints.length > 0 && { hint: hints.join("\n") }) };
}
