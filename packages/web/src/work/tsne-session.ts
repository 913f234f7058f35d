import { Embeddings, placeOnMap, Random, tsne } from "@semblant/core";

/** What a map is made with; all of it is kept with the map, so that the same faces give the same map again. */
export interface TsneChoice {
  readonly seed: number;
  readonly iterations: number;
  /** Absent: 30, or what few faces allow. */
  readonly perplexity?: number;
  /** Goes on from these, (rows, 2), after so many of the iterations. */
  readonly from?: { readonly positions: Float32Array; readonly iteration: number };
}

/** Where a map stands. */
export interface TsneProgress {
  readonly iteration: number;
  readonly iterations: number;
  /** (rows, 2): a copy. */
  readonly positions: Float32Array;
}

/** Makes a map of the rows step by step; returns the last. */
export function* tsneSteps(values: Float32Array, columns: number, choice: TsneChoice): Generator<TsneProgress, TsneProgress> {
  const { seed, iterations, perplexity, from } = choice;
  const made = from?.iteration ?? 0;
  const X = new Embeddings(values, columns);
  const steps = tsne(X, {
    random: new Random(seed),
    iterations: Math.max(iterations - made, 1),
    ...(perplexity !== undefined && { perplexity }),
    // What was made before is past its exaggerated start, where it got so far.
    ...(from && { initial: Float64Array.from(from.positions), exaggeration: 1, learningRate: Math.max(X.rows / 48, 50) }),
  });
  let last: TsneProgress | undefined;
  for (const { iteration, positions } of steps) {
    last = { iteration: made + iteration, iterations, positions: Float32Array.from(positions) };
    yield last;
  }
  return last as TsneProgress; // t-SNE makes at least one step
}

/** A map of some of the rows. */
export interface PartMap {
  /** (rows, 2): what stands at unknown rows does not matter. */
  readonly positions: Float32Array;
  /** (rows): 1 where a row is on the map. */
  readonly known: Uint8Array;
}

/** All rows on a map that stays as it is: those that it does not know are placed among their neighbours. */
export function placeRows({ positions, known }: PartMap, values: Float32Array, columns: number): Float32Array {
  const X = new Embeddings(values, columns);
  const rows = Array.from(known.keys());
  const [there, added] = [rows.filter((row) => known[row] === 1), rows.filter((row) => known[row] !== 1)];
  const map = { positions: Float64Array.from(there.flatMap((row) => [positions[2 * row] as number, positions[2 * row + 1] as number])) };
  const placed = placeOnMap(map, X.take(there), X.take(added));
  const all = positions.slice();
  for (const [i, row] of added.entries()) all.set(placed.subarray(2 * i, 2 * i + 2), 2 * row);
  return all;
}
