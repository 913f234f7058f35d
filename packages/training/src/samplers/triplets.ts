import { Random } from "@semblant/core";
import { refuseUnknown, wholeAbove0 } from "@semblant/core/internals";
import { rowsOfClasses, type Sampler, type SamplerState } from "./sampler.ts";

export interface TripletsOptions {
  /** Triplets in a batch; a batch has three times as many rows. */
  readonly triplets: number;
  readonly random: Random;
  /** Class names; without them the classes are 0 to the largest label. */
  readonly classes?: readonly string[];
  /** Batches in an epoch; by default as many as it takes to draw as many rows as there are. */
  readonly batchesPerEpoch?: number;
}

/**
 * Batches of triplets as the paper's baseline draws them: first all anchors, then all positives, then all negatives,
 * so that rows i, triplets + i and 2·triplets + i belong together ({@link triplet} with `mining: "given"` reads them so).
 *
 * Anchors come equally often from each class, class after class; a positive is another image of the anchor's
 * class; a negative is any image of any other class, so that common classes give most of them. All are drawn
 * uniformly at random, with replacement. The one image of a class of one is its own positive.
 *
 * @throws DataError if a class has no images, or there is only one class
 * @throws OptionError if triplets or batchesPerEpoch is not a whole number above 0
 *
 * @example
 * const sampler = triplets(Int32Array.of(0, 0, 1), { triplets: 2, random: new Random(0) });
 * const [anchor0, anchor1, positive0, positive1, negative0, negative1] = sampler.next();
 * [anchor1, positive1, negative0]; // [2, 2, 2]
 */
export function triplets(labels: Int32Array, options: TripletsOptions): Sampler {
  refuseUnknown("triplets", options, ["triplets", "random", "classes", "batchesPerEpoch"]);
  const count = wholeAbove0("triplets", "triplets", options.triplets);
  const rows = rowsOfClasses("triplets", labels, options.classes);
  // All rows sorted by class, so that "any row of another class" is one draw from what lies before and after the class.
  const sorted = Int32Array.from(rows.flatMap((list) => [...list]));
  const first = rows.map((_, j) => rows.slice(0, j).reduce((sum, list) => sum + list.length, 0));
  let random = options.random.fork("triplets");
  let nextClass = 0;

  return {
    name: "triplets",
    rowsPerBatch: 3 * count,
    batchesPerEpoch: wholeAbove0("triplets", "batchesPerEpoch", options.batchesPerEpoch ?? Math.ceil(labels.length / (3 * count))),
    next() {
      const batch = new Int32Array(3 * count);
      for (let i = 0; i < count; i++) {
        const own = rows[nextClass] as Int32Array;
        const start = first[nextClass] as number;
        const anchor = random.integer(own.length);
        const positive = own.length === 1 ? 0 : (anchor + 1 + random.integer(own.length - 1)) % own.length;
        const other = random.integer(sorted.length - own.length);
        batch[i] = own[anchor] as number;
        batch[count + i] = own[positive] as number;
        batch[2 * count + i] = sorted[other < start ? other : other + own.length] as number;
        nextClass = (nextClass + 1) % rows.length;
      }
      return batch;
    },
    state: () => ({ random: random.state(), nextClass }),
    resume(state: SamplerState) {
      random = Random.resume(state.random as readonly number[]);
      nextClass = state.nextClass as number;
    },
  };
}
