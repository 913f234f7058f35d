import type { Embeddings } from "../embeddings/embeddings.ts";
import { type MixtureTiles, mixtureTiles } from "../kernels/mixtures.ts";
import { type Components, type Covariance, distancesOf, inversesOf } from "./components.ts";
import { Moments } from "./moments.ts";
import { bayesOf, constantsOf, mostResponsible } from "./responsibilities.ts";

/** Products in densities; the plain code makes about a million in a millisecond. */
const WORTH_LAYING_OUT = 4e6;

/** What an iteration finds of the rows. */
export interface Expected {
  /** Mean ln p(x), in nats a row. */
  readonly logLikelihood: number;
  readonly moments: Moments;
}

/**
 * EM's E-step: responsibilities, used up as they come, and what the next mixture needs of them. `guesses`, (rows), hold the group that
 * each row is first compared with; then the most responsible one. Many rows are computed by the kernels: the same to rounding.
 *
 * @throws DataError if a group with weight has a singular covariance
 */
export function expectRows(where: string, X: Embeddings, components: Components, guesses: Int32Array): Expected {
  const tiles = tilesOf(where, X, components);
  return tiles ? expectByTiles(X, components, tiles, guesses) : expectPlainly(where, X, components, guesses);
}

/** The same row by row: what the kernels are held to. */
export function expectPlainly(where: string, X: Embeddings, components: Components, guesses: Int32Array): Expected {
  const { covariance, k, columns } = components;
  const bayes = bayesOf(components, distancesOf(where, components));
  const moments = new Moments(covariance, k, columns, components.means);
  const responsibilities = new Float64Array(k);
  const x = new Float64Array(columns);
  let sum = 0;
  for (let i = 0; i < X.rows; i++) {
    for (let d = 0; d < columns; d++) x[d] = X.values[i * columns + d] as number;
    sum += bayes(x, responsibilities, guesses[i] as number);
    guesses[i] = mostResponsible(responsibilities);
    moments.add(x, responsibilities);
  }
  return { logLikelihood: sum / X.rows, moments };
}

/**
 * The kernels, with this mixture in their memory; undefined where the plain code is as fast (the work is less than `least`), is all there
 * is, or has to (tied).
 */
export function tilesOf(where: string, X: Embeddings, components: Components, least = WORTH_LAYING_OUT): MixtureTiles | undefined {
  const { covariance, k, columns, means } = components;
  if (!worthTiles(X, covariance, k, least)) return undefined;
  return mixtureTiles({ values: X.values, columns, k, full: covariance === "full", means }, () => {
    const { logDeterminants, factors } = inversesOf(where, components);
    return { constants: constantsOf(components, logDeterminants), factors };
  });
}

/** Whether there is so much to do that the kernels pay. */
export function worthTiles(X: Embeddings, covariance: Covariance, k: number, least = WORTH_LAYING_OUT): boolean {
  return covariance !== "tied" && X.values.length * k * (covariance === "full" ? X.columns / 2 : 1) >= least;
}

/** Rows of one group lie side by side in the tiles: what is far from one of them is far from most. */
export function expectByTiles(X: Embeddings, components: Components, tiles: MixtureTiles, guesses: Int32Array): Expected {
  const { covariance, k, columns, means } = components;
  const order = orderOf(guesses, k);
  let sum = 0;
  for (let from = 0; from < X.rows; from += tiles.rows) {
    const part = order.subarray(from, from + tiles.rows);
    for (const logDensity of tiles.expect(part, guesses)) sum += logDensity;
    tiles.addMoments();
  }
  return { logLikelihood: sum / X.rows, moments: momentsOf({ covariance, k, columns, means }, tiles) };
}

/** Writes the responsibilities of a row. */
export type Shares = (i: number, responsibilities: Float64Array) => void;

/** Moments about `means`, (k, columns). */
type Asked = Pick<Components, "covariance" | "k" | "columns" | "means">;

/** To which groups rows belong. */
export interface Belonging {
  readonly shares: Shares;
  /** (rows): the most responsible group, which tells what rows to take together; −1 where there is none. */
  readonly guesses: Int32Array;
}

/** The moments of all rows with responsibilities that are given. */
export function addShares(X: Embeddings, asked: Asked, { shares, guesses }: Belonging, least = WORTH_LAYING_OUT): Moments {
  const { covariance, k, columns, means } = asked;
  const tiles = tilesWithoutDensities(X, asked, least);
  const responsibilities = new Float64Array(k);
  if (tiles === undefined) {
    const moments = new Moments(covariance, k, columns, means);
    const x = new Float64Array(columns);
    for (let i = 0; i < X.rows; i++) {
      shares(i, responsibilities);
      for (let d = 0; d < columns; d++) x[d] = X.values[i * columns + d] as number;
      moments.add(x, responsibilities);
    }
    return moments;
  }
  const order = orderOf(guesses, k);
  for (let from = 0; from < X.rows; from += tiles.rows) {
    const part = order.subarray(from, from + tiles.rows);
    tiles.take(part);
    for (let i = 0; i < part.length; i++) {
      shares(part[i] as number, responsibilities);
      for (let g = 0; g < k; g++) tiles.shares[g * tiles.stride + i] = responsibilities[g] as number;
    }
    tiles.addMoments();
  }
  return momentsOf(asked, tiles);
}

function tilesWithoutDensities(X: Embeddings, { covariance, k, columns, means }: Asked, least: number): MixtureTiles | undefined {
  if (!worthTiles(X, covariance, k, least)) return undefined;
  const full = covariance === "full";
  const none = { constants: new Float64Array(k), factors: new Float64Array(k * columns * (full ? columns : 1)) };
  return mixtureTiles({ values: X.values, columns, k, full, means }, () => none);
}

function momentsOf({ covariance, k, columns, means }: Asked, tiles: MixtureTiles): Moments {
  const { sizes, first, second } = tiles.sums();
  const moments = new Moments(covariance, k, columns, means);
  moments.sizes.set(sizes);
  moments.first.set(first);
  moments.second.set(covariance === "spherical" ? rowSums(second, columns) : second);
  return moments;
}

function rowSums(values: Float64Array, columns: number): Float64Array {
  const sums = new Float64Array(values.length / columns);
  for (let j = 0; j < values.length; j++) sums[Math.floor(j / columns)] = (sums[Math.floor(j / columns)] as number) + (values[j] as number);
  return sums;
}

/** The rows by their guess, those of one guess in their order; those with none last. */
export function orderOf(guesses: Int32Array, k: number): Int32Array {
  const next = new Int32Array(k + 1);
  const groupOf = (i: number) => ((guesses[i] as number) < 0 ? k : (guesses[i] as number));
  for (let i = 0; i < guesses.length; i++) next[groupOf(i)] = (next[groupOf(i)] as number) + 1;
  let before = 0;
  for (let g = 0; g <= k; g++) {
    before += next[g] as number;
    next[g] = before - (next[g] as number);
  }
  const order = new Int32Array(guesses.length);
  for (let i = 0; i < order.length; i++) {
    const place = next[groupOf(i)] as number;
    next[groupOf(i)] = place + 1;
    order[place] = i;
  }
  return order;
}
