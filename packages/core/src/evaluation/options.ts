import type { Embeddings } from "../embeddings/embeddings.ts";
import { DataError, invalidOption, refuseUnknown, ShapeError } from "../errors.ts";
import type { GaussianOptions } from "../gaussians/fit.ts";
import type { LeaveOut } from "../retrieval/leave-out.ts";

export interface EvaluateOptions {
  /** Neighbours that vote on a class; from 1 to the training rows; 11 as in the paper. */
  readonly k?: number;
  /** The K of Recall@K and Acc@K, 1, 2, 4, 8, 16 and 32; those above the test rows − 1 are left out. */
  readonly ks?: readonly number[];
  /** Of the k-means starts and the bootstrap draws; 0. */
  readonly seed?: number;
  /** Bootstrap draws behind each interval, 1000; 0 leaves the intervals NaN. */
  readonly bootstrap?: number;
  /** k-means starts; 10. */
  readonly restarts?: number;
  /** Width of the class Gaussians, see {@link GaussianOptions}; `estimate`. */
  readonly sigma?: NonNullable<GaussianOptions["sigma"]>;
  /** Priors of the class Gaussians, see {@link GaussianOptions}; `equal`. */
  readonly priors?: NonNullable<GaussianOptions["priors"]>;
  /** Which rows are never each other's neighbours, see {@link findNeighbors}; `sequence`. */
  readonly leaveOut?: LeaveOut;
  /** Whether the training rows are the test rows: each is then asked of the others, itself left out (false). */
  readonly leaveOneOut?: boolean;
  /** Posterior of a classifier head on the test rows, (rows, classes): measured beside the rest. */
  readonly head?: Float32Array | Float64Array;
}

/** The options of an evaluation as they were used, without the head. */
export type EvaluateSettings = Required<Omit<EvaluateOptions, "head">>;

/**
 * The options with their defaults filled in.
 *
 * @throws OptionError if an option is unknown or out of range
 * @throws ShapeError if the head has not one row of classes a test row
 * @throws DataError if the head holds NaN
 */
export function resolveOptions(options: EvaluateOptions, test: Embeddings): EvaluateSettings {
  const where = "evaluate";
  refuseUnknown(where, options, ["k", "ks", "seed", "bootstrap", "restarts", "sigma", "priors", "leaveOut", "leaveOneOut", "head"]);
  const { k = 11, ks = [1, 2, 4, 8, 16, 32], seed = 0, bootstrap = 1000, restarts = 10 } = options;
  const { sigma = "estimate", priors = "equal", leaveOut = "sequence", leaveOneOut = false } = options;
  if (typeof leaveOneOut !== "boolean") throw invalidOption(where, "leaveOneOut", "true or false", leaveOneOut);
  for (const K of ks) if (!Number.isInteger(K) || K < 1) throw invalidOption(where, "ks", "whole numbers above 0", ks);
  if (!Number.isInteger(seed)) throw invalidOption(where, "seed", "a whole number", seed);
  if (!Number.isInteger(bootstrap) || bootstrap < 0) throw invalidOption(where, "bootstrap", "a whole number from 0", bootstrap);
  refuseHead(where, options.head, test);
  return { k, ks: ks.filter((K) => K < test.rows), seed, bootstrap, restarts, sigma, priors, leaveOut, leaveOneOut };
}

function refuseHead(where: string, head: Float32Array | Float64Array | undefined, test: Embeddings): void {
  if (head === undefined) return;
  const classes = (test.classes as readonly string[]).length;
  if (head.length !== test.rows * classes) {
    throw new ShapeError(
      `${where}: expected head to hold ${test.rows} rows of ${classes} probabilities, but got ${head.length} probabilities.`,
    );
  }
  const bad = head.findIndex((p: number) => !(p >= 0 && p <= 1.0001));
  if (bad >= 0) {
    throw new DataError(`${where}: expected head to hold probabilities, but row ${Math.floor(bad / classes)} holds ${head[bad]}.`);
  }
}
