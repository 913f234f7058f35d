import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import { DataError, Embeddings } from "@semblant/core";
import type { Answer, Order } from "./parquet-worker.ts";

/**
 * What `readParquet` reads, read in a thread of its own. A damaged file may keep the reader in a loop, or make it fail where nobody
 * waits for it: here that ends the thread alone.
 *
 * @param seconds after which the thread is ended: a minute, and one second for each MiB
 * @throws DataError as `readParquet`, and if the file cannot be read in that time
 */
export async function readParquetApart(path: string, bytes: Uint8Array, seconds = 60 + bytes.length / 2 ** 20): Promise<Embeddings> {
  const worker = started({ path, bytes });
  try {
    const answer = await answerOf(worker, path, seconds);
    if ("refused" in answer) throw new DataError(answer.refused);
    return new Embeddings(answer.values, answer.columns, answer.facts);
  } finally {
    await worker.terminate();
  }
}

/** Run from the sources, the thread needs to be told where packages have theirs; other flags of this process are not for it. */
function started(order: Order): Worker {
  const ending = extname(import.meta.url);
  const execArgv = ending === ".ts" ? ["--conditions=semblant-source"] : [];
  return new Worker(new URL(`./parquet-worker${ending}`, import.meta.url), { name: "Parquet", workerData: order, execArgv });
}

function answerOf(worker: Worker, path: string, seconds: number): Promise<Answer> {
  const unreadable = (why: string) => new DataError(`${path}: expected a whole Parquet file, but it cannot be read: ${why}.`);
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(unreadable(`it is damaged, or takes longer than ${Math.round(seconds)} s`)), 1000 * seconds);
    const settled = (settle: () => void) => {
      clearTimeout(late);
      settle();
    };
    worker.on("message", (answer: Answer) => settled(() => resolve(answer)));
    worker.on("error", () => settled(() => reject(unreadable("it is damaged"))));
    worker.on("exit", () => settled(() => reject(unreadable("it is damaged"))));
  });
}
