import { OptionError, type Random } from "@semblant/core";
import { refuseUnknown, wholeAbove0 } from "@semblant/core/internals";
import { byClass } from "./by-class.ts";
import { rowsOfClasses, type Sampler } from "./sampler.ts";

export interface SquareRootOptions {
  /** Images of a class in a batch, on average over the classes. */
  readonly perClass: number;
  readonly random: Random;
  /** Class names; without them the classes are 0 to the largest label. */
  readonly classes?: readonly string[];
  /** Batches in an epoch; by default as many as it takes to draw as many rows as there are. */
  readonly batchesPerEpoch?: number;
}

/** Fewer have no mean to speak of. */
const LEAST = 2;

/**
 * Batches in which a class is as frequent as the square root of what it is in the data (square-root sampling, Mahajan et al. 2018;
 * Kang et al. 2020): between {@link balanced}, which repeats the few images of a rare class and passes over most of a common one, and
 * {@link plain}, which leaves a rare class an image or none a batch. Every batch has the same number of each class, at least two, class
 * after class; each class has its own shuffled queue.
 *
 * @throws DataError if a class has no images, or there is only one class
 * @throws OptionError if perClass is not a whole number of 2 or more, or batchesPerEpoch is not one above 0
 *
 * @example
 * const sampler = squareRoot(Int32Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 1), { perClass: 8, random: new Random(0) });
 * [...sampler.next()].filter((row) => row === 9).length; // 5
 */
export function squareRoot(labels: Int32Array, options: SquareRootOptions): Sampler {
  refuseUnknown("squareRoot", options, ["perClass", "random", "classes", "batchesPerEpoch"]);
  const perClass = wholeAbove0("squareRoot", "perClass", options.perClass);
  if (perClass < LEAST) throw new OptionError(`squareRoot: expected perClass to be ${LEAST} or more, but got ${perClass}.`);
  const rows = rowsOfClasses("squareRoot", labels, options.classes);
  const roots = rows.map(({ length }) => Math.sqrt(length));
  const { random, batchesPerEpoch } = options;
  return byClass({ name: "square-root", rows, counts: shared(perClass * rows.length, roots), random, batchesPerEpoch });
}

/**
 * Whole numbers that sum to `total`, in proportion to the weights, none under {@link LEAST}: those nearest to their next
 * number round up.
 */
function shared(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  const exact = weights.map((weight) => LEAST + ((total - LEAST * weights.length) * weight) / sum);
  const counts = exact.map(Math.floor);
  const left = total - counts.reduce((a, b) => a + b, 0);
  const nearest = [...exact.keys()].sort((a, b) => rest(exact, b) - rest(exact, a) || a - b);
  for (const j of nearest.slice(0, left)) counts[j] = (counts[j] as number) + 1;
  return counts;
}

const rest = (exact: readonly number[], j: number): number => (exact[j] as number) - Math.floor(exact[j] as number);
