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

/** Least milliseconds that a question may go on after it was stopped. */
const grace = 500;

/**
 * A thread that answers questions about a library's faces one after the other, so that whoever serves is never held up. It lives on from
 * question to question. One that waits and is stopped is never begun. A thread that breaks, or goes on with what was stopped, is followed
 * by a new one; not before it went on for as long as a new one takes to read the faces.
 */
export class FacesThread {
  readonly #data: FacesWorkerData;
  readonly #grace: number;
  readonly #waiting = new Map<number, Waiting>();
  readonly #queue: FacesTask[] = [];
  #running: number | undefined;
  #worker: Worker | undefined;
  #next = 1;
  #closed = false;
  #begun = 0;
  /** Milliseconds from a thread's beginning to its first answer. */
  #beginning = 0;

  /** @param patience milliseconds that a question may go on after it was stopped */
  constructor(data: FacesWorkerData, patience = grace) {
    this.#data = data;
    this.#grace = patience;
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
    this.#queue.length = 0;
    const reason = closed();
    for (const { reject } of this.#waiting.values()) reject(reason);
    this.#waiting.clear();
    await this.#ended();
  }

  async #do(
    task: Untold<FacesTask>,
    { signal, progress = () => {} }: { readonly signal?: AbortSignal; readonly progress?: (text: string) => void },
  ): Promise<unknown> {
    if (signal?.aborted) throw reasonOf(signal);
    if (this.#closed) throw closed();
    const id = this.#next++;
    const stop = () => this.#stop(id, reasonOf(signal as AbortSignal));
    try {
      return await new Promise((resolve, reject) => {
        this.#waiting.set(id, { resolve, reject, progress });
        signal?.addEventListener("abort", stop, { once: true });
        this.#queue.push({ id, ...task } as FacesTask);
        this.#goOn();
      });
    } finally {
      signal?.removeEventListener("abort", stop);
    }
  }

  /** Begins the next question where none is at work. */
  #goOn(): void {
    if (this.#running !== undefined || this.#closed) return;
    const task = this.#queue.shift();
    if (task === undefined) return;
    this.#running = task.id;
    this.#started().postMessage(task);
  }

  #stop(id: number, reason: unknown): void {
    const own = this.#waiting.get(id);
    this.#waiting.delete(id);
    const place = this.#queue.findIndex((task) => task.id === id);
    if (place >= 0) this.#queue.splice(place, 1);
    else {
      setTimeout(
        () => {
          if (this.#running === id) void this.#ended().then(() => this.#goOn()); // it computes, and hears nothing
        },
        Math.max(this.#grace, this.#beginning),
      ).unref();
    }
    own?.reject(reason);
  }

  /** Ends the thread; what it was asked has no answer. */
  async #ended(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
    this.#running = undefined;
  }

  #started(): Worker {
    if (this.#worker !== undefined) return this.#worker;
    const worker = new Worker(new URL(`./faces-worker${extname(import.meta.url)}`, import.meta.url), { workerData: this.#data });
    this.#worker = worker;
    this.#begun = performance.now();
    worker.unref();
    worker.on("message", (report: FacesReport) => this.#told(report));
    const broken = (error?: Error) => {
      if (this.#worker !== worker) return;
      const id = this.#running;
      void this.#ended().then(() => this.#goOn());
      const why = new EngineError(`library: expected an answer, but what computes it ended${error ? `: ${error.message}` : ""}.`);
      if (id !== undefined) this.#stop(id, why);
    };
    worker.on("error", broken);
    worker.on("exit", () => broken());
    return worker;
  }

  #told(report: FacesReport): void {
    const waiting = this.#waiting.get(report.id);
    if ("progress" in report) {
      waiting?.progress(report.progress);
      return;
    }
    this.#waiting.delete(report.id);
    if ("error" in report) waiting?.reject(errorOf(report.error));
    else waiting?.resolve(report.answer);
    if (this.#begun > 0) this.#beginning = performance.now() - this.#begun;
    this.#begun = 0;
    if (this.#running !== report.id) return;
    this.#running = undefined;
    this.#goOn();
  }
}

const closed = () => new DataError("library: expected it to be open, but it was closed.");

/** Why something was stopped, as an error: a connection that ended gives a text. */
function reasonOf({ reason }: AbortSignal): Error {
  return reason instanceof Error ? reason : new DOMException(String(reason), "AbortError");
}

const classes = [OptionError, ShapeError, DataError, EngineError];

/** An error as it was, of its own class. */
function errorOf({ name, message }: { readonly name: string; readonly message: string }): Error {
  const own = classes.find((one) => one.name === name);
  return own === undefined ? new Error(message) : new own(message);
}
