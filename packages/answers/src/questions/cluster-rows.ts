import { type Embeddings, expressionGroups, groupsOf, Random } from "@semblant/core";
import { invalidOption, refuseUnknown } from "@semblant/core/internals";
import { type FewerGroups, fewerGroups } from "./fewer-groups.ts";

export interface ClusterRowsOptions {
  /** How many groups; by default what the rows speak for (BIC). */
  readonly k?: number;
  /** Rows shown of each, nearest to its medoid (16). */
  readonly top?: number;
  /** Smaller groups are none (1). */
  readonly least?: number;
  readonly seed?: number;
}

/** One group of rows. */
export interface RowGroup {
  /** `group 1`, or its commonest class where the rows have classes. */
  readonly name: string;
  readonly size: number;
  readonly share: number;
  /** Share of its rows that are of its commonest class, where the rows have classes. */
  readonly purity?: number;
  /** The row closest to its mean. */
  readonly medoid: { readonly row: number; readonly id: string };
  /** Rows nearest to the medoid, nearest first. */
  readonly top: readonly number[];
}

/** Rows of embeddings in groups, the largest first. */
export interface RowGroups {
  readonly rows: number;
  readonly columns: number;
  readonly method: "BIC" | "given number";
  readonly groups: readonly RowGroup[];
  /** Where there are fewer groups than were asked for. */
  readonly fewer?: FewerGroups;
  /** The group of each row, by its place in `groups`; −1 for none. */
  readonly clusters: readonly number[];
}

/**
 * Groups rows of embeddings, whatever they are of, by a Gaussian mixture: k groups, or as many as BIC says.
 *
 * @throws OptionError if an option is out of range or unknown
 */
export function clusterRows(X: Embeddings, options: ClusterRowsOptions = {}): RowGroups {
  const where = "cluster";
  refuseUnknown(where, options, ["k", "top", "least", "seed"]);
  const { k, top = 16, least = 1, seed = 0 } = options;
  if (k !== undefined && !(Number.isInteger(k) && k >= 1 && k <= X.rows)) {
    throw invalidOption(where, "k", `a whole number from 1 to the ${X.rows} rows`, k);
  }
  if (!(Number.isInteger(least) && least >= 1)) throw invalidOption(where, "least", "a whole number above 0", least);
  const mixture = expressionGroups(X, { ...(k !== undefined && { k }), random: new Random(seed) });
  const assigned = Array.from({ length: X.rows }, (_, row) => likeliest(mixture.responsibilities, row, mixture.k));
  const formed = groupsOf(X, assigned, { top });
  const found = formed.filter(({ size }) => size >= least).sort((a, b) => b.size - a.size || a.medoid - b.medoid);
  const placeOf = new Map(found.map(({ cluster }, place) => [cluster, place]));
  const fewer = fewerGroups(X, { asked: k, formed: formed.length, found: found.length, least });
  return {
    rows: X.rows,
    columns: X.columns,
    method: k === undefined ? "BIC" : "given number",
    ...(fewer && { fewer }),
    groups: found.map(({ cluster, size, medoid, top: nearest }, place) => ({
      ...commonest(X, assigned, cluster, place),
      size,
      share: size / X.rows,
      medoid: { row: medoid, id: X.ids?.[medoid] ?? `row ${medoid}` },
      top: Array.from(nearest),
    })),
    clusters: assigned.map((cluster) => placeOf.get(cluster) ?? -1),
  };
}

function likeliest(responsibilities: ArrayLike<number>, row: number, k: number): number {
  let most = 0;
  for (let g = 1; g < k; g++) if ((responsibilities[row * k + g] as number) > (responsibilities[row * k + most] as number)) most = g;
  return most;
}

function commonest({ labels, classes }: Embeddings, assigned: readonly number[], cluster: number, place: number) {
  const name = `group ${place + 1}`;
  if (labels === undefined || classes === undefined) return { name };
  const counts = classes.map(() => 0);
  let size = 0;
  for (const [row, of] of assigned.entries()) {
    if (of !== cluster) continue;
    counts[labels[row] as number] = (counts[labels[row] as number] ?? 0) + 1;
    size++;
  }
  const most = counts.indexOf(Math.max(...counts));
  return { name: `${name}: ${classes[most]}`, purity: (counts[most] as number) / size };
}
