import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import {
  DataError,
  type Embeddings,
  EngineError,
  OptionError,
  type Projection,
  ShapeError,
  type TsneOptions,
  type TsneStep,
} from "@semblant/core";
import { refuseUnknown } from "@semblant/core/internals";
import type { Order, Report } from "./tsne-worker.ts";

export interface WatchOptions {
  /** Stops the map at once, wherever it is. */
  readonly signal?: AbortSignal;
  /** Called here with every step, its positions a copy; what it throws stops the map. */
  readonly onStep?: (step: TsneStep) => void;
}

/**
 * The map that `projectByTsne` makes, to the bit, made in a thread of its own: this one stays free.
 *
 * The rows are copied to the thread. `random` is read and not moved on. Steps come as fast as they are taken; a map that is more than
 * 32 steps ahead of them waits.
 *
 * @throws what `tsne` throws, in the same classes
 * @throws OptionError if `signal` or `onStep` has another name
 * @throws the signal's reason when it aborts, and what `onStep` throws
 *
 * @example
 * const X = new Embeddings(Float32Array.of(0, 1, 2, 10, 11, 12), 1);
 * const watched = [];
 * const map = await projectOffThread(X, { iterations: 3 }, { onStep: ({ iteration }) => watched.push(iteration) });
 * watched; // [1, 2, 3]
 * map.positions.length; // 12
 */
export async function projectOffThread(X: Embeddings, options: TsneOptions = {}, watching: WatchOptions = {}): Promise<Projection> {
  refuseUnknown("projectOffThread", watching, ["signal", "onStep"]);
  const { signal, onStep } = watching;
  signal?.throwIfAborted();
  const seen = onStep && new Int32Array(new SharedArrayBuffer(4));
  const worker = started({ values: X.values, columns: X.columns, options: sendable(options), random: options.random?.state(), seen });
  try {
    return await finished(worker, watching, seen);
  } finally {
    await worker.terminate();
  }
}

/** Run from the sources, the thread needs to be told where packages have theirs; other flags of this process are not for it. */
function started(order: Order): Worker {
  const ending = extname(import.meta.url);
  const execArgv = ending === ".ts" ? ["--conditions=semblant-source"] : [];
  return new Worker(new URL(`./tsne-worker${ending}`, import.meta.url), { name: "t-SNE", workerData: order, execArgv });
}

function finished(worker: Worker, { signal, onStep }: WatchOptions, seen: Int32Array | undefined): Promise<Projection> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal?.reason);
    signal?.addEventListener("abort", abort);
    worker.on("message", (report: Report) => {
      if ("projection" in report) return resolve(report.projection);
      if ("error" in report) return reject(revived(report.error));
      try {
        onStep?.(report.step);
      } catch (thrown) {
        reject(thrown);
      }
      if (seen === undefined) return;
      Atomics.store(seen, 0, report.step.iteration);
      Atomics.notify(seen, 0);
    });
    worker.on("error", reject);
    worker.on("exit", (code) => {
      signal?.removeEventListener("abort", abort);
      reject(new Error(`projectOffThread: the thread ended with status ${code} before its map was made.`));
    });
  });
}

/** An option that cannot cross, which no known one is, goes by its name, so that it is refused by it. */
function sendable(options: TsneOptions): Order["options"] {
  const { random: _, ...others } = options;
  const crosses = (value: unknown) => ArrayBuffer.isView(value) || (typeof value !== "object" && typeof value !== "function");
  return Object.fromEntries(Object.entries(others).map(([name, value]) => [name, crosses(value) ? value : null]));
}

function revived({ name, message, stack }: { name: string; message: string; stack: string | undefined }): Error {
  const Class = { OptionError, ShapeError, DataError, EngineError }[name] ?? Error;
  const error = new Class(message);
  if (stack !== undefined) error.stack = stack;
  return error;
}
