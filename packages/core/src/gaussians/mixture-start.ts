import { passesOver } from "../clustering/passes.ts";
import { Embeddings } from "../embeddings/embeddings.ts";
import { DataError, ShapeError } from "../errors.ts";
import { kernels } from "../kernels/loaded.ts";
import type { Components, Covariance } from "./components.ts";
import { addShares, type Belonging, orderOf, type Shares, worthTiles } from "./expect-rows.ts";
import { maximize, type Scatter } from "./moments.ts";
import { mostResponsible } from "./responsibilities.ts";

/**
 * Where EM starts: means, (k, columns), each row then belonging to the nearest; or the group of each row; or the responsibilities,
 * (rows, k), each row summing to 1. Each way the first mixture is the one of greatest likelihood given these.
 */
export type MixtureStart = ArrayLike<number> | { readonly clusters: ArrayLike<number> } | { readonly responsibilities: ArrayLike<number> };

interface MixtureShape {
  readonly k: number;
  readonly covariance: Covariance;
  readonly regularization: number;
  readonly scatter: Scatter | undefined;
}

/** The first mixture, and the rows in the order that EM takes them in. */
interface Started {
  readonly components: Components;
  readonly X: Embeddings;
  /** (rows): the group that each row of X starts in. */
  readonly guesses: Int32Array;
}

/** Bytes of rows up to which they are laid out anew. */
const MOST_SORTED = 67_108_864;

/** The mixture of greatest likelihood given where each row is said to belong. */
export function startOf(where: string, given: Embeddings, initial: MixtureStart, shape: MixtureShape): Started {
  const { k, covariance, regularization, scatter } = shape;
  const { X, ...belonging } = sorted(given, sharesOf(where, given, k, initial), shape);
  const { columns } = X;
  const about = addShares(X, { covariance: "spherical", k, columns, means: new Float64Array(k * columns) }, belonging);
  const middle = meanOf(X);
  const means = about.first.map((sum, j) => {
    const size = about.sizes[Math.floor(j / columns)] as number;
    return size > 0 ? sum / size : (middle[j % columns] as number); // a group without rows stands in the middle of all
  });
  const moments = addShares(X, { covariance, k, columns, means }, belonging);
  return { components: maximize(moments, regularization, scatter), X, guesses: belonging.guesses };
}

/** Rows of one group one after the other, if kernels are to read them: what is read in turn is there at once. */
function sorted(X: Embeddings, shares: Shares, { k, covariance }: MixtureShape): Belonging & { readonly X: Embeddings } {
  const guesses = new Int32Array(X.rows);
  const responsibilities = new Float64Array(k);
  for (let i = 0; i < X.rows; i++) {
    shares(i, responsibilities);
    guesses[i] = mostResponsible(responsibilities);
  }
  if (X.values.byteLength > MOST_SORTED || !worthTiles(X, covariance, k) || kernels() === undefined) return { X, guesses, shares };
  const order = orderOf(guesses, k);
  const sharesThere: Shares = (i, to) => shares(order[i] as number, to);
  return { X: new Embeddings(X.values, X.columns).take(order), guesses: order.map((i) => guesses[i] as number), shares: sharesThere };
}

/** (columns) */
function meanOf({ values, rows, columns }: Embeddings): Float64Array {
  const mean = new Float64Array(columns);
  for (let j = 0; j < values.length; j++) mean[j % columns] = (mean[j % columns] as number) + (values[j] as number) / rows;
  return mean;
}

/** Writes the responsibilities of a row, as the start says they are. */
function sharesOf(where: string, X: Embeddings, k: number, initial: MixtureStart): Shares {
  if ("responsibilities" in initial) {
    const given = initial.responsibilities;
    refuseLength(`${where}: expected initial responsibilities`, given.length, X.rows * k, `${X.rows} rows of ${k} numbers`);
    for (let i = 0; i < X.rows; i++) {
      let sum = 0;
      for (let g = 0; g < k; g++) sum += (given[i * k + g] as number) >= 0 ? (given[i * k + g] as number) : Number.NaN;
      if (!(Math.abs(sum - 1) <= 1e-6)) {
        throw new DataError(`${where}: expected initial responsibilities from 0 that sum to 1, but row ${i} sums to ${sum}.`);
      }
    }
    return (i, responsibilities) => {
      for (let g = 0; g < k; g++) responsibilities[g] = given[i * k + g] as number;
    };
  }
  const clusters = "clusters" in initial ? initial.clusters : nearestMeans(where, X, k, initial);
  refuseLength(`${where}: expected initial clusters`, clusters.length, X.rows, `${X.rows} numbers, one per row`);
  for (let i = 0; i < X.rows; i++) {
    const g = clusters[i] as number;
    if (Number.isInteger(g) && g >= 0 && g < k) continue;
    throw new DataError(`${where}: expected initial clusters from 0 to ${k - 1}, but row ${i} has ${g}.`);
  }
  return (i, responsibilities) => {
    responsibilities.fill(0);
    responsibilities[clusters[i] as number] = 1;
  };
}

function nearestMeans(where: string, X: Embeddings, k: number, means: ArrayLike<number>): Int32Array {
  refuseLength(`${where}: expected initial means`, means.length, k * X.columns, `${k} means of ${X.columns} numbers`);
  const bad = Array.from(means).find((value) => !Number.isFinite(value));
  if (bad !== undefined) throw new DataError(`${where}: expected initial means to be finite, but got ${bad}.`);
  const clusters = new Int32Array(X.rows).fill(-1);
  const [squares, beyond] = [new Float64Array(X.rows), new Float64Array(X.rows)];
  passesOver(X, k).assign(Float64Array.from(means), { clusters, squares, beyond });
  return clusters;
}

function refuseLength(what: string, got: number, wanted: number, expected: string): void {
  if (got === wanted) return;
  throw new ShapeError(`${what} to be ${expected}, but got ${got} numbers.`);
}
