import type { Embeddings } from "../embeddings/embeddings.ts";
import { refuseNonFinite } from "../embeddings/finite.ts";
import { invalidOption, OptionError, refuseUnknown, ShapeError } from "../errors.ts";
import { Random } from "../random.ts";
import { moveToMeans } from "./lloyd.ts";
import { passesOver } from "./passes.ts";
import { plusPlusCenters } from "./plus-plus.ts";

export interface KMeansOptions {
  /** How many clusters; from 1 to the number of rows. */
  readonly k: number;
  /** Where the starts are drawn from. */
  readonly random?: Random;
  /** How many starts; the one that ends with the least inertia wins, the first of equals. */
  readonly restarts?: number;
  /** Starting centers, (k, columns), instead of drawn ones: one start then, and nothing random. */
  readonly initial?: ArrayLike<number>;
  /** The most iterations of one start. */
  readonly iterations?: number;
}

/** One iteration: all rows assigned, then all centers moved. */
export interface KMeansStep {
  readonly restart: number;
  readonly iteration: number;
  /** Sum of squared distances of the rows to their centers. */
  readonly inertia: number;
  /** Rows that changed cluster; 0 ends the start. */
  readonly moved: number;
}

export interface KMeansClusters {
  /** (k, columns) */
  readonly centers: Float64Array;
  /** (rows): the cluster of each, 0 to k − 1, the smaller number where two centers are equally near. */
  readonly clusters: Int32Array;
  readonly inertia: number;
  /** The start that won. */
  readonly restart: number;
  readonly iterations: number;
}

/**
 * Clusters of least squared distance to their means, found by Lloyd's iteration from k-means++ starts; a generator that yields
 * a record an iteration and returns the best start's clusters. {@link clusterByKMeans} runs it to the end.
 *
 * A start ends when no row changes cluster, or after `iterations`. Inertia never grows within one. A center left without rows
 * takes the row farthest from its own center; where no row is away from its center (fewer distinct rows than k), it stays and
 * its cluster is empty. Starts are greedy k-means++ (Arthur and Vassilvitskii 2007, the best of 2 + ln k candidates a center).
 * The order of the rows, their translation and rotation matter only through the draws and rounding.
 *
 * @throws OptionError if k is not from 1 to the number of rows, or an option is unknown
 * @throws ShapeError if `initial` is not k rows of the embeddings' columns
 * @throws DataError if a row holds NaN or an infinite value
 *
 * @example
 * const X = new Embeddings(Float32Array.of(0, 1, 10, 11), 1);
 * const steps = [...kMeans(X, { k: 2, initial: [0, 1] })];
 * steps.map((step) => step.moved); // [4, 1, 0]
 */
export function* kMeans(X: Embeddings, options: KMeansOptions): Generator<KMeansStep, KMeansClusters, void> {
  const { k, random = new Random(0), restarts = 10, initial, iterations = 300 } = options;
  refuseUnusable(X, options, { k, restarts, iterations });
  const { columns } = X;
  const passes = passesOver(X, k);
  let best: KMeansClusters | undefined;
  for (let restart = 0; restart < (initial ? 1 : restarts); restart++) {
    const centers = initial ? Float64Array.from(initial) : plusPlusCenters(X, passes, k, random);
    const clusters = new Int32Array(X.rows).fill(-1);
    const state = { clusters, squares: new Float64Array(X.rows), beyond: new Float64Array(X.rows) };
    for (let iteration = 1; ; iteration++) {
      const { inertia, moved } = passes.assign(centers, state);
      yield { restart, iteration, inertia, moved };
      if (moved > 0 && iteration < iterations) {
        moveToMeans(passes, centers, columns, state);
        continue;
      }
      if (best === undefined || inertia < best.inertia) best = { centers, clusters, inertia, restart, iterations: iteration };
      break;
    }
  }
  return best as KMeansClusters;
}

/**
 * The clusters that {@link kMeans} ends with.
 *
 * @throws what {@link kMeans} throws
 *
 * @example
 * const X = new Embeddings(Float32Array.of(0, 1, 10, 11), 1);
 * clusterByKMeans(X, { k: 2, initial: [0, 1] }).centers; // Float64Array [0.5, 10.5]
 */
export function clusterByKMeans(X: Embeddings, options: KMeansOptions): KMeansClusters {
  const steps = kMeans(X, options);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

/**
 * Starting centers that know the labels: one row drawn from each class that has rows, as (classes present, columns).
 *
 * The published code clusters from such a start (reading 14 in paper/readings.md); a score from it is not that of an unsupervised method.
 *
 * @throws ShapeError if labels and rows differ in number
 *
 * @example
 * const X = new Embeddings(Float32Array.of(0, 9, 10), 1);
 * centersFromLabels(X, [1, 0, 0], new Random(0)).length; // 2
 */
export function centersFromLabels(X: Embeddings, labels: ArrayLike<number>, random: Random): Float64Array {
  if (labels.length !== X.rows) throw new ShapeError(`centersFromLabels: X has ${X.rows} rows but labels has ${labels.length} rows.`);
  const members = new Map<number, number[]>();
  for (let i = 0; i < X.rows; i++) {
    const label = labels[i] as number;
    const rows = members.get(label);
    if (rows) rows.push(i);
    else members.set(label, [i]);
  }
  const drawn = [...members.keys()]
    .sort((a, b) => a - b)
    .map((label) => {
      const rows = members.get(label) as number[];
      return rows[random.integer(rows.length)] as number;
    });
  return Float64Array.from(X.take(drawn).values);
}

function refuseUnusable(X: Embeddings, options: KMeansOptions, given: { k: number; restarts: number; iterations: number }): void {
  const where = "kMeans";
  refuseUnknown(where, options, ["k", "random", "restarts", "initial", "iterations"]);
  for (const [name, value] of Object.entries(given)) {
    if (!Number.isInteger(value) || value < 1) throw invalidOption(where, name, "a whole number above 0", value);
  }
  if (given.k > X.rows) throw new OptionError(`${where}: expected k to be at most the ${X.rows} rows, but got ${given.k}.`);
  if (options.initial && options.initial.length !== given.k * X.columns) {
    throw new ShapeError(
      `${where}: expected initial to hold ${given.k} centers of ${X.columns} numbers, but got ${options.initial.length} numbers.`,
    );
  }
  refuseNonFinite(where, X);
}
