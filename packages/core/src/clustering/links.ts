import { DataError, ShapeError } from "../errors.ts";

/** What people say of pairs of rows. */
export interface Links {
  /** Pairs of rows that are to be in one group. */
  readonly together?: readonly (readonly [number, number])[];
  /** Pairs of rows that are to be in different groups. */
  readonly apart?: readonly (readonly [number, number])[];
}

/** Rows held together, and which of these blocks are held apart. */
export interface LinkedRows {
  /** (rows): the block of each, numbered in the order of their first rows. */
  readonly blocks: Int32Array;
  /** For each block that has any, the blocks it must not share a group with. */
  readonly apart: ReadonlyMap<number, ReadonlySet<number>>;
  /** Pairs that were to be together and are not, since rows that are to be apart would have met. */
  readonly refused: readonly (readonly [number, number])[];
}

/**
 * The blocks of rows that links hold together. Of links that contradict each other those that hold apart prevail, and of those that
 * hold together the earlier.
 *
 * @throws DataError if a pair names a row that is not there, or the same row twice to be apart
 *
 * @example
 * const { blocks, refused } = linkRows(4, { together: [[0, 2], [2, 3]], apart: [[0, 3]] });
 * blocks; // Int32Array [0, 1, 0, 2]
 * refused; // [[2, 3]]
 */
export function linkRows(rows: number, { together = [], apart = [] }: Links): LinkedRows {
  const roots = Int32Array.from({ length: rows }, (_, i) => i);
  const rootOf = (of: number): number => {
    let i = of;
    while (roots[i] !== i) i = roots[i] = roots[roots[i] as number] as number;
    return i;
  };
  for (const [a, b] of [...together, ...apart]) {
    const foreign = [a, b].find((row) => !(Number.isInteger(row) && row >= 0 && row < rows));
    if (foreign !== undefined) throw new DataError(`linkRows: expected rows from 0 to ${rows - 1}, but got ${foreign}.`);
  }
  const same = apart.find(([a, b]) => a === b);
  if (same) throw new DataError(`linkRows: expected two rows to be apart, but got row ${same[0]} twice.`);

  const enemies = new Map<number, Set<number>>();
  const hold = (a: number, b: number) => enemies.set(a, (enemies.get(a) ?? new Set()).add(b));
  for (const [a, b] of apart) {
    hold(a, b);
    hold(b, a);
  }
  const refused: (readonly [number, number])[] = [];
  for (const pair of together) {
    const [a, b] = [rootOf(pair[0]), rootOf(pair[1])].sort((x, y) => x - y) as [number, number];
    if (a === b) continue;
    if (enemies.get(a)?.has(b)) {
      refused.push(pair);
      continue;
    }
    roots[b] = a;
    for (const enemy of enemies.get(b) ?? []) {
      enemies.get(enemy)?.delete(b);
      hold(enemy, a);
      hold(a, enemy);
    }
    enemies.delete(b);
  }
  const numbers = new Map<number, number>();
  const blocks = Int32Array.from({ length: rows }, (_, i) => {
    const root = rootOf(i);
    if (!numbers.has(root)) numbers.set(root, numbers.size);
    return numbers.get(root) as number;
  });
  const named = (root: number) => numbers.get(root) as number;
  return { blocks, apart: new Map([...enemies].map(([root, others]) => [named(root), new Set([...others].map(named))])), refused };
}

/**
 * (rows): a group for each row, the likeliest that links allow.
 *
 * A block takes the group of the greatest summed log-responsibility; of blocks that must not meet, the one that is surest of its group
 * chooses first. Where every group is taken by one that it must not meet, a new group is begun, numbered k and on.
 *
 * @param responsibilities (rows, k): P(group | x)
 * @throws ShapeError if responsibilities are not k for each row
 *
 * @example
 * const links = linkRows(3, { apart: [[0, 1]] });
 * assignWithLinks([0.9, 0.1, 0.7, 0.3, 0.2, 0.8], 2, links); // Int32Array [0, 1, 1]
 */
export function assignWithLinks(responsibilities: ArrayLike<number>, k: number, { blocks, apart }: LinkedRows): Int32Array {
  const rows = blocks.length;
  if (responsibilities.length !== rows * k) {
    throw new ShapeError(`assignWithLinks: expected ${k} responsibilities for each of ${rows} rows, but got ${responsibilities.length}.`);
  }
  const count = blocks.reduce((most, block) => Math.max(most, block + 1), 0);
  const scores = new Float64Array(count * k);
  for (let i = 0; i < rows; i++) {
    for (let g = 0; g < k; g++) {
      const at = (blocks[i] as number) * k + g;
      scores[at] = (scores[at] as number) + Math.log(Math.max(Number.MIN_VALUE, responsibilities[i * k + g] as number));
    }
  }
  const groupOf = new Int32Array(count).fill(-1);
  const best = (block: number, allowed: (group: number) => boolean): number => {
    let top = -1;
    for (let g = 0; g < k; g++) {
      if (allowed(g) && (top < 0 || (scores[block * k + g] as number) > (scores[block * k + top] as number))) top = g;
    }
    return top;
  };
  const margin = (block: number): number => {
    const first = best(block, () => true);
    const second = best(block, (g) => g !== first);
    return second < 0 ? Infinity : (scores[block * k + first] as number) - (scores[block * k + second] as number);
  };
  for (let block = 0; block < count; block++) if (!apart.has(block)) groupOf[block] = best(block, () => true);
  const margins = new Map([...apart.keys()].map((block) => [block, margin(block)]));
  for (const block of [...apart.keys()].sort((a, b) => (margins.get(b) as number) - (margins.get(a) as number) || a - b)) {
    const taken = new Set([...(apart.get(block) ?? [])].map((other) => groupOf[other]));
    let group = best(block, (g) => !taken.has(g));
    if (group < 0) for (group = k; taken.has(group); ) group++;
    groupOf[block] = group;
  }
  return blocks.map((block) => groupOf[block] as number);
}
