import type { Embeddings } from "../embeddings/embeddings.ts";
import { invalidOption } from "../errors.ts";
import type { Neighbors } from "../retrieval/neighbors.ts";

/** A row that a query found. */
export interface FoundRow {
  /** Its id; its number where rows have none. */
  readonly id: string;
  /** Name of its class, or the class's number where classes have none; absent without labels. */
  readonly label?: string;
  /** Euclidean. */
  readonly distance: number;
}

/**
 * The k nearest rows that each query found, by their ids and classes, nearest first; fewer where fewer were found.
 *
 * @param gallery the rows among which they were found
 * @param k how many; from 1 to those that were found
 * @throws OptionError if k is out of range
 *
 * @example
 * const facts = { ids: ["a", "b", "c"], labels: Int32Array.of(0, 0, 1), classes: ["sad", "happy"] };
 * const gallery = new Embeddings(Float32Array.of(0, 1, 5), 1, facts);
 * const neighbors = findNeighbors(new Embeddings(Float32Array.of(4.5), 1), gallery, { k: 2 });
 * listNeighbors(neighbors, gallery, 1); // [[{ id: "c", label: "happy", distance: 0.5 }]]
 */
export function listNeighbors(neighbors: Neighbors, gallery: Embeddings, k: number): FoundRow[][] {
  if (!Number.isInteger(k) || k < 1 || k > neighbors.k) {
    throw invalidOption("listNeighbors", "k", `a whole number from 1 to the ${neighbors.k} found`, k);
  }
  return Array.from({ length: neighbors.queries }, (_, i) => {
    const places = Array.from({ length: k }, (_, place) => i * neighbors.k + place);
    return places.filter((at) => (neighbors.rows[at] as number) >= 0).map((at) => foundRow(neighbors, gallery, at));
  });
}

function foundRow({ rows, distances }: Neighbors, { ids, labels, classes }: Embeddings, at: number): FoundRow {
  const row = rows[at] as number;
  const label = labels?.[row];
  return {
    id: ids?.[row] ?? String(row),
    ...(label !== undefined && { label: classes?.[label] ?? String(label) }),
    distance: distances[at] as number,
  };
}
