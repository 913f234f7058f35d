import type { Random } from "@semblant/core";
import { wholeAbove0 } from "@semblant/core/internals";
import { RowQueue } from "./row-queue.ts";
import type { QueueState, Sampler, SamplerState } from "./sampler.ts";

/** What batches of so many rows a class are made of. */
export interface ByClassOptions {
  readonly name: Sampler["name"];
  /** The rows of each class. */
  readonly rows: readonly Int32Array[];
  /** Rows of each class in each batch. */
  readonly counts: readonly number[];
  readonly random: Random;
  readonly batchesPerEpoch: number | undefined;
}

/**
 * Batches with a fixed number of rows of each class, class after class. Each class has its own shuffled queue, so that its rows
 * are seen evenly: after any number of batches, each k or k + 1 times.
 */
export function byClass({ name, rows, counts, random, batchesPerEpoch }: ByClassOptions): Sampler {
  const rowsPerBatch = counts.reduce((sum, count) => sum + count, 0);
  const all = rows.reduce((sum, { length }) => sum + length, 0);
  const queues = rows.map((list, j) => new RowQueue(list, random.fork(`class ${j}`)));
  return {
    name,
    rowsPerBatch,
    batchesPerEpoch: wholeAbove0(name, "batchesPerEpoch", batchesPerEpoch ?? Math.ceil(all / rowsPerBatch)),
    next() {
      const batch = new Int32Array(rowsPerBatch);
      let at = 0;
      for (const [j, queue] of queues.entries()) {
        const count = counts[j] as number;
        batch.set(queue.take(count), at);
        at += count;
      }
      return batch;
    },
    state: () => ({ queues: queues.map((queue) => queue.state()) }),
    resume(state: SamplerState) {
      (state.queues as readonly QueueState[]).forEach((saved, j) => {
        queues[j]?.resume(saved);
      });
    },
  };
}
