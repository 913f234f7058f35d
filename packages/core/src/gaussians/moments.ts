import type { Embeddings } from "../embeddings/embeddings.ts";
import { type Components, type Covariance, covarianceLength } from "./components.ts";

/**
 * Weighted sums over rows, all that the next mixture needs: how many rows each group has, and the first and second moments about
 * a reference point of each group. They take k × columns² numbers at most, whatever the rows.
 */
export class Moments {
  readonly covariance: Covariance;
  readonly columns: number;
  readonly k: number;
  /** (k, columns): what differences are taken from, near the means so that nothing cancels. */
  readonly reference: Float64Array;
  /** (k): Σ r */
  readonly sizes: Float64Array;
  /** (k, columns): Σ r (x − reference) */
  readonly first: Float64Array;
  /** Shaped as the covariances: Σ r (x − reference)(x − reference)ᵀ, lower triangles; unused where tied. */
  readonly second: Float64Array;
  readonly #apart: Float64Array;

  constructor(covariance: Covariance, k: number, columns: number, reference: Float64Array) {
    this.covariance = covariance;
    this.k = k;
    this.columns = columns;
    this.reference = reference;
    this.sizes = new Float64Array(k);
    this.first = new Float64Array(k * columns);
    this.second = new Float64Array(covariance === "tied" ? 0 : covarianceLength(covariance, k, columns));
    this.#apart = new Float64Array(columns);
  }

  /** Adds one row with its responsibilities, (k). */
  add(x: Float64Array, responsibilities: Float64Array): void {
    for (let g = 0; g < this.k; g++) {
      const r = responsibilities[g] as number;
      if (r > 0) this.#addTo(g, x, r);
    }
  }

  #addTo(g: number, x: Float64Array, r: number): void {
    const { columns, covariance, first, second, reference } = this;
    const apart = this.#apart;
    const at = g * columns;
    this.sizes[g] = (this.sizes[g] as number) + r;
    let square = 0;
    for (let d = 0; d < columns; d++) {
      const difference = (x[d] as number) - (reference[at + d] as number);
      apart[d] = difference;
      square += difference * difference;
      first[at + d] = (first[at + d] as number) + r * difference;
    }
    if (covariance === "spherical") {
      second[g] = (second[g] as number) + r * square;
    } else if (covariance === "diagonal") {
      for (let d = 0; d < columns; d++) second[at + d] = (second[at + d] as number) + r * (apart[d] as number) ** 2;
    } else if (covariance === "full") {
      for (let a = 0; a < columns; a++) {
        const weighted = r * (apart[a] as number);
        const row = (at + a) * columns;
        for (let b = 0; b <= a; b++) second[row + b] = (second[row + b] as number) + weighted * (apart[b] as number);
      }
    }
  }
}

/**
 * Sums of squares of all rows about their mean, which the tied covariance is the rest of once the groups' means are known.
 * The lower triangle, (columns, columns).
 */
export interface Scatter {
  readonly mean: Float64Array;
  readonly matrix: Float64Array;
}

/** {@link Scatter} of all rows. */
export function scatterOf({ values, rows, columns }: Embeddings): Scatter {
  const mean = new Float64Array(columns);
  for (let i = 0; i < rows; i++) for (let d = 0; d < columns; d++) mean[d] = (mean[d] as number) + (values[i * columns + d] as number);
  for (let d = 0; d < columns; d++) mean[d] = (mean[d] as number) / rows;
  const about = new Moments("full", 1, columns, mean);
  const x = new Float64Array(columns);
  const one = Float64Array.of(1);
  for (let i = 0; i < rows; i++) {
    for (let d = 0; d < columns; d++) x[d] = values[i * columns + d] as number;
    about.add(x, one);
  }
  return { mean, matrix: about.second };
}

/**
 * The mixture of greatest likelihood given the responsibilities, `regularization` added to every variance (EM's M-step).
 * A group of no rows gets weight 0 and keeps its mean and covariance from `before`.
 */
