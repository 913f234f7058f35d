import type { Embeddings } from "../embeddings/embeddings.ts";
import { refuseNonFinite } from "../embeddings/finite.ts";
import { invalidOption, refuseUnknown, ShapeError } from "../errors.ts";
import { conditionalAffinities } from "./affinities.ts";
import { refuseUnusablePositions } from "./positions.ts";
import { Quadtree } from "./quadtree.ts";
import type { Projection } from "./tsne.ts";
import { VantagePointTree } from "./vantage-point-tree.ts";

export interface PlaceOptions {
  /** How many rows of the map a new row attends to, at a perplexity of a third of them; from 3 to the rows of the map. */
  readonly k?: number;
  /** The most steps that a point makes from where its neighbours put it; 0 leaves it there. */
  readonly iterations?: number;
}

/** The affinities of a new row count this often: above 1 its place is never in the infinite, where the map's push would carry it. */
const EXAGGERATION = 2;
const THETA = 0.5;
const MEDIAN_ROUNDS = 100;
const HALVINGS = 12;

/**
 * Where new rows belong on a map that stays as it is: (rows of newX, 2).
 *
 * A new row attends to its k nearest rows of the map as in t-SNE, p_j. Its point starts at the geometric median of theirs, weighted
 * by p (which unlike the mean does not lie in the void between two groups), and goes down the gradient of its own KL(p‖q),
 * q_j = w_j / Σ w over the whole map, with p doubled so that a dense group does not push it out; a step that would not
 * lessen it is halved. Each point is placed by itself: order does not matter, many at once lie where they lie one by one, nothing is
 * drawn at random. After Poličar, Stražar and Zupan 2023, who also take 15 neighbours.
 *
 * @param map the projection of X
 * @param X the rows that the map was made of
 * @throws OptionError if k or iterations is out of range, or an option unknown
 * @throws ShapeError if map and X differ in rows, or X and newX in columns
 * @throws DataError if X, newX or the map holds NaN or an infinite value
 *
 * @example
 * const X = new Embeddings(Float32Array.of(0, 1, 2, 30, 31, 32), 1);
 * const map = { positions: Float64Array.of(0, 0, 1, 0, 2, 0, 7, 0, 8, 0, 9, 0) };
 * placeOnMap(map, X, new Embeddings(Float32Array.of(31), 1), { k: 3, iterations: 0 }).map(Math.round); // Float64Array [8, 0]
 */
export function placeOnMap(map: Pick<Projection, "positions">, X: Embeddings, newX: Embeddings, options: PlaceOptions = {}): Float64Array {
  const { k = Math.min(15, X.rows), iterations = 25 } = options;
  refuseUnusable(map, { X, newX }, options, { k, iterations });
  const tree = new VantagePointTree(Float64Array.from(X.values), X.columns);
  const far = new Quadtree(X.rows, THETA);
  far.build(map.positions);
  const queries = Float64Array.from(newX.values);
  const rows = new Int32Array(k);
  const squares = new Float64Array(k);
  const placed = new Float64Array(2 * newX.rows);
  for (let i = 0; i < newX.rows; i++) {
    tree.search(queries, i, -1, rows, squares, 0, k);
    const pull = { p: conditionalAffinities(squares, k, k / 3), at: positionsOf(map.positions, rows) };
    const start = weightedMedian(pull);
    placed.set(descended(start, pull, far, iterations), 2 * i);
  }
  return placed;
}

/** What draws a new point: affinities (k) and positions (k, 2). */
interface Pull {
  readonly p: Float64Array;
  readonly at: Float64Array;
}
type Point = readonly [x: number, y: number];

function positionsOf(positions: Float64Array, rows: Int32Array): Float64Array {
  const at = new Float64Array(2 * rows.length);
  rows.forEach((row, e) => {
    at.set(positions.subarray(2 * row, 2 * row + 2), 2 * e);
  });
  return at;
}

