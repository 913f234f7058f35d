import { squaredDistance } from "../embeddings/distances.ts";
import type { Random } from "../random.ts";

/**
 * Starting centers far apart, (k, columns): rows drawn one after the other with probability proportional to the squared
 * distance from those already drawn (k-means++, Arthur and Vassilvitskii 2007). For each center 2 + ⌊ln k⌋ rows are drawn and
 * the one kept that leaves the least distance over all rows, as scikit-learn does. Where every row equals a center already,
 * any row is drawn.
 */
export function plusPlusCenters(points: Float64Array, columns: number, k: number, random: Random): Float64Array {
  const rows = points.length / columns;
  const centers = new Float64Array(k * columns);
  const candidates = 2 + Math.floor(Math.log(k));
  let squares = new Float64Array(rows).fill(Infinity);
  let kept = new Float64Array(rows);
  let tried = new Float64Array(rows);
  for (let c = 0; c < k; c++) {
    let chosen = -1;
    let least = Infinity;
    for (let draw = 0; draw < (c === 0 ? 1 : candidates); draw++) {
      const row = c === 0 ? random.integer(rows) : drawInProportion(squares, random);
      const potential = nearerOf(squares, points, row, columns, tried);
      if (chosen >= 0 && potential >= least) continue;
      chosen = row;
      least = potential;
      [kept, tried] = [tried, kept];
    }
    centers.set(points.subarray(chosen * columns, (chosen + 1) * columns), c * columns);
    [squares, kept] = [kept, squares];
  }
  return centers;
}

/** Writes (rows), the squared distance to the nearest center, were this row one; returns their sum. */
function nearerOf(squares: Float64Array, points: Float64Array, row: number, columns: number, nearer: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < nearer.length; i++) {
    const before = squares[i] as number;
    const square = squaredDistance(points, i, points, row, columns, before);
    sum += nearer[i] = Math.min(square, before);
  }
  return sum;
}

function drawInProportion(weights: Float64Array, random: Random): number {
  let total = 0;
  for (let i = 0; i < weights.length; i++) total += weights[i] as number;
  if (!(total > 0)) return random.integer(weights.length);
  let left = random.uniform(0, total);
  let last = 0;
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i] as number;
    if (weight === 0) continue;
    last = i;
    left -= weight;
    if (left < 0) return i;
  }
  return last; // rounding used up the total
}
