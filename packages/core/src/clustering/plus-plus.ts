import type { Embeddings } from "../embeddings/embeddings.ts";
import type { RowPasses } from "../kernels/k-means.ts";
import { candidatesOf } from "../kernels/row-tiles.ts";
import type { Random } from "../random.ts";

/**
 * Starting centers far apart, (k, columns): rows drawn one after the other with probability proportional to the squared
 * distance from those already drawn (k-means++, Arthur and Vassilvitskii 2007). For each center 2 + ⌊ln k⌋ rows are drawn and
 * the one kept that leaves the least distance over all rows, as scikit-learn does. Where every row equals a center already,
 * any row is drawn.
 */
export function plusPlusCenters(X: Pick<Embeddings, "values" | "columns">, passes: RowPasses, k: number, random: Random): Float64Array {
  const { values, columns } = X;
  const rows = values.length / columns;
  const centers = new Float64Array(k * columns);
  let squares: Float64Array = new Float64Array(rows).fill(Infinity);
  for (let c = 0; c < k; c++) {
    const draws = c === 0 ? [random.integer(rows)] : Array.from({ length: candidatesOf(k) }, () => drawInProportion(squares, random));
    const tried = passes.nearer(squares, draws);
    let best = 0;
    for (const [draw, { sum }] of tried.entries()) if (sum < (tried[best]?.sum as number)) best = draw;
    const chosen = draws[best] as number;
    centers.set(values.subarray(chosen * columns, (chosen + 1) * columns), c * columns);
    squares = tried[best]?.squares as Float64Array;
  }
  return centers;
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
