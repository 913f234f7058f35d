import { DataError } from "../errors.ts";
import { cholesky, inverseOfLower } from "./cholesky.ts";

/**
 * What the covariances of a mixture share: `full`, a matrix a group; `tied`, one matrix for all; `diagonal`, a variance a group and
 * column; `spherical`, a variance a group (the paper's eq. 3, σ² there).
 */
export type Covariance = "full" | "tied" | "diagonal" | "spherical";

/** The Gaussians of a mixture and their weights. */
export interface Components {
  readonly covariance: Covariance;
  readonly k: number;
  readonly columns: number;
  /** (k): P(group), summing to 1; 0 for a group that no row belongs to. */
  readonly weights: Float64Array;
  /** (k, columns) */
  readonly means: Float64Array;
  /** (k, columns, columns), (columns, columns), (k, columns) or (k), as `covariance` says. */
  readonly covariances: Float64Array;
}

/** How many numbers the covariances of k groups are. */
export function covarianceLength(covariance: Covariance, k: number, columns: number): number {
  if (covariance === "full") return k * columns * columns;
  if (covariance === "tied") return columns * columns;
  return covariance === "diagonal" ? k * columns : k;
}

/** How many numbers of a mixture are free: weights, means and the covariances' own. */
export function freeParameters(covariance: Covariance, k: number, columns: number): number {
  const matrix = (columns * (columns + 1)) / 2;
  const free = { full: k * matrix, tied: matrix, diagonal: k * columns, spherical: k }[covariance];
  return free + k * columns + k - 1;
}

/** Squared Mahalanobis distances of one row after the other to each group. */
export interface Distances {
  /** (k): ln |Σ| of each group. */
  readonly logDeterminants: Float64Array;
  /** Turns to this row, (columns). */
  place(x: Float64Array): void;
  /** (x − μ)ᵀ Σ⁻¹ (x − μ) for group g, or any number above `limit` once it is known to exceed that. */
  square(g: number, limit: number): number;
}

/**
 * Distances in the units of each group's own covariance.
 *
 * @throws DataError if a group with weight has a singular covariance
 */
export function distancesOf(where: string, components: Components): Distances {
  const { covariance } = components;
  if (covariance === "full") return fullDistances(where, components);
  if (covariance === "tied") return tiedDistances(where, components);
  return axisDistances(where, components);
}

/** What turns differences from the mean into units of the covariance. */
export interface Inverses {
  /** (k): ln |Σ| of each group. */
  readonly logDeterminants: Float64Array;
  /** full: W of each group, (k, columns, columns), Σ⁻¹ = Wᵀ W, zeros above its diagonal; else (k, columns), 1 / deviation. */
  readonly factors: Float64Array;
}

/**
 * {@link Inverses} of any mixture but a tied one; those of a group without weight are 0.
 *
 * @throws DataError if a group with weight has a singular covariance
 */
export function inversesOf(where: string, components: Components): Inverses {
  return components.covariance === "full" ? fullInverses(where, components) : axisInverses(where, components);
}

function fullInverses(where: string, { k, columns, weights, covariances }: Components): Inverses {
  const size = columns * columns;
  const factors = new Float64Array(k * size);
  const logDeterminants = new Float64Array(k);
  for (let g = 0; g < k; g++) {
    if (weights[g] === 0) continue;
    const { whitening, logDeterminant } = whiten(where, covariances.subarray(g * size, (g + 1) * size), columns, `group ${g} is`);
    factors.set(whitening, g * size);
    logDeterminants[g] = logDeterminant;
  }
  return { logDeterminants, factors };
}

function axisInverses(where: string, { covariance, k, columns, weights, covariances }: Components): Inverses {
  const factors = new Float64Array(k * columns);
  const logDeterminants = new Float64Array(k);
  for (let g = 0; g < k; g++) {
    if (weights[g] === 0) continue;
    for (let d = 0; d < columns; d++) {
      const variance = covariances[covariance === "diagonal" ? g * columns + d : g] as number;
      if (!(variance > 0)) throw singular(where, `group ${g} is`);
      factors[g * columns + d] = 1 / Math.sqrt(variance);
      logDeterminants[g] = (logDeterminants[g] as number) + Math.log(variance);
    }
  }
  return { logDeterminants, factors };
}

