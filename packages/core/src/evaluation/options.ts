import type { Embeddings } from "../embeddings/embeddings.ts";
import { DataError, invalidOption, OptionError, refuseUnknown, ShapeError } from "../errors.ts";
import type { GaussianOptions } from "../gaussians/fit.ts";
import type { LeaveOut } from "../retrieval/leave-out.ts";

export interface EvaluateOptions {
  /** Neighbours that vote on a class; from 1 to the training rows; 11 as in the paper. */
  readonly k?: number;
  /** The K of Recall@K, Precision@K and Acc@K, 1, 2, 4, 8, 16 and 32; those above the rows that a test row may find are left out. */
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
  /**
   * Where a test row looks for its class: among the other test rows (`test`), or among the training rows, which are the gallery of the
   * test rows' queries (`train`). With `leaveOneOut` they are the same.
   */
  readonly retrieval?: "test" | "train";
  /**
   * (test rows): the training row that each test row is, −1 where it is none. It is left out of what it is asked of, as neighbour and as
   * member of its class. For galleries in which some of the queries stand.
   */
  readonly itself?: Int32Array;
  /** Nearest rows that are kept of each test row beyond those that are measured, for {@link listNeighbors}; 0. */
  readonly keep?: number;
  /** Posterior of a classifier head on the test rows, (rows, classes): measured beside the rest. */
  readonly head?: Float32Array | Float64Array;
}

/** The options of an evaluation as they were used, without what is of single rows. */
export type EvaluateSettings = Required<Omit<EvaluateOptions, "head" | "itself" | "keep">>;

const names = "k ks seed bootstrap restarts sigma priors leaveOut leaveOneOut retrieval itself keep head".split(" ");

/**
 * The options with their defaults filled in.
 *
 * @throws OptionError if an option is unknown or out of range
 * @throws ShapeError if the head has not one row of classes a test row
 * @throws DataError if the head holds NaN
 */
export function resolveOptions(options: EvaluateOptions, train: Embeddings, test: Embeddings): EvaluateSettings {
  const where = "evaluate";
  refuseUnknown(where, options, names);
  const { k = 11, ks = [1, 2, 4, 8, 16, 32], seed = 0, bootstrap = 1000, restarts = 10 } = options;
  const { sigma = "estimate", priors = "equal", leaveOut = "sequence", leaveOneOut = false } = options;
  const { retrieval = leaveOneOut ? "train" : "test", itself, keep = 0 } = options;
  if (typeof leaveOneOut !== "boolean") throw invalidOption(where, "leaveOneOut", "true or false", leaveOneOut);
  if (retrieval !== "test" && retrieval !== "train") throw invalidOption(where, "retrieval", "test or train", retrieval);
  if (leaveOneOut && itself !== undefined) throw new OptionError(`${where}: expected leaveOneOut or itself, but got both.`);
  if (!Number.isInteger(keep) || keep < 0) throw invalidOption(where, "keep", "a whole number from 0", keep);
  for (const K of ks) if (!Number.isInteger(K) || K < 1) throw invalidOption(where, "ks", "whole numbers above 0", ks);
  if (!Number.isInteger(seed)) throw invalidOption(where, "seed", "a whole number", seed);
  if (!Number.isInteger(bootstrap) || bootstrap < 0) throw invalidOption(where, "bootstrap", "a whole number from 0", bootstrap);
  refuseHead(where, options.head, test);
  const most = retrieval === "test" ? test.rows - 1 : findableRows(train, { leaveOneOut, itself });
  const known = { seed, bootstrap, restarts, sigma, priors, leaveOut, leaveOneOut, retrieval };
  return { k, ks: ks.filter((K) => K <= most), ...known };
}

/** How many training rows each test row may find at least, where nothing is kept apart. */
export function findableRows(
  train: Embeddings,
  { leaveOneOut, itself }: { leaveOneOut: boolean; itself?: Int32Array | undefined },
): number {
  return train.rows - (leaveOneOut || itself?.some((row) => row >= 0) === true ? 1 : 0);
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
