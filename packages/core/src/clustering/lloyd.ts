import { squaredDistance } from "../embeddings/distances.ts";

/** Gives each row to its nearest center, the smaller number of equals; writes `clusters` and `squares`, both (rows). */
export function assignToNearest(
  points: Float64Array,
  centers: Float64Array,
  columns: number,
  clusters: Int32Array,
  squares: Float64Array,
): { inertia: number; moved: number } {
  const k = centers.length / columns;
  let inertia = 0;
  let moved = 0;
  for (let i = 0; i < clusters.length; i++) {
    let nearest = 0;
    let least = squaredDistance(points, i, centers, 0, columns);
    for (let c = 1; c < k; c++) {
      const square = squaredDistance(points, i, centers, c, columns, least);
      if (square < least) {
        least = square;
        nearest = c;
      }
    }
    if (clusters[i] !== nearest) moved++;
    clusters[i] = nearest;
    squares[i] = least;
    inertia += least;
  }
  return { inertia, moved };
}

/** Moves each center to the mean of its rows, after giving each empty cluster the row farthest from its own center. */
export function moveToMeans(
  points: Float64Array,
  centers: Float64Array,
  columns: number,
  clusters: Int32Array,
  squares: Float64Array,
): void {
  const k = centers.length / columns;
  const sizes = new Int32Array(k);
  for (const c of clusters) sizes[c] = (sizes[c] as number) + 1;
  for (let c = 0; c < k; c++) if (sizes[c] === 0) fillEmpty(c, clusters, squares, sizes);

  for (let c = 0; c < k; c++) if (sizes[c] !== 0) centers.fill(0, c * columns, (c + 1) * columns);
  for (let i = 0; i < clusters.length; i++) {
    const at = (clusters[i] as number) * columns;
    for (let d = 0; d < columns; d++) centers[at + d] = (centers[at + d] as number) + (points[i * columns + d] as number);
  }
  for (let c = 0; c < k; c++) {
    const size = sizes[c] as number;
    if (size === 0) continue;
    for (let d = c * columns; d < (c + 1) * columns; d++) centers[d] = (centers[d] as number) / size;
  }
}

/** Leaves the cluster empty when every row sits on its center or is alone in its cluster. */
function fillEmpty(empty: number, clusters: Int32Array, squares: Float64Array, sizes: Int32Array): void {
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
}
