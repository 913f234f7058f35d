import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import type { AnswersOfFaces, AskedOfFaces, FaceChoice, Learned, QuestionOfFaces } from "@semblant/answers";
import { DataError, EngineError, OptionError, ShapeError } from "@semblant/core";
import type { FacesReport, FacesTask, FacesWorkerData } from "./faces-worker.ts";

type Untold<T> = T extends unknown ? Omit<T, "id"> : never;

interface Waiting {
  resolve(answer: unknown): void;
  reject(error: unknown): void;
  progress(text: string): void;
}

/**
 * A thread that answers questions about a library's faces, so that whoever serves is never held up. It lives on from question to question.
 * One that breaks, or is stopped in the middle of a question, is followed by a new one.
 */
export class FacesThread {
  readonly #data: FacesWorkerData;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #next = 1;
  #closed = false;

  constructor(data: FacesWorkerData) {
    this.#data = data;
  }

  /**
   * @param of `stamp`: the library's; faces are read anew where it is another
   * @throws what the question throws; the signal's reason where it is stopped
   */
  ask<Q extends QuestionOfFaces>(
    asked: AskedOfFaces<Q>,
    of: { readonly filter: FaceChoice; readonly stamp: string },
    signal?: AbortSignal,
  ): Promise<AnswersOfFaces[Q]> {
    return this.#do({ kind: "ask", asked: asked as AskedOfFaces, ...of }, { ...(signal && { signal }) }) as Promise<AnswersOfFaces[Q]>;
  }

  /** Adapts the model to the faces that were corrected, and writes it to a file where it is better. */
  adapt(
    task: Omit<Extract<FacesTask, { kind: "adapt" }>, "id" | "kind">,
    told: { readonly signal: AbortSignal; readonly progress: (text: string) => void },
  ): Promise<unknown> {
    return this.#do({ kind: "adapt", ...task }, told);
  }

  /** Teaches the library a class by a few of its faces, and keeps it where it separates from the others. */
  teach(lesson: { readonly name: string; readonly faces: readonly number[]; readonly anyway: boolean }): Promise<Learned> {
    return this.#do({ kind: "teach", ...lesson }, {}) as Promise<Learned>;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#end(new DataError("library: expected it to be open, but it was closed."));
  }

  async #do(
    task: Untold<FacesTask>,
    { signal, progress = () => {} }: { readonly signal?: AbortSignal; readonly progress?: (text: string) => void },
  ): Promise<unknown> {
    signal?.throwIfAborted();
    if (this.#closed) throw new DataError("library: expected it to be open, but it was closed.");
    const worker = this.#started();
    const id = this.#next++;
    const stop = () => {
      const own = this.#waiting.get(id);
      this.#waiting.delete(id);
      own?.reject(signal?.reason);
      void this.#restart(); // a question that computes hears nothing
    };
    try {
      return await new Promise((resolve, reject) => {
        this.#waiting.set(id, { resolve, reject, progress });
        signal?.addEventListener("abort", stop, { once: true });
        worker.postMessage({ id, ...task });
        this.#tasks.set(id, { id, ...task } as FacesTask);
      });
    } finally {
      signal?.removeEventListener("abort", stop);
      this.#tasks.delete(id);
    }
  }

  /** What is asked and not answered, to be asked again where another's question was stopped. */
  readonly #tasks = new Map<number, FacesTask>();

  async #restart(): Promise<void> {
    const before = this.#worker;
    this.#worker = undefined;
    await before?.terminate();
    if (this.#closed || this.#waiting.size === 0) return;
    const worker = this.#started();
    for (const id of this.#waiting.keys()) worker.postMessage(this.#tasks.get(id));
  }

  async #end(reason: Error): Promise<void> {
    const [worker, waiting] = [this.#worker, [...this.#waiting.values()]];
    this.#worker = undefined;
    this.#waiting.clear();
    for (const { reject } of waiting) reject(reason);
    await worker?.terminate();
  }

  #started(): Worker {
    if (this.#worker !== undefined) return this.#worker;
    const worker = new Worker(new URL(`./faces-worker${extname(import.meta.url)}`, import.meta.url), { workerData: this.#data });
    this.#worker = worker;
    worker.unref();
    worker.on("message", (report: FacesReport) => this.#told(report));
    const broken = (error?: Error) => {
      if (this.#worker !== worker) return;
      void this.#end(new EngineError(`library: expected an answer, but what computes it ended${error ? `: ${error.message}` : ""}.`));
    };
    worker.on("error", broken);
    worker.on("exit", () => broken());
    return worker;
  }

  #told(report: FacesReport): void {
    const waiting = this.#waiting.get(report.id);
    if (waiting === undefined) return;
    if ("progress" in report) {
      waiting.progress(report.progress);
      return;
    }
    this.#waiting.delete(report.id);
    if ("error" in report) waiting.reject(errorOf(report.error));
    else waiting.resolve(report.answer);
  }
}

const classes = [OptionError, ShapeError, DataError, EngineError];

/** An error as it was, of its own class. */
function errorOf({ name, message }: { readonly name: string; readonly message: string }): Error {
  const own = classes.find((one) => one.name === name);
  return own === undefined ? new Error(message) : new own(message);
}
