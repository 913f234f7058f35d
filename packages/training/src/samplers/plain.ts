import type { Random } from "@semblant/core";
import { refuseUnknown, wholeAbove0 } from "@semblant/core/internals";
import { RowQueue } from "./row-queue.ts";
import type { QueueState, Sampler, SamplerState } from "./sampler.ts";

export interface PlainOptions {
  /** Rows in a batch. */
  readonly batch: number;
  readonly random: Random;
  /** Leave out the rows at the end of an epoch that do not fill a batch. */
  readonly dropLast?: boolean;
}

/**
 * All rows in random order, each once an epoch: classes come as often as the data has them.
 *
 * @param rows the labels or anything else with one entry an image; only their number is looked at
 * @throws OptionError if batch is not a whole number above 0, or is above the number of rows while dropLast is set
 *
 * @example
 * const sampler = plain(new Int32Array(5), { batch: 2, random: new Random(0) });
 * sampler.batchesPerEpoch; // 3
 */
export function plain(rows: { readonly length: number }, { batch, random, dropLast = false, ...unknown }: PlainOptions): Sampler {
  refuseUnknown("plain", unknown, ["batch", "random", "dropLast"]);
  const count = wholeAbove0("plain", "the number of rows", rows.length);
  wholeAbove0("plain", "batch", batch);
  const batchesPerEpoch = dropLast ? Math.floor(count / batch) : Math.ceil(count / batch);
  wholeAbove0("plain", "batchesPerEpoch (rows / batch, rounded down)", batchesPerEpoch);
  const queue = new RowQueue(
    Int32Array.from({ length: count }, (_, i) => i),
    random.fork("rows"),
  );

  return {
    name: "plain",
    rowsPerBatch: Math.min(batch, count),
    batchesPerEpoch,
    next() {
      const left = count - (queue.state().taken % count);
      if (left >= batch) return queue.take(batch);
      const rest = queue.take(left);
      return dropLast ? queue.take(batch) : rest;
    },
    state: () => ({ queues: [queue.state()] }),
    resume(state: SamplerState) {
      queue.resume((state.queues as readonly QueueState[])[0] as QueueState);
    },
  };
}
