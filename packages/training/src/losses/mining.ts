import { DataError, type Random } from "@semblant/core";

/** Row numbers into a batch; entry i of each list makes one triplet. */
export interface Triplets {
  readonly anchors: Int32Array;
  readonly positives: Int32Array;
  readonly negatives: Int32Array;
}

/** Which triplets of a batch are looked at. */
export const minings = ["given", "random", "semi-hard", "batch-hard"] as const;
export type Mining = (typeof minings)[number];

/** Euclidean distance of every row from every other: (rows, rows). */
export function pairwiseDistances(values: ArrayLike<number>, rows: number): Float64Array {
  const columns = values.length / rows;
  const distances = new Float64Array(rows * rows);
  for (let a = 0; a < rows; a++) {
    for (let b = a + 1; b < rows; b++) {
      let sum = 0;
      for (let k = 0; k < columns; k++) {
        const difference = (values[a * columns + k] as number) - (values[b * columns + k] as number);
        sum += difference * difference;
      }
      distances[a * rows + b] = distances[b * rows + a] = Math.sqrt(sum);
    }
  }
  return distances;
}

/** The batch in thirds, as {@link triplets} draws it: rows i, n + i, 2n + i are one triplet. */
export function givenTriplets(rows: number): Triplets {
  if (rows % 3 !== 0) {
    throw new DataError(`triplet: expected anchors, positives and negatives in thirds of the batch, but got ${rows} rows.`);
  }
  const count = rows / 3;
  const third = (k: number) => Int32Array.from({ length: count }, (_, i) => k * count + i);
  return { anchors: third(0), positives: third(1), negatives: third(2) };
}

/** For each row that has both, one positive and one negative of the batch, uniformly at random. */
export function randomTriplets(labels: Int32Array, random: Random): Triplets {
  return collect(labels, (_, positives, negatives) => [
    [positives[random.integer(positives.length)] as number, negatives[random.integer(negatives.length)] as number],
  ]);
}

/** For each row its farthest positive and nearest negative (Hermans et al. 2017). */
export function batchHardTriplets(labels: Int32Array, distances: Float64Array): Triplets {
  const from = (anchor: number) => (row: number) => distances[anchor * labels.length + row] as number;
  return collect(labels, (anchor, positives, negatives) => [[extreme(positives, from(anchor), 1), extreme(negatives, from(anchor), -1)]]);
}

/**
 * For each pair of anchor and positive the nearest negative that is farther than the positive, or the farthest
 * negative where none is (Schroff et al. 2015).
 */
export function semiHardTriplets(labels: Int32Array, distances: Float64Array): Triplets {
  return collect(labels, (anchor, positives, negatives) => {
    const from = (row: number) => distances[anchor * labels.length + row] as number;
    const nearestFirst = [...negatives].sort((a, b) => from(a) - from(b));
    return positives.map((positive) => {
      const farther = nearestFirst.find((negative) => from(negative) > from(positive));
      return [positive, farther ?? (nearestFirst.at(-1) as number)];
    });
  });
}

type Pairs = [positive: number, negative: number][];

function collect(labels: Int32Array, choose: (anchor: number, positives: number[], negatives: number[]) => Pairs): Triplets {
  const rows = [...labels.keys()];
  const found: [number, number, number][] = [];
  for (const anchor of rows) {
    const positives = rows.filter((row) => row !== anchor && labels[row] === labels[anchor]);
    const negatives = rows.filter((row) => labels[row] !== labels[anchor]);
    if (positives.length === 0 || negatives.length === 0) continue;
    for (const [positive, negative] of choose(anchor, positives, negatives)) found.push([anchor, positive, negative]);
  }
  if (found.length === 0) {
    throw new DataError(
      "triplet: expected a batch with two rows of one class and one of another, but got none such.\n  Draw batches with the balanced sampler, two or more of each class.",
    );
  }
  const column = (k: 0 | 1 | 2) => Int32Array.from(found, (triplet) => triplet[k]);
  return { anchors: column(0), positives: column(1), negatives: column(2) };
}

/** The row whose value is largest (sign 1) or smallest (sign −1); the first among equals. */
function extreme(rows: readonly number[], value: (row: number) => number, sign: 1 | -1): number {
  return rows.reduce((best, row) => (sign * (value(row) - value(best)) > 0 ? row : best));
}
