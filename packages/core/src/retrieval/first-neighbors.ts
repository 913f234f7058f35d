import { invalidOption } from "../errors.ts";
import type { Neighbors } from "./neighbors.ts";

/**
 * The k nearest of neighbours already found: what {@link findNeighbors} gives for a smaller k, without looking again.
 *
 * @throws OptionError if k is not a whole number from 1 to the k that was found
 *
 * @example
 * const gallery = new Embeddings(Float32Array.of(0, 1, 5), 1);
 * const all = findNeighbors(new Embeddings(Float32Array.of(0.4), 1), gallery, { k: 3 });
 * firstNeighbors(all, 2).rows; // Int32Array [0, 1]
 */
export function firstNeighbors(neighbors: Neighbors, k: number): Neighbors {
  if (!Number.isInteger(k) || k < 1 || k > neighbors.k) {
    throw invalidOption("firstNeighbors", "k", `a whole number from 1 to the ${neighbors.k} found`, k);
  }
  const rows = new Int32Array(neighbors.queries * k);
  const distances = new Float64Array(neighbors.queries * k);
  for (let i = 0; i < neighbors.queries; i++) {
    rows.set(neighbors.rows.subarray(i * neighbors.k, i * neighbors.k + k), i * k);
    distances.set(neighbors.distances.subarray(i * neighbors.k, i * neighbors.k + k), i * k);
  }
  return { ...neighbors, k, rows, distances };
}