/** The square is ‖W (x − μ)‖², summed row by row of W so that it can stop early. */
function fullDistances(where: string, components: Components): Distances {
  const { columns, means } = components;
  const { logDeterminants, factors: W } = inversesOf(where, components);
  const size = columns * columns;
  let placed = new Float64Array(columns);
  const apart = new Float64Array(columns);
  return {
    logDeterminants,
    place(x) {
      placed = x as Float64Array<ArrayBuffer>;
    },
    square(g, limit) {
      const at = g * columns;
      for (let d = 0; d < columns; d++) apart[d] = (placed[d] as number) - (means[at + d] as number);
      let sum = 0;
      for (let j = 0; j < columns; j++) {
        const y = dotOfRow(W, g * size + j * columns, apart, j + 1);
        sum += y * y;
        if (sum > limit) return sum;
      }
      return sum;
    },
  };
}

/** Rows and means are whitened once; the square is then an ordinary squared distance. */
function tiedDistances(where: string, { k, columns, means, covariances }: Components): Distances {
  const { whitening, logDeterminant } = whiten(where, covariances, columns, "all groups is");
  const centers = new Float64Array(k * columns);
  for (let g = 0; g < k; g++) {
    const mean = means.subarray(g * columns, (g + 1) * columns);
    for (let j = 0; j < columns; j++) centers[g * columns + j] = dotOfRow(whitening, j * columns, mean, j + 1);
  }
  const placed = new Float64Array(columns);
  return {
    logDeterminants: new Float64Array(k).fill(logDeterminant),
    place(x) {
      for (let j = 0; j < columns; j++) placed[j] = dotOfRow(whitening, j * columns, x, j + 1);
    },
    square(g, limit) {
      const at = g * columns;
      let sum = 0;
      for (let j = 0; j < columns; j++) {
        const y = (placed[j] as number) - (centers[at + j] as number);
        sum += y * y;
        if (sum > limit) return sum;
      }
      return sum;
    },
  };
}

/** Columns are independent: each difference is divided by its deviation. */
function axisDistances(where: string, components: Components): Distances {
  const { columns, means } = components;
  const { logDeterminants, factors: inverses } = inversesOf(where, components);
  let placed = new Float64Array(columns);
  return {
    logDeterminants,
    place(x) {
      placed = x as Float64Array<ArrayBuffer>;
    },
    square(g, limit) {
      const at = g * columns;
      let sum = 0;
      for (let d = 0; d < columns; d++) {
        const y = ((placed[d] as number) - (means[at + d] as number)) * (inverses[at + d] as number);
        sum += y * y;
        if (sum > limit) return sum;
      }
      return sum;
    },
  };
}

function whiten(where: string, covariance: Float64Array, columns: number, whose: string) {
  const L = cholesky(covariance, columns);
  if (L === undefined) throw singular(where, whose);
  let logDeterminant = 0;
  for (let d = 0; d < columns; d++) logDeterminant += 2 * Math.log(L[d * columns + d] as number);
  return { whitening: inverseOfLower(L, columns), logDeterminant };
}

/** Four sums side by side, so that one multiplication does not wait for the other. */
function dotOfRow(W: Float64Array, from: number, x: Float64Array, length: number): number {
  let [a, b, c, e] = [0, 0, 0, 0];
  let d = 0;
  for (; d + 3 < length; d += 4) {
    a += (W[from + d] as number) * (x[d] as number);
    b += (W[from + d + 1] as number) * (x[d + 1] as number);
    c += (W[from + d + 2] as number) * (x[d + 2] as number);
    e += (W[from + d + 3] as number) * (x[d + 3] as number);
  }
  for (; d < length; d++) a += (W[from + d] as number) * (x[d] as number);
  return a + b + (c + e);
}

function singular(where: string, whose: string): DataError {
  return new DataError(
    `${where}: expected covariances that can be inverted, but that of ${whose} singular: its rows do not spread in every direction.\n` +
      "  Use fewer groups, a covariance of fewer parameters (diagonal, spherical), or a regularization above 0.",
  );
}
