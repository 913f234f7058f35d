import { squaredDistance } from "../embeddings/distances.ts";
import type { Embeddings } from "../embeddings/embeddings.ts";
import { refuseNonFinite } from "../embeddings/finite.ts";
import { refuseUnequal } from "../metrics/label-rows.ts";
import type { LinkedRows } from "./links.ts";

/** Two groups that became one. */
export interface Merge {
  /** A row of each; the smaller first. */
  readonly rows: readonly [number, number];
  /** Mean squared distance of the one's rows to the other's. */
  readonly height: number;
}

/** How rows come together, from each alone to one group, or as few as may meet. */
export interface Dendrogram {
  readonly rows: number;
  /** Groups that are together from the start. */
  readonly initial: Int32Array;
  /** In ascending order of height. */
  readonly merges: readonly Merge[];
}

/**
 * Brings rows together, the nearest groups first, by average linkage of squared Euclidean distances: the distance of two groups is the
 * mean over all pairs of their rows. Cutting at a height gives groups ({@link cutDendrogram}), each cut a refinement of every higher one.
 *
 * Such a distance is that of the means plus both groups' own spreads, so that memory grows with the rows and not their square; groups
 * are found along chains of nearest neighbours (Murtagh 1983) in time rows² · columns. The order of rows matters only among equals.
 *
 * @param linked blocks that are together from the start, and those that never meet; by default every row by itself
 * @throws ShapeError if X and the links differ in rows
 * @throws DataError if a row holds NaN or an infinite value
 *
 * @example
 * const { merges } = agglomerate(new Embeddings(Float32Array.of(0, 2, 9), 1));
 * merges; // [{ rows: [0, 1], height: 4 }, { rows: [0, 2], height: 65 }]
 */
export function agglomerate(X: Embeddings, linked?: LinkedRows): Dendrogram {
  const where = "agglomerate";
  refuseNonFinite(where, X);
  const initial = linked?.blocks ?? Int32Array.from({ length: X.rows }, (_, i) => i);
  refuseUnequal(where, { X: X.rows, links: initial.length });
  const groups = startingGroups(X, initial, linked?.apart ?? new Map());
  const { columns } = X;
  const distance = (a: number, b: number, limit: number): number => {
    if (groups.apart[a]?.has(b)) return Infinity;
    const spreads = (groups.spread[a] as number) + (groups.spread[b] as number);
    return squaredDistance(groups.means, a, groups.means, b, columns, limit - spreads) + spreads;
  };

  const active = new Set(groups.first.keys());
  const merges: Merge[] = [];
  const chain: number[] = [];
  while (active.size > 1) {
    if (chain.length === 0) chain.push(active.values().next().value as number);
    const last = chain.at(-1) as number;
    const before = chain.at(-2);
    let near = before ?? -1; // an equal is no reason to leave the chain: it could go round for ever
    let least = near < 0 ? Infinity : distance(last, near, Infinity);
    for (const other of active) {
      if (other === last || other === near) continue;
      const d = distance(last, other, least);
      if (d < least) [near, least] = [other, d];
    }
    if (near < 0 || least === Infinity) {
      active.delete(last); // it may meet nobody that is left, and what they become neither
      chain.pop();
    } else if (near === before) {
      chain.splice(-2);
      merges.push({
        rows: [groups.first[last] as number, groups.first[near] as number].sort((a, b) => a - b) as [number, number],
        height: least,
      });
      active.delete(near);
      groups.merge(last, near, least);
    } else chain.push(near);
  }
  return { rows: X.rows, initial, merges: merges.sort((a, b) => a.height - b.height) };
}

/** Means, sizes and spreads (mean squared distance to the mean) of the groups to begin with, and how two become one. */
function startingGroups(X: Embeddings, initial: Int32Array, held: LinkedRows["apart"]) {
  const { columns } = X;
  const count = initial.reduce((most, block) => Math.max(most, block + 1), 0);
  const means = new Float64Array(count * columns);
  const sizes = new Float64Array(count);
  const spread = new Float64Array(count);
  const first: number[] = [];
  for (let i = 0; i < X.rows; i++) {
    const g = initial[i] as number;
    first[g] ??= i;
    sizes[g] = (sizes[g] as number) + 1;
    for (let d = 0; d < columns; d++) means[g * columns + d] = (means[g * columns + d] as number) + (X.values[i * columns + d] as number);
  }
  for (let j = 0; j < means.length; j++) means[j] = (means[j] as number) / (sizes[Math.floor(j / columns)] as number);
  const points = Float64Array.from(X.values);
  for (let i = 0; i < X.rows; i++) {
    const g = initial[i] as number;
    spread[g] = (spread[g] as number) + squaredDistance(points, i, means, g, columns) / (sizes[g] as number);
  }
  const apart = Array.from({ length: count }, (_, g) => new Set(held.get(g) ?? []));
  /** Group b into a. */
  const merge = (a: number, b: number, height: number): void => {
    const [m, n] = [sizes[a] as number, sizes[b] as number];
    const [p, q] = [m / (m + n), n / (m + n)];
    // Between the means lies the height less both spreads.
    const between = Math.max(0, height - (spread[a] as number) - (spread[b] as number));
    spread[a] = p * (spread[a] as number) + q * (spread[b] as number) + p * q * between;
    for (let d = 0; d < columns; d++) {
      means[a * columns + d] = p * (means[a * columns + d] as number) + q * (means[b * columns + d] as number);
    }
    sizes[a] = m + n;
    first[a] = Math.min(first[a] as number, first[b] as number);
    for (const enemy of apart[b] ?? []) {
      apart[a]?.add(enemy);
      apart[enemy]?.add(a);
    }
  };
  return { means, spread, first, apart, merge };
}

/**
 * (rows): groups of a dendrogram cut at a height, numbered in the order of their first rows: every merge up to it is made.
 *
 * @example
 * const tree = agglomerate(new Embeddings(Float32Array.of(0, 2, 9), 1));
 * cutDendrogram(tree, 10); // Int32Array [0, 0, 1]
 */
export function cutDendrogram({ rows, initial, merges }: Dendrogram, height: number): Int32Array {
  const parents = Int32Array.from({ length: rows }, (_, i) => i);
  const rootOf = (of: number): number => {
    let i = of;
    while (parents[i] !== i) i = parents[i] = parents[parents[i] as number] as number;
    return i;
  };
  const join = (a: number, b: number) => {
    const [x, y] = [rootOf(a), rootOf(b)];
    parents[Math.max(x, y)] = Math.min(x, y);
  };
  const first = new Map<number, number>();
  for (let i = 0; i < rows; i++) {
    const block = initial[i] as number;
    if (first.has(block)) join(i, first.get(block) as number);
    else first.set(block, i);
  }
  for (const { rows: pair, height: at } of merges) if (at <= height) join(pair[0], pair[1]);
  const numbers = new Map<number, number>();
  return Int32Array.from({ length: rows }, (_, i) => {
    const root = rootOf(i);
    if (!numbers.has(root)) numbers.set(root, numbers.size);
    return numbers.get(root) as number;
  });
}
