import { squaredDistance } from "../embeddings/distances.ts";
import type { RowPasses, RowState } from "../kernels/k-means.ts";

/** Room for rounding in a bound: distances agree to far more digits than this. */
const ROUNDING = 1e-9;

/**
 * Gives each row to its nearest center, the smaller number of equals; writes `clusters` and `squares`, both (rows).
 *
 * `clusters` come in as they were, −1 where unknown. `beyond`, (rows), says of each row that no center but its own is nearer than
 * this; 0 where nothing is known. A row that is nearer to its own center than that stays without a look at the others (Hamerly
 * 2010, "Making k-means even faster"), which changes the time and nothing else. It is rewritten.
 */
export function assignToNearest(
  points: Float64Array,
  centers: Float64Array,
  columns: number,
  clusters: Int32Array,
  squares: Float64Array,
  beyond: Float64Array,
): { inertia: number; moved: number } {
  const k = centers.length / columns;
  let inertia = 0;
  let moved = 0;
  for (let i = 0; i < clusters.length; i++) {
    const own = Math.max(0, clusters[i] as number);
    let nearest = own;
    let least = squaredDistance(points, i, centers, own, columns);
    if (clusters[i] !== own || Math.sqrt(least) * (1 + ROUNDING) >= (beyond[i] as number)) {
      let second = Infinity;
      for (let c = 0; c < k; c++) {
        if (c === own) continue;
        const square = squaredDistance(points, i, centers, c, columns, second);
        if (square < least || (square === least && c < nearest)) {
          second = least;
          least = square;
          nearest = c;
        } else if (square < second) second = square;
      }
      beyond[i] = Math.sqrt(second);
    }
    if (clusters[i] !== nearest) moved++;
    clusters[i] = nearest;
    squares[i] = least;
    inertia += least;
  }
  return { inertia, moved };
}

/**
 * Moves each center to the mean of its rows, after giving each empty cluster the row farthest from its own center; `beyond` is
 * lowered by as much as the centers moved.
 */
export function moveToMeans(passes: Pick<RowPasses, "addUp" | "measure">, centers: Float64Array, columns: number, state: RowState): void {
  const { clusters, squares, beyond } = state;
  const k = centers.length / columns;
  const sizes = new Int32Array(k);
  for (const c of clusters) sizes[c] = (sizes[c] as number) + 1;
  if (sizes.includes(0)) passes.measure(centers, state);
  for (let c = 0; c < k; c++) if (sizes[c] === 0) fillEmpty(c, clusters, squares, sizes, beyond);

  const before = Float64Array.from(centers);
  for (let c = 0; c < k; c++) if (sizes[c] !== 0) centers.fill(0, c * columns, (c + 1) * columns);
  passes.addUp(clusters, centers);
  for (let c = 0; c < k; c++) {
    const size = sizes[c] as number;
    if (size === 0) continue;
    for (let d = c * columns; d < (c + 1) * columns; d++) centers[d] = (centers[d] as number) / size;
  }
  lower(beyond, clusters, before, centers, columns);
}

/** No center but a row's own has come nearer to it than by the longest way another one went. */
function lower(beyond: Float64Array, clusters: Int32Array, before: Float64Array, after: Float64Array, columns: number): void {
  let [farthest, most, second] = [-1, 0, 0];
  for (let c = 0; c < after.length / columns; c++) {
    const way = Math.sqrt(squaredDistance(before, c, after, c, columns)) * (1 + ROUNDING);
    if (way > most) [farthest, most, second] = [c, way, most];
    else if (way > second) second = way;
  }
  for (let i = 0; i < beyond.length; i++) {
    beyond[i] = (beyond[i] as number) * (1 - ROUNDING) - (clusters[i] === farthest ? second : most);
  }
}

/** Leaves the cluster empty when every row sits on its center or is alone in its cluster. */
function fillEmpty(empty: number, clusters: Int32Array, squares: Float64Array, sizes: Int32Array, beyond: Float64Array): void {
  let farthest = -1;
  let most = 0;
  for (let i = 0; i < clusters.length; i++) {
    if ((squares[i] as number) > most && (sizes[clusters[i] as number] as number) > 1) {
      most = squares[i] as number;
      farthest = i;
    }
  }
  if (farthest < 0) return;
  const from = clusters[farthest] as number;
  sizes[from] = (sizes[from] as number) - 1;
  sizes[empty] = 1;
  clusters[farthest] = empty;
  squares[farthest] = 0;
  beyond[farthest] = 0;
}
