import type { Neighbors } from "../retrieval/neighbors.ts";

/** The symmetric affinities of rows: each pair once, the smaller row first. */
export interface Affinities {
  readonly rows: number;
  /** (rows + 1): row i's pairs are those from `starts[i]` to before `starts[i + 1]`. */
  readonly starts: Int32Array;
  /** The greater row of each pair, rising within a row. */
  readonly others: Int32Array;
  /** p_ij of each pair. As p_ij = p_ji, they sum to ½. */
  readonly values: Float64Array;
}

/** Entropies are met to this many nats. */
const TOLERANCE = 1e-12;

/**
 * p_{j|i}, the part of row i's attention that its neighbour j has: a Gaussian around row i, of the width at which the distribution
 * over its neighbours has the perplexity asked for (van der Maaten 2014, eqs. 6 and 7).
 *
 * Perplexity is e to the entropy: the number of equally near neighbours that would be as undecided. It falls with the width, whose
 * place is bracketed and then found by bisection, with Newton's step wherever that stays inside the bracket. Where more neighbours
 * than that are nearest together, as with identical rows, no width is narrow enough, and they share equally.
 *
 * @param squares (rows, k): squared distances of each row's neighbours, nearest first
 * @param perplexity above 0 and at most k
 * @returns (rows, k), each row summing to 1
 *
 * @example
 * conditionalAffinities(Float64Array.of(1, 1, 4), 3, 2); // Float64Array [0.5, 0.5, 0]
 */
export function conditionalAffinities(squares: Float64Array, k: number, perplexity: number): Float64Array {
  const affinities = new Float64Array(squares.length);
  const excess = new Float64Array(k);
  for (let first = 0; first < squares.length; first += k) {
    calibrate(squares.subarray(first, first + k), excess, Math.log(perplexity), affinities.subarray(first, first + k));
  }
  return affinities;
}

function calibrate(squares: Float64Array, excess: Float64Array, entropy: number, affinities: Float64Array): void {
  const k = squares.length;
  const least = squares[0] as number;
  let nearest = 0; // how many are nearest together
  let total = 0;
  for (let j = 0; j < k; j++) {
    excess[j] = (squares[j] as number) - least;
    if (excess[j] === 0) nearest++;
    total += excess[j] as number;
  }
  if (nearest === k || Math.log(nearest) >= entropy - TOLERANCE) {
    affinities.fill(1 / nearest, 0, nearest);
    return;
  }
  let precision = k / total; // 1 / 2σ²
  let low = 0;
  let high = Infinity;
  for (let round = 0; round < 200; round++) {
    let sum = 0;
    let first = 0; // Σ wd, Σ wd²
    let second = 0;
    for (let j = 0; j < k; j++) {
      const d = excess[j] as number;
      const weight = Math.exp(-precision * d);
      affinities[j] = weight;
      sum += weight;
      first += weight * d;
      second += weight * d * d;
    }
    for (let j = 0; j < k; j++) affinities[j] = (affinities[j] as number) / sum;
    const mean = first / sum;
    const error = Math.log(sum) + precision * mean - entropy;
    if (Math.abs(error) <= TOLERANCE) return;
    if (error > 0) low = precision;
    else high = precision;
    const newton = precision + error / (precision * (second / sum - mean * mean)); // dH/dβ = −β Var(d)
    const inside = newton > low && newton < high && newton < 8 * precision;
    precision = inside ? newton : high === Infinity ? 2 * precision : (low + high) / 2;
    if (precision === low || precision === high) return; // as near as numbers lie
  }
}

/**
 * p_ij = (p_{j|i} + p_{i|j}) / 2n over the pairs of which one is the other's neighbour (van der Maaten 2014, eq. 8): symmetric, and
 * summing to 1 over all i and j.
 *
 * @param neighbors rows (n, k): the neighbours of each row
 * @param conditional (n, k): their p_{j|i}
 *
 * @example
 * const neighbors = { rows: Int32Array.of(1, 0, 1), k: 1 };
 * jointAffinities(neighbors, Float64Array.of(1, 1, 1)).values; // Float64Array [0.3333333333333333, 0.16666666666666666]
 */
export function jointAffinities({ rows, k }: Pick<Neighbors, "rows" | "k">, conditional: Float64Array): Affinities {
  const n = rows.length / k;
  const ends = new Int32Array(n + 1);
  for (let e = 0; e < rows.length; e++) {
    const smaller = Math.min(Math.floor(e / k), rows[e] as number);
    ends[smaller + 1] = (ends[smaller + 1] as number) + 1;
  }
  for (let i = 0; i < n; i++) ends[i + 1] = (ends[i + 1] as number) + (ends[i] as number);
  const starts = ends.slice();
  const others = new Int32Array(rows.length);
  const values = new Float64Array(rows.length);
  for (let e = 0; e < rows.length; e++) {
    const i = Math.floor(e / k);
    const j = rows[e] as number;
    const at = starts[Math.min(i, j)] as number;
    starts[Math.min(i, j)] = at + 1;
    others[at] = Math.max(i, j);
    values[at] = (conditional[e] as number) / (2 * n);
  }
  return merged(ends, others, values);
}

/** Sorts each row's pairs and makes one of those that were found from both ends; in place, as pairs only become fewer. */
function merged(ends: Int32Array, others: Int32Array, values: Float64Array): Affinities {
  const n = ends.length - 1;
  const starts = new Int32Array(n + 1);
  let kept = 0;
  for (let i = 0; i < n; i++) {
    const first = ends[i] as number;
    const row = Array.from({ length: (ends[i + 1] as number) - first }, (_, e) => ({
      other: others[first + e] as number,
      value: values[first + e] as number,
    })).sort((a, b) => a.other - b.other);
    starts[i] = kept;
    for (const { other, value } of row) {
      if (kept > (starts[i] as number) && others[kept - 1] === other) values[kept - 1] = (values[kept - 1] as number) + value;
      else {
        others[kept] = other;
        values[kept++] = value;
      }
    }
  }
  starts[n] = kept;
  return { rows: n, starts, others: others.slice(0, kept), values: values.slice(0, kept) };
}
