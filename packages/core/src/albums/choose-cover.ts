import { DataError, invalidOption, refuseUnknown, ShapeError } from "../errors.ts";

/** What is chosen from, and what the choice is to stand for. */
export interface CoverProblem {
  readonly candidates: number;
  readonly elements: number;
  /** Writes how well a candidate stands for each element, 0 not at all to 1 fully, to `out`, (elements), which comes in as zeros. */
  readonly covers: (candidate: number, out: Float64Array) => void;
  /** (elements): what each is worth, from 0; by default 1. */
  readonly weights?: ArrayLike<number>;
}

export interface CoverOptions {
  /** The most candidates to choose. */
  readonly size: number;
  /** Candidates that are in whatever they add, before all others. */
  readonly keep?: ArrayLike<number>;
}

/** A choice, and how much of the elements' worth it stands for. */
export interface Cover {
  /**
   * Candidates, in the order of their choice: each adds most to those before it, so that a shorter list is the first
   * part of a longer one.
   */
  readonly chosen: Int32Array;
  /** (chosen): what each added to the coverage; but for those kept, it never rises. */
  readonly gains: Float64Array;
  /** Σ weight · (how well the best of the chosen stands for the element) / Σ weight, 0 to 1. */
  readonly coverage: number;
  /** No choice of that size (with the same ones kept) covers more than this; from `coverage` to 1. */
  readonly ceiling: number;
  /** (elements): which of `chosen` stands best for it, the earlier of equals; −1 where none does at all. */
  readonly standing: Int32Array;
}

/**
 * The few candidates that together stand best for all elements: greedy maximisation of the facility-location function
 * f(S) = Σᵢ wᵢ max over S of covers(j, i), which is monotone and submodular.
 *
 * Without `keep` it reaches at least 1 − 1/e (63 %) of the best choice of that size (Nemhauser, Wolsey and Fisher 1978), and no
 * algorithm of polynomial time promises more for such functions; `ceiling` says what it reached here: the coverage so far and the
 * `size` greatest gains left is more than any choice has. Ends early where no candidate adds anything. Gains are looked at again only
 * where they may still be greatest (Minoux 1978), which changes the time and nothing else. Of equal gains the smaller number comes first.
 *
 * @throws OptionError if size is not a whole number above 0, `keep` names no candidate, or an option is unknown
 * @throws ShapeError if weights are not one an element
 * @throws DataError if a weight is negative or not a number, or a candidate covers an element with anything but 0 to 1
 *
 * @example
 * const alike = [[1, 0.6, 0, 0], [0.6, 1, 0, 0.1], [0, 0, 1, 0]];
 * const covers = (candidate, out) => out.set(alike[candidate]);
 * chooseCover({ candidates: 3, elements: 4, covers }, { size: 2 }).chosen; // Int32Array [1, 2]
 */
export function chooseCover(problem: CoverProblem, options: CoverOptions): Cover {
  const where = "chooseCover";
  refuseUnknown(where, options, ["size", "keep"]);
  const { candidates, elements, covers } = problem;
  const { size, keep = [] } = options;
  if (!Number.isInteger(size) || size < 1) throw invalidOption(where, "size", "a whole number above 0", size);
  const weights = weightsOf(where, problem);
  const whole = weights.reduce((sum, weight) => sum + weight, 0);

  const best = new Float64Array(elements);
  const standing = new Int32Array(elements).fill(-1);
  const bounds = new Float64Array(candidates).fill(Infinity); // a gain seen earlier: it cannot have grown
  const fresh = new Int32Array(candidates).fill(-1); // the round it was seen in
  const row = new Float64Array(elements);
  const chosen: number[] = [];
  const gains: number[] = [];
  const look = (candidate: number): number => {
    row.fill(0);
    covers(candidate, row);
    let gain = 0;
    for (let i = 0; i < elements; i++) {
      const value = row[i] as number;
      if (!(value >= 0 && value <= 1 + 1e-9)) {
        throw new DataError(`${where}: expected candidates to cover from 0 to 1, but ${candidate} covers element ${i} with ${value}.`);
      }
      if (value > (best[i] as number)) gain += (weights[i] as number) * (value - (best[i] as number));
    }
    return gain;
  };
  const choose = (candidate: number): void => {
    const gain = look(candidate); // leaves its row behind
    for (let i = 0; i < elements; i++) {
      if (!((row[i] as number) > (best[i] as number))) continue;
      best[i] = row[i] as number;
      standing[i] = chosen.length;
    }
    bounds[candidate] = 0;
    fresh[candidate] = Infinity;
    chosen.push(candidate);
    gains.push(gain);
  };

  for (const candidate of new Set(Array.from(keep))) {
    if (!(Number.isInteger(candidate) && candidate >= 0 && candidate < candidates)) {
      throw invalidOption(where, "keep", `candidates from 0 to ${candidates - 1}`, candidate);
    }
    choose(candidate);
  }
  const taken = new Set(chosen);
  const free = size - chosen.length;
  while (chosen.length < size) {
    const next = mostGain(bounds, fresh, chosen.length, look, taken);
    if (next < 0 || !((bounds[next] as number) > 0)) break;
    choose(next);
    taken.add(next);
  }
  const covered = gains.reduce((sum, gain) => sum + gain, 0);
  const left = Array.from(bounds.keys(), (j) => (taken.has(j) ? 0 : look(j))).sort((a, b) => b - a);
  const more = left.slice(0, Math.max(0, free)).reduce((sum, gain) => sum + gain, 0);
  const share = (value: number) => (whole > 0 ? Math.min(1, value / whole) : 0);
  return {
    chosen: Int32Array.from(chosen),
    gains: Float64Array.from(gains, share),
    coverage: share(covered),
    ceiling: share(covered + more),
    standing,
  };
}

/** The candidate that adds most now: only those are looked at again whose gain of an earlier round is the greatest. */
function mostGain(
  bounds: Float64Array,
  fresh: Int32Array,
  round: number,
  look: (candidate: number) => number,
  taken: ReadonlySet<number>,
): number {
  for (;;) {
    let top = -1;
    for (let j = 0; j < bounds.length; j++) {
      if (!taken.has(j) && (top < 0 || (bounds[j] as number) > (bounds[top] as number))) top = j;
    }
    if (top < 0 || fresh[top] === round) return top;
    bounds[top] = look(top);
    fresh[top] = round;
  }
}

function weightsOf(where: string, { elements, weights }: CoverProblem): Float64Array {
  if (weights === undefined) return new Float64Array(elements).fill(1);
  if (weights.length !== elements) {
    throw new ShapeError(`${where}: expected a weight for each of ${elements} elements, but got ${weights.length}.`);
  }
  const bad = Array.from(weights).findIndex((weight) => !(weight >= 0 && weight < Infinity));
  if (bad >= 0) throw new DataError(`${where}: expected weights from 0, but element ${bad} has ${weights[bad]}.`);
  return Float64Array.from(weights);
}
