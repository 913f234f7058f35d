import { OptionError } from "../errors.ts";
import type { Neighbors } from "../retrieval/neighbors.ts";
import { meanOfKnown } from "./mean.ts";
import { bothLabels, type RetrievalLabels, refuseBeyond, relevantRows } from "./relevant.ts";

/**
 * Recall@K: the part of the queries with at least one row of their class among their K nearest, from 0 to 1.
 *
 *   Recall@K = Σ_q [one of the K nearest to q has q's class] / queries
 *
 * Queries and gallery are one set, each query left out of its own neighbours; or they are two, with labels of both. A query whose class
 * has no other member that it may find (none beside its own recording, where those are kept apart; none in the gallery) is left out of
 * the mean; a query without neighbours (NaN in its row) counts as a miss. NaN when no query is left. Never falls as K grows.
 * Song et al. 2016.
 *
 * @param neighbors with k at least K, found with `excludeSelf` where queries and gallery are one set
 * @param labels class of each row; `{ queries, gallery }` where they are two sets
 * @throws OptionError if the neighbours include the query or are fewer than K
 * @throws ShapeError if labels and queries differ in number
 *
 * @example
 * const X = new Embeddings(Float32Array.of(0, 1, 2.5, 4, 6), 1);
 * const neighbors = findNeighbors(X, X, { k: 4, excludeSelf: true });
 * recallAtK(neighbors, [0, 1, 0, 1, 1], 2); // 0.6
 */
export function recallAtK(neighbors: Neighbors, labels: RetrievalLabels, K: number): number {
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
export function accuracyAtK(neighbors: Neighbors, labels: RetrievalLabels, K: number): number {
  return meanOfKnown(sharesAtK(neighbors, labels, K));
}

/**
 * Precision@K: the mean over the queries of which part of their K nearest rows share their class; from 0 to 1. The field's name for what
 * the paper calls Acc@K: {@link accuracyAtK} gives the same.
 *
 *   Precision@K = Σ_q (those of the K nearest to q that have q's class) / K / queries
 *
 * K divides, however few rows the class has. open-metric-learning divides by min(K, R), so that small classes can reach 1.
 * Musgrave et al. 2020.
 *
 * @throws OptionError if the neighbours include the query or are fewer than K
 * @throws ShapeError if labels and queries differ in number
 *
 * @example
 * const gallery = new Embeddings(Float32Array.of(0, 1, 5, 6), 1);
 * const neighbors = findNeighbors(new Embeddings(Float32Array.of(0.2, 5.1), 1), gallery, { k: 2 });
 * precisionAtK(neighbors, { queries: [0, 1], gallery: [0, 1, 1, 1] }, 2); // 0.75
 */
export function precisionAtK(neighbors: Neighbors, labels: RetrievalLabels, K: number): number {
  return meanOfKnown(sharesAtK(neighbors, labels, K));
}

/** (queries): 1 where one of the K nearest shares the query's class, else 0; NaN where the class has no other member to be found. */
export function hitsAtK(neighbors: Neighbors, labels: RetrievalLabels, K: number): Float64Array {
  return sharesAtK(neighbors, labels, K).map((share) => (share > 0 ? 1 : share));
}

/** (queries): the part of the K nearest that shares the query's class; NaN where the class has no other member to be found. */
export function sharesAtK(neighbors: Neighbors, labels: RetrievalLabels, K: number): Float64Array {
  const where = "recallAtK";
  const { queries, k, rows } = neighbors;
  const both = bothLabels(where, labels, neighbors);
  refuseUnusable(where, neighbors, { labels, K });
  refuseBeyond(where, rows, both.gallery.length);
  const relevant = relevantRows(neighbors, both.queries, both.gallery);

  const shares = new Float64Array(queries);
  for (let i = 0; i < queries; i++) {
    const label = both.queries[i] as number;
    let same = 0;
    for (let r = i * k; r < i * k + K; r++) {
      const row = rows[r] as number;
      if (row >= 0 && both.gallery[row] === label) same++;
    }
    shares[i] = (relevant[i] as number) > 0 ? same / K : Number.NaN;
  }
  return shares;
}

function refuseUnusable(where: string, neighbors: Neighbors, { labels, K }: { labels: RetrievalLabels; K: number }): void {
  if (!neighbors.excludesSelf && !("gallery" in labels)) {
    throw new OptionError(`${where}: these neighbors include the query itself; find them with excludeSelf: true.`);
  }
  if (!Number.isInteger(K) || K < 1 || K > neighbors.k) {
    throw new OptionError(`${where}: expected K to be from 1 to the ${neighbors.k} neighbors found, but got ${K}.`);
  }
}
