/** Groups of rows as average linkage sees them. */
export interface GroupMoments {
  readonly columns: number;
  /** (groups, columns) */
  readonly means: Float64Array;
  /** (groups): rows of each. */
  readonly sizes: Float64Array;
  /** (groups): mean squared distance of its rows to its mean. */
  readonly spreads: Float64Array;
}

/**
 * Brings some groups together by average linkage of squared distances, as `agglomerate` does, up to a height: calls `merge` for each two
 * that become one, by their places among `cell`, with their mean squared distance; the second is no more from then on.
 *
 * All distances are in memory, (cell, cell), and a merge's are made from those of the two (Lance and Williams 1967): time grows with
 * cell² · columns. A group whose nearest is farther than the height is done with, since no merge brings anything nearer.
 *
 * @param cell groups, by their numbers
 * @param mayMeet whether two groups, by their places, may become one
 */
export function agglomerateCell(
  cell: ArrayLike<number>,
  groups: GroupMoments,
  height: number,
  { mayMeet, merge }: { readonly mayMeet?: (a: number, b: number) => boolean; readonly merge: (a: number, b: number, height: number) => void },
): void {
  const count = cell.length;
  const distances = distancesWithin(cell, groups);
  if (mayMeet) {
    for (let a = 0; a < count; a++) for (let b = 0; b < count; b++) if (a !== b && !mayMeet(a, b)) distances[a * count + b] = Infinity;
  }
  const sizes = Float64Array.from({ length: count }, (_, place) => groups.sizes[cell[place] as number] as number);
  const active = Int32Array.from({ length: count }, (_, place) => place);
  const placeOf = Int32Array.from(active);
  let left = count;
  const drop = (group: number): void => {
    const [at, last] = [placeOf[group] as number, active[--left] as number];
    active[at] = last;
    placeOf[last] = at;
  };
  const chain: number[] = [];
  while (left > 1) {
    if (chain.length === 0) chain.push(active[0] as number);
    const last = chain.at(-1) as number;
    const before = chain.at(-2);
    let near = before ?? -1; // an equal is no reason to leave the chain
    let least = near < 0 ? Infinity : (distances[last * count + near] as number);
    for (let at = 0; at < left; at++) {
      const other = active[at] as number;
      if (other !== last && (distances[last * count + other] as number) < least) {
        near = other;
        least = distances[last * count + other] as number;
      }
    }
    if (near < 0 || least > height) {
      drop(last);
      chain.pop();
    } else if (near === before) {
      chain.splice(-2);
      drop(near);
      const [m, n] = [sizes[last] as number, sizes[near] as number];
      const [p, q] = [m / (m + n), n / (m + n)];
      for (let at = 0; at < left; at++) {
        const other = active[at] as number;
        const between = p * (distances[last * count + other] as number) + q * (distances[near * count + other] as number);
        distances[last * count + other] = between;
        distances[other * count + last] = between;
      }
      sizes[last] = m + n;
      merge(last, near, least);
    } else chain.push(near);
  }
}

/** (cell, cell): the mean squared distance of one group's rows to another's. */
function distancesWithin(cell: ArrayLike<number>, { columns, means, spreads }: GroupMoments): Float64Array {
  const count = cell.length;
  const points = new Float64Array(count * columns);
  const own = new Float64Array(count);
  for (let place = 0; place < count; place++) {
    const group = cell[place] as number;
    points.set(means.subarray(group * columns, (group + 1) * columns), place * columns);
    let square = spreads[group] as number;
    for (let d = place * columns; d < (place + 1) * columns; d++) square += (points[d] as number) ** 2;
    own[place] = square;
  }
  const distances = new Float64Array(count * count);
  for (let a = 0; a < count; a++) {
    for (let b = 0; b < a; b += 2) {
      const [p, q] = [b * columns, (b + 1) * columns];
      let [x, y] = [0, 0];
      for (let d = 0, at = a * columns; d < columns; d++, at++) {
        const value = points[at] as number;
        x += value * (points[p + d] as number);
        y += value * (points[q + d] as number);
      }
      const floor = (spreads[cell[a] as number] as number) + (spreads[cell[b] as number] as number);
      distances[a * count + b] = distances[b * count + a] = Math.max(floor, (own[a] as number) + (own[b] as number) - 2 * x);
      if (b + 1 < a) distances[a * count + b + 1] = distances[(b + 1) * count + a] = Math.max(0, (own[a] as number) + (own[b + 1] as number) - 2 * y);
    }
  }
  return distances;
}
