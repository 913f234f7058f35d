import { ShapeError } from "../errors.ts";
import { ownRow } from "../retrieval/compared.ts";
import type { RowsApart } from "../retrieval/leave-out.ts";
import { refuseUnequal } from "./label-rows.ts";

/** Class index of each row: of one set whose rows are queries and gallery in one, or of queries and of the gallery that they look in. */
export type RetrievalLabels = ArrayLike<number> | { readonly queries: ArrayLike<number>; readonly gallery: ArrayLike<number> };

/** What of {@link Neighbors} says which rows a query may find. */
export interface Findable {
  readonly queries: number;
  readonly excludesSelf: boolean;
  readonly itself?: Int32Array | undefined;
  readonly apart?: RowsApart | undefined;
}

/**
 * (queries): R, how many gallery rows are of the query's class and may be found: itself, and rows that are kept apart from it, do not
 * count.
 */
export function relevantRows(findable: Findable, queries: ArrayLike<number>, gallery: ArrayLike<number>): Int32Array {
  const { apart } = findable;
  const members = countBy(gallery.length, (j) => keyOf(gallery[j] as number));
  const together = apart && countBy(gallery.length, (j) => keyOf(gallery[j] as number, apart.gallery[j]));
  return Int32Array.from({ length: findable.queries }, (_, i) => {
    const label = queries[i] as number;
    const number = apart?.queries[i] ?? -1;
    const leftOut = number < 0 ? (ownRow(findable, i) >= 0 ? 1 : 0) : (together?.get(keyOf(label, number)) ?? 0);
    return (members.get(keyOf(label)) ?? 0) - leftOut;
  });
}

/**
 * The labels of queries and gallery, one for each row.
 *
 * @throws ShapeError if they are not as many as the rows
 */
export function bothLabels(
  where: string,
  labels: RetrievalLabels,
  { queries, apart }: Findable,
): { readonly queries: ArrayLike<number>; readonly gallery: ArrayLike<number> } {
  if ("gallery" in labels) {
    refuseUnequal(where, { "labels.queries": labels.queries.length, neighbors: queries });
    if (apart !== undefined) refuseUnequal(where, { "labels.gallery": labels.gallery.length, gallery: apart.gallery.length });
    return labels;
  }
  refuseUnequal(where, { labels: labels.length, neighbors: queries });
  return { queries: labels, gallery: labels };
}

/** @throws ShapeError if a neighbour has no label */
export function refuseBeyond(where: string, rows: Int32Array, labels: number): void {
  const beyond = rows.find((row) => row >= labels);
  if (beyond !== undefined) throw new ShapeError(`${where}: gallery labels have ${labels} rows but a neighbor is row ${beyond}.`);
}

const keyOf = (label: number, number?: number): string => `${label} ${number ?? ""}`;

function countBy(rows: number, key: (row: number) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (let j = 0; j < rows; j++) counts.set(key(j), (counts.get(key(j)) ?? 0) + 1);
  return counts;
}
