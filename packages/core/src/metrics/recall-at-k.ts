import { OptionError } from "../errors.ts";
import type { Neighbors } from "../retrieval/neighbors.ts";
import { refuseUnequal } from "./label-rows.ts";
import { meanOfKnown } from "./mean.ts";

/**
 * Recall@K: the part of the queries with at least one row of their class among their K nearest, from 0 to 1.
 *
 *   Recall@K = Σ_q [one of the K nearest to q has q's class] / queries
 *
 * Queries and gallery are one set, each query left out of its own neighbours. A query whose class has no other member that
 * it may find (none beside its own recording, where those are kept apart) is left out of the mean; a query without
 * neighbours (NaN in its row) counts as a miss. NaN when no query is left. Never falls as K grows. Song et al. 2016.
 *
 * @param neighbors found with `excludeSelf`, and k at least K
 * @throws OptionError if the neighbours include the query or are fewer than K
 * @throws ShapeError if labels and queries differ in number
 *
 * @example
 * const X = new Embeddings(Float32Array.of(0, 1, 2.5, 4, 6), 1);
 * const neighbors = findNeighbors(X, X, { k: 4, excludeSelf: true });
 * recallAtK(neighbors, [0, 1, 0, 1, 1], 2); // 0.6
 */
export function recallAtK(neighbors: Neighbors, labels: ArrayLike<number>, K: number): number {
  return meanOfKnown(hitsAtK(neighbors, labels, K));
}

/**
 * Acc@K: the mean over the queries of how many of their K nearest rows share their class, divided by K; from 0 to 1.
 *
 *   Acc@K = Σ_q (those of the K nearest to q that have q's class) / K / queries
 *
 * Leaves out the same queries as {@link recallAtK}, with which it agrees at K = 1. A class with fewer than K other members
 * cannot reach 1.
 *
 * @throws OptionError if the neighbours include the query or are fewer than K
 * @throws ShapeError if labels and queries differ in number
 *
 * @example
 * const X = new Embeddings(Float32Array.of(0, 1, 2.5, 4, 6), 1);
 * const neighbors = findNeighbors(X, X, { k: 4, excludeSelf: true });
 * accuracyAtK(neighbors, [0, 1, 0, 1, 1], 4); // 0.4
 */
export function accuracyAtK(neighbors: Neighbors, labels: ArrayLike<number>, K: number): number {
  return meanOfKnown(sharesAtK(neighbors, labels, K));
}

/** (queries): 1 where one of the K nearest shares the query's class, else 0; NaN where the class has no other member to be found. */
export function hitsAtK(neighbors: Neighbors, labels: ArrayLike<number>, K: number): Float64Array {
  return sharesAtK(neighbors, labels, K).map((share) => (share > 0 ? 1 : share));
}

/** (queries): the part of the K nearest that shares the query's class; NaN where the class has no other member to be found. */
export function sharesAtK(neighbors: Neighbors, labels: ArrayLike<number>, K: number): Float64Array {
  const { queries, k, rows } = neighbors;
  refuseUnusable(neighbors, labels, K);
  const within = membersOf(labels, queries);
  const own = neighbors.apart && membersOf(labels, queries, neighbors.apart.gallery);

  const shares = new Float64Array(queries);
  for (let i = 0; i < queries; i++) {
    const label = labels[i] as number;
    let same = 0;
    for (let r = i * k; r < i * k + K; r++) {
      const row = rows[r] as number;
      if (row >= 0 && labels[row] === label) same++;
    }
    const number = neighbors.apart?.queries[i] ?? -1;
    const leftOut = own === undefined || number < 0 ? 1 : (own.get(keyOf(label, number)) as number);
    shares[i] = (within.get(keyOf(label)) as number) > leftOut ? same / K : Number.NaN;
  }
  return shares;
}

const keyOf = (label: number, number?: number): string => `${label} ${number ?? ""}`;

/** How many rows a class has; in each part, where rows are of parts. */
function membersOf(labels: ArrayLike<number>, rows: number, parts?: Int32Array): Map<string, number> {
  const members = new Map<string, number>();
  for (let i = 0; i < rows; i++) {
    const key = keyOf(labels[i] as number, parts?.[i]);
    members.set(key, (members.get(key) ?? 0) + 1);
  }
  return members;
}

function refuseUnusable(neighbors: Neighbors, labels: ArrayLike<number>, K: number): void {
  refuseUnequal("recallAtK", { labels: labels.length, neighbors: neighbors.queries });
  if (!neighbors.excludesSelf) {
    throw new OptionError("recallAtK: these neighbors include the query itself; find them with excludeSelf: true.");
  }
  if (!Number.isInteger(K) || K < 1 || K > neighbors.k) {
    throw new OptionError(`recallAtK: expected K to be from 1 to the ${neighbors.k} neighbors found, but got ${K}.`);
  }
}
