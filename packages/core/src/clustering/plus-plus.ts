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
  for (let c = 0; c < k; c++) {
    let chosen = -1;
    let least = Infinity;
    let after = squares;
    for (let draw = 0; draw < (c === 0 ? 1 : candidates); draw++) {
      const row = c === 0 ? random.integer(rows) : drawInProportion(squares, random);
      const nearer = nearerOf(squares, points, row, columns);
      const potential = nearer.reduce((sum, square) => sum + square, 0);
      if (chosen >= 0 && potential >= least) continue;
      chosen = row;
      least = potential;
      after = nearer;
    }
    centers.set(points.subarray(chosen * columns, (chosen + 1) * columns), c * columns);
    squares = after;
  }
  return centers;
}

/** (rows): squared distance to the nearest center, were this row one. */
function nearerOf(squares: Float64Array, points: Float64Array, row: number, columns: number): Float64Array<ArrayBuffer> {
  return Float64Array.from(squares, (square, i) => Math.min(square, squaredDistance(points, i, points, row, columns, square)));
}

function drawInProportion(weights: Float64Array, random: Random): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
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