/** The point of least weighted distance to all, by Weiszfeld's iteration from their mean. */
function weightedMedian({ p, at }: Pull): Point {
  let [x, y] = [0, 0];
  for (let e = 0; e < p.length; e++) {
    x += (p[e] as number) * (at[2 * e] as number);
    y += (p[e] as number) * (at[2 * e + 1] as number);
  }
  let spread = 0;
  for (let e = 0; e < p.length; e++) spread = Math.max(spread, distance(x, y, at, e));
  const negligible = 1e-9 * spread;
  for (let round = 0; round < MEDIAN_ROUNDS && spread > 0; round++) {
    let [sum, sumX, sumY] = [0, 0, 0];
    for (let e = 0; e < p.length; e++) {
      const weight = (p[e] as number) / Math.max(negligible, distance(x, y, at, e));
      sum += weight;
      sumX += weight * (at[2 * e] as number);
      sumY += weight * (at[2 * e + 1] as number);
    }
    const moved = Math.max(Math.abs(sumX / sum - x), Math.abs(sumY / sum - y));
    x = sumX / sum;
    y = sumY / sum;
    if (moved <= negligible) break;
  }
  return [x, y];
}

function distance(x: number, y: number, at: Float64Array, e: number): number {
  return Math.sqrt((x - (at[2 * e] as number)) ** 2 + (y - (at[2 * e + 1] as number)) ** 2);
}

function descended(start: Point, pull: Pull, far: Quadtree, iterations: number): Point {
  let here = slopeAt(start, pull, far);
  let rate = 1;
  for (let iteration = 0; iteration < iterations; iteration++) {
    const before = here;
    for (let halving = 0; halving < HALVINGS && here === before; halving++) {
      const there = slopeAt([here.x - rate * here.slopeX, here.y - rate * here.slopeY], pull, far);
      if (there.divergence < here.divergence) here = there;
      rate *= here === before ? 0.5 : 2;
    }
    if (here === before) break;
  }
  return [here.x, here.y];
}

/** Exaggerated KL(p‖q) of one point, but for what does not depend on where it is, and its gradient. */
function slopeAt([x, y]: Point, { p, at }: Pull, far: Quadtree) {
  const push = new Float64Array(2);
  const Z = far.repulsionOn(x, y, push, 0);
  let divergence = Math.log(Z);
  let slopeX = (-2 * (push[0] as number)) / Z;
  let slopeY = (-2 * (push[1] as number)) / Z;
  for (let e = 0; e < p.length; e++) {
    const dx = x - (at[2 * e] as number);
    const dy = y - (at[2 * e + 1] as number);
    const opened = 1 + dx * dx + dy * dy;
    const drawn = EXAGGERATION * (p[e] as number);
    divergence += drawn * Math.log(opened);
    slopeX += (2 * drawn * dx) / opened;
    slopeY += (2 * drawn * dy) / opened;
  }
  return { x, y, divergence, slopeX, slopeY };
}

function refuseUnusable(
  map: Pick<Projection, "positions">,
  { X, newX }: Readonly<Record<"X" | "newX", Embeddings>>,
  options: PlaceOptions,
  { k, iterations }: Required<PlaceOptions>,
): void {
  const where = "placeOnMap";
  refuseUnknown(where, options, ["k", "iterations"]);
  if (newX.columns !== X.columns) throw new ShapeError(`${where}: X has ${X.columns} columns but newX has ${newX.columns}.`);
  refuseUnusablePositions(where, "map", map.positions, { rows: X.rows, columns: 2 });
  if (!Number.isInteger(k) || k < 3 || k > X.rows) {
    throw invalidOption(where, "k", `a whole number from 3 to the ${X.rows} rows of the map`, k);
  }
  if (!Number.isInteger(iterations) || iterations < 0) throw invalidOption(where, "iterations", "a whole number from 0", iterations);
  refuseNonFinite(where, X);
  refuseNonFinite(where, newX);
}
