import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import { DataError, EngineError, OptionError, ShapeError } from "@semblant/core";
import type { ModelCard } from "@semblant/faces";
import { type LibraryReader, type Reading, readFaces } from "./reading.ts";
import type { Order, ReaderModule, Report } from "./reading-thread.ts";

/** One that reads one photo at a time. */
export interface PhotoReader {
  /** Its model's card, as plain data. */
  card(): Promise<ModelCard>;
  read(place: string, wanted: (hash: string) => boolean): Promise<Reading>;
  close(): Promise<void>;
}

/** The reader that is at hand, on this thread. */
export function readerHere(reader: LibraryReader): PhotoReader {
  return {
    card: async () => reader.model.card,
    read: (place, wanted) => readFaces(place, reader, wanted),
    close: async () => void (await reader.close()),
  };
}

/**
 * A reader in a thread of its own, which a photo that ends the thread (out of memory) costs no more than itself: the next one gets a
 * new thread.
 *
 * @throws what opening the reader throws, at the first photo
 */
export function readerInThread(module: ReaderModule): PhotoReader {
  let thread: Promise<{ worker: Worker; card: ModelCard }> | undefined;
  const open = () => {
    thread ??= started(module, () => {
      thread = undefined; // whenever it ends, the next photo gets a new one
    });
    return thread;
  };
  return {
    card: async () => (await open()).card,
    async read(place, wanted) {
      const { worker } = await open();
      return readBy(worker, place, wanted);
    },
    async close() {
      await thread?.then(({ worker }) => worker.terminate()).catch(() => {}); // one that did not start has said so
    },
  };
}

/** MiB of a thread's heap; pixels and networks lie outside of it. Without limits rubbish is left lying until there is much. */
const heap = { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 256 };

/** Run from the sources, the thread needs to be told where packages have theirs; other flags of this process are not for it. */
function started(module: ReaderModule, ended: () => void): Promise<{ worker: Worker; card: ModelCard }> {
  const ending = extname(import.meta.url);
  const execArgv = ending === ".ts" ? ["--conditions=semblant-source"] : [];
  const worker = new Worker(new URL(`./reading-thread${ending}`, import.meta.url), {
    name: "faces",
    workerData: module,
    execArgv,
    resourceLimits: heap,
  });
  return new Promise((resolve, reject) => {
    worker.once("message", (report: Report) => {
      if ("card" in report) return resolve({ worker, card: report.card });
      reject("error" in report ? revived(report.error) : new EngineError("library: expected the thread that reads faces to be ready."));
      void worker.terminate();
    });
    worker.on("error", reject);
    worker.once("exit", ended);
    worker.once("exit", (code) => reject(new EngineError(`library: the thread that reads faces ended with status ${code} at its start.`)));
  });
}

function readBy(worker: Worker, place: string, wanted: (hash: string) => boolean): Promise<Reading> {
  const send = (order: Order) => worker.postMessage(order);
  return new Promise((resolve, reject) => {
    const settle = (reading: Reading) => {
      worker.off("message", hear).off("error", fail).off("exit", leave);
      resolve(reading);
    };
    const hear = (report: Report) => {
      if ("hash" in report) send({ wanted: wanted(report.hash) });
      else if ("reading" in report) settle(report.reading);
      else if ("error" in report) reject(revived(report.error));
    };
    const fail = (error: NodeJS.ErrnoException) => {
      const full = error.code === "ERR_WORKER_OUT_OF_MEMORY";
      settle({ reason: full ? "memory ran out while it was read" : `reading it failed: ${error.message}` });
    };
    const leave = () => settle({ reason: "the thread ended while it was read" });
    worker.on("message", hear).on("error", fail).on("exit", leave);
    send({ place });
  });
}

function revived({ name, message }: { name: string; message: string }): Error {
  const Class = { OptionError, ShapeError, DataError, EngineError }[name] ?? Error;
  return new Class(message);
}
