/**
 * A thread beside the one that reads photos, which ends its process whatever a decoder does there: when the process that started it is
 * gone, and when memory passes its limit, which it first says on its own pipe.
 */
import { writeSync } from "node:fs";
import { isMainThread, workerData } from "node:worker_threads";

export interface Watched {
  /** The process that photos are read for. */
  readonly parent: number;
  /** MiB. */
  readonly memory: number;
}

/** The pipe on which the end for want of memory is said, and what is said there. */
export const watchPipe = 3;
export const overMemory = "memory";

const pause = 50;

// Imported by another, as in a thread that asks photos something, it does nothing.
const given = workerData as Partial<Watched> | null | undefined;
if (!isMainThread && typeof given?.parent === "number" && typeof given.memory === "number") watch(given as Watched);

function watch({ parent, memory }: Watched): void {
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, "SIGKILL");
    if (process.memoryUsage.rss() <= memory * 2 ** 20) return;
    writeSync(watchPipe, overMemory);
    process.kill(process.pid, "SIGKILL");
  }, pause);
}
