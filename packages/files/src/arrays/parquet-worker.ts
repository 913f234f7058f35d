/** The other end of `readParquetApart`: reads one file and says what it holds. Imported on a main thread it does nothing. */
import { isMainThread, type MessagePort, parentPort, workerData } from "node:worker_threads";
import { DataError, type RowFacts } from "@semblant/core";
import { readParquet } from "./read-parquet.ts";

export interface Order {
  readonly path: string;
  readonly bytes: Uint8Array;
}

export type Answer = { readonly values: Float32Array; readonly columns: number; readonly facts: RowFacts } | { readonly refused: string };

if (!isMainThread && parentPort !== null) await work(parentPort, workerData as Order);

async function work(port: MessagePort, { path, bytes }: Order): Promise<void> {
  try {
    const { values, columns, ids, labels, classes, votes } = await readParquet(path, bytes);
    const facts = { ...(ids && { ids }), ...(labels && { labels }), ...(classes && { classes }), ...(votes && { votes }) };
    port.postMessage({ values, columns, facts } satisfies Answer, [values.buffer as ArrayBuffer]);
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    port.postMessage({ refused: error.message } satisfies Answer);
  }
}