export function maximize(moments: Moments, regularization: number, scatter: Scatter | undefined, before?: Components): Components {
  const { covariance, k, columns, reference, sizes, first } = moments;
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const shift = first.map((sum, j) => sum / (sizes[Math.floor(j / columns)] as number));
  const means = shift.map((moved, j) => (reference[j] as number) + moved);
  const covariances = new Float64Array(covarianceLength(covariance, k, columns));
  const each = covarianceLength(covariance, 1, columns);
  for (let g = 0; g < k; g++) {
    const size = sizes[g] as number;
    if (size > 0) {
      const moved = shift.subarray(g * columns, (g + 1) * columns);
      if (covariance !== "tied") covariances.set(covarianceOf(moments, g, moved, regularization), g * each);
      continue;
    }
    means.set((before?.means ?? reference).subarray(g * columns, (g + 1) * columns), g * columns); // where it was last
    if (covariance === "tied") continue;
    covariances.set(before?.covariances.subarray(g * each, (g + 1) * each) ?? onePoint(covariance, columns, regularization), g * each);
  }
  if (covariance === "tied") covariances.set(tiedCovariance(moments, means, scatter as Scatter, regularization));
  return { covariance, k, columns, weights: sizes.map((size) => size / total), means, covariances };
}

/** The covariance of a group that is one point, or none: nothing but what is added to every variance. */
function onePoint(covariance: Covariance, columns: number, regularization: number): Float64Array {
  const numbers = new Float64Array(covarianceLength(covariance, 1, columns));
  if (covariance !== "full") return numbers.fill(regularization);
  for (let d = 0; d < columns; d++) numbers[d * columns + d] = regularization;
  return numbers;
}

/** Second moments of group g about its mean, as many numbers as one group's covariance has. */
function covarianceOf(moments: Moments, g: number, moved: Float64Array, regularization: number): Float64Array {
  const { covariance, columns, second } = moments;
  const size = moments.sizes[g] as number;
  if (covariance === "full") {
    const matrix = new Float64Array(columns * columns);
    for (let a = 0; a < columns; a++) {
      for (let b = 0; b <= a; b++) {
        const about = (second[(g * columns + a) * columns + b] as number) / size;
        const value = about - (moved[a] as number) * (moved[b] as number);
        matrix[a * columns + b] = matrix[b * columns + a] = value;
      }
      matrix[a * columns + a] =
        remainder((second[(g * columns + a) * columns + a] as number) / size, (moved[a] as number) ** 2) + regularization;
    }
    return matrix;
  }
  if (covariance === "diagonal") {
    return moved.map((move, d) => remainder((second[g * columns + d] as number) / size, move * move) + regularization);
  }
  const square = moved.reduce((sum, move) => sum + move * move, 0);
  return Float64Array.of(remainder((second[g] as number) / size, square) / columns + regularization);
}

/** a − b where a ≥ b: 0 where nothing but rounding is left. */
function remainder(a: number, b: number): number {
  const left = a - b;
  return left > 8 * Number.EPSILON * a ? left : 0;
}

function tiedCovariance(
  { k, columns, sizes }: Moments,
  means: Float64Array,
  { mean, matrix }: Scatter,
  regularization: number,
): Float64Array {
  const covariance = Float64Array.from(matrix);
  let total = 0;
  for (let g = 0; g < k; g++) {
    const size = sizes[g] as number;
    if (size === 0) continue;
    total += size;
    for (let a = 0; a < columns; a++) {
      const weighted = size * ((means[g * columns + a] as number) - (mean[a] as number));
      for (let b = 0; b <= a; b++) {
        const at = a * columns + b;
        covariance[at] = (covariance[at] as number) - weighted * ((means[g * columns + b] as number) - (mean[b] as number));
      }
    }
  }
  for (let a = 0; a < columns; a++) {
    for (let b = 0; b <= a; b++) {
      const value = (covariance[a * columns + b] as number) / total;
      covariance[a * columns + b] = covariance[b * columns + a] = value;
    }
    covariance[a * columns + a] = (covariance[a * columns + a] as number) + regularization;
  }
  return covariance;
}
