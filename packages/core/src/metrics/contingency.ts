import { DataError } from "../errors.ts";
import { refuseUnequal } from "./label-rows.ts";

/** How the rows of two partitions fall together. Names that no row has are left out. */
export interface Contingency {
  readonly rows: number;
  /** (classes): rows of each class. */
  readonly classSizes: Float64Array;
  /** (clusters): rows of each cluster. */
  readonly clusterSizes: Float64Array;
  /** (classes, clusters): rows in both. */
  readonly counts: Float64Array;
}

/**
 * Counts of classes against clusters: what NMI, AMI and pairwise F1 are computed from.
 *
 * Names are whole numbers of any size and carry no meaning: renaming clusters permutes columns.
 *
 * @throws ShapeError if the two differ in length
 * @throws DataError if a name is not a whole number
 *
 * @example
 * contingency([0, 0, 1], [7, 7, 5]).counts; // Float64Array [0, 2, 1, 0]
 */
export function contingency(labels: ArrayLike<number>, clusters: ArrayLike<number>): Contingency {
  refuseUnequal("contingency", { labels: labels.length, clusters: clusters.length });
  const classOf = indexOfNames("labels", labels);
  const clusterOf = indexOfNames("clusters", clusters);
  const classSizes = new Float64Array(classOf.size);
  const clusterSizes = new Float64Array(clusterOf.size);
  const counts = new Float64Array(classOf.size * clusterOf.size);
  for (let i = 0; i < labels.length; i++) {
    const c = classOf.get(labels[i] as number) as number;
    const k = clusterOf.get(clusters[i] as number) as number;
    classSizes[c] = (classSizes[c] as number) + 1;
    clusterSizes[k] = (clusterSizes[k] as number) + 1;
    counts[c * clusterOf.size + k] = (counts[c * clusterOf.size + k] as number) + 1;
  }
  return { rows: labels.length, classSizes, clusterSizes, counts };
}

/** Names in ascending order, each with its place. */
function indexOfNames(name: string, values: ArrayLike<number>): Map<number, number> {
  const seen = new Set<number>();
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (!Number.isInteger(value)) throw new DataError(`contingency: expected ${name} to be whole numbers, but row ${i} has ${value}.`);
    seen.add(value);
  }
  return new Map([...seen].sort((a, b) => a - b).map((value, place) => [value, place]));
}
