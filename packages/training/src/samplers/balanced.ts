import type { Random } from "@semblant/core";
import { refuseUnknown, wholeAbove0 } from "@semblant/core/internals";
import { byClass } from "./by-class.ts";
import { rowsOfClasses, type Sampler } from "./sampler.ts";

export interface BalancedOptions {
  /** Images of each class in each batch: the paper's n. */
  readonly perClass: number;
  readonly random: Random;
  /** Class names; without them the classes are 0 to the largest label. */
  readonly classes?: readonly string[];
  /** Batches in an epoch; by default as many as it takes to draw as many rows as there are. */
  readonly batchesPerEpoch?: number;
}

/**
 * Batches with exactly `perClass` images of each class, class after class: the batches that the structured Gaussian
 * loss with equal priors expects (Algorithm 1, step a).
 *
 * Each class has its own shuffled queue, so that its images are seen evenly: after any number of batches, each k or
 * k + 1 times. (The paper draws with replacement, which leaves a third of the images of a common class out of an epoch;
 * a rare class is seen more often than a common one either way.) No image comes twice in a batch unless its class
 * has fewer than `perClass`.
 *
 * @throws DataError if a class has no images, or there is only one class
 * @throws OptionError if perClass or batchesPerEpoch is not a whole number above 0
 *
 * @example
 * const sampler = balanced(Int32Array.of(0, 0, 0, 1), { perClass: 2, random: new Random(0) });
 * sampler.rowsPerBatch; // 4
 * sampler.next().subarray(2); // Int32Array [3, 3]
 */
export function balanced(labels: Int32Array, options: BalancedOptions): Sampler {
  refuseUnknown("balanced", options, ["perClass", "random", "classes", "batchesPerEpoch"]);
  const perClass = wholeAbove0("balanced", "perClass", options.perClass);
  const rows = rowsOfClasses("balanced", labels, options.classes);
  const { random, batchesPerEpoch } = options;
  return byClass({ name: "balanced", rows, counts: rows.map(() => perClass), random, batchesPerEpoch });
}
