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
 * @param apart groups that each must not meet, by their numbers
 */
export function agglomerateCell(
  cell: ArrayLike<number>,
  groups: GroupMoments,
  height: number,
  {
    apart,
    merge,
  }: {
    readonly apart: ReadonlyMap<number, ReadonlySet<number>>;
    readonly merge: (a: number, b: number, height: number) => void;
  },
): void {
  const count = cell.length;
  const distances = distancesWithin(cell, groups);
  if (apart.size > 0) {
    const places = new Map(Array.from(cell, (group, place) => [group, place]));
    for (const [group, place] of places) {
      for (const other of apart.get(group) ?? []) {
        const against = places.get(other);
        if (against !== undefined) distances[place * count + against] = distances[against * count + place] = Infinity;
      }
    }
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
  const distances = products(points, count, columns);
  for (let a = 0; a < count; a++) {
    for (let b = 0; b < a; b++) {
      const floor = (spreads[cell[a] as number] as number) + (spreads[cell[b] as number] as number); // rounding may lead below it
      const square = (own[a] as number) + (own[b] as number) - 2 * (distances[a * count + b] as number);
      distances[a * count + b] = distances[b * count + a] = Math.max(floor, square);
    }
  }
  return distances;
}

/** (count, count): inner products of rows, of which those left of the diagonal are filled; four at a time share what they read. */
function products(points: Float64Array, count: number, columns: number): Float64Array {
  const all = new Float64Array(count * count);
  for (let a = 0; a < count; a++) {
    const from = a * columns;
    let b = 0;
    for (; b + 3 < a; b += 4) {
      let [p, q, r, s] = [b * columns, (b + 1) * columns, (b + 2) * columns, (b + 3) * columns];
      let [w, x, y, z] = [0, 0, 0, 0];
      for (let at = from; at < from + columns; at++) {
        const value = points[at] as number;
        w += value * (points[p++] as number);
        x += value * (points[q++] as number);
        y += value * (points[r++] as number);
        z += value * (points[s++] as number);
      }
      const to = a * count + b;
      all[to] = w;
      all[to + 1] = x;
      all[to + 2] = y;
      all[to + 3] = z;
    }
    for (; b < a; b++) {
      let sum = 0;
      for (let at = from, p = b * columns; at < from + columns; at++, p++) sum += (points[at] as number) * (points[p] as number);
      all[a * count + b] = sum;
    }
  }
  return all;
}
