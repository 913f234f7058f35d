import { DataError, invalidOption } from "../errors.ts";
import type { Neighbors } from "./neighbors.ts";

/** What the neighbours say of each query. */
export interface NeighborVote {
  /** (queries): the class with the most votes, −1 where a query has no neighbour. */
  readonly predicted: Int32Array;
  /** (queries, classes): the part of the neighbours in each class; rows sum to 1, or are NaN without a neighbour. */
  readonly shares: Float64Array;
}

/**
 * The class that most neighbours of each query have: the paper's recogniser (k = 11).
 *
 * Every neighbour has one vote, whatever its distance; of classes with equally many, the smaller index wins, as in
 * scikit-learn's `KNeighborsClassifier` with its defaults. A query without neighbours (NaN in its row) is given −1.
 *
 * @param galleryLabels class index of each gallery row
 * @param classes how many classes there are
 * @throws DataError if a neighbour's label is not a class index
 *
 * @example
 * const gallery = new Embeddings(Float32Array.of(0, 1, 5, 6, 7), 1);
 * const query = new Embeddings(Float32Array.of(2.4), 1);
 * classifyByNeighbors(findNeighbors(query, gallery, { k: 3 }), Int32Array.of(1, 1, 0, 0, 0), 2).predicted; // Int32Array [1]
 */
export function classifyByNeighbors(neighbors: Neighbors, galleryLabels: ArrayLike<number>, classes: number): NeighborVote {
  const where = "classifyByNeighbors";
  if (!Number.isInteger(classes) || classes < 1) throw invalidOption(where, "classes", "a whole number above 0", classes);
  const { queries, k, rows } = neighbors;
  const predicted = new Int32Array(queries).fill(-1);
  const shares = new Float64Array(queries * classes);
  for (let i = 0; i < queries; i++) {
    const votes = shares.subarray(i * classes, (i + 1) * classes);
    let found = 0;
    for (let r = i * k; r < (i + 1) * k; r++) {
      const row = rows[r] as number;
      if (row < 0) continue;
      const label = galleryLabels[row];
      if (label === undefined || !Number.isInteger(label) || label < 0 || label >= classes) {
        throw new DataError(`${where}: expected gallery labels from 0 to ${classes - 1}, but row ${row} has ${label}.`);
      }
      votes[label] = (votes[label] as number) + 1;
      found++;
    }
    if (found > 0) predicted[i] = mostVotes(votes);
    for (let c = 0; c < classes; c++) votes[c] = (votes[c] as number) / found;
  }
  return { predicted, shares };
}

/** The first of the greatest. */
function mostVotes(votes: Float64Array): number {
  let best = 0;
  for (let c = 1; c < votes.length; c++) if ((votes[c] as number) > (votes[best] as number)) best = c;
  return best;
}
