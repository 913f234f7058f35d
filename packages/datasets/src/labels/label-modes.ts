/** FERPlus's ways of making a label of ten people's votes, and `votes`: what they said, as it is. */
export const labelModes = ["majority", "probability", "crossentropy", "multi_target", "votes"] as const;

export type LabelMode = (typeof labelModes)[number];

/** Columns of a vote table: the eight expressions, then `unknown` and `NF` (not a face). */
export const voteColumns = 10;
const C = 8;

/** A label and the distribution it stands for, or why the image has none. */
export type VoteLabel = { readonly label: number; readonly target: Float32Array } | { readonly dropped: string };

const unclear = "most votes are for unknown or not a face";

/**
 * What FERPlus trains on for an image, given how many people voted for each of the eight expressions, for `unknown` and
 * for `NF`. `label` is the class with most of what the mode keeps (ties go to the smaller class); `target` sums to 1 over
 * the eight:
 *
 * - `majority`: the one class that has more than half of the votes. Single votes count as slips of the hand and are set
 *   to 0 first, in this and the next three modes. `target` is what all raters said, as in `votes`, so that a model can be
 *   scored against people; the one-hot target is the label itself.
 * - `crossentropy`, `probability`: the top classes until they have three quarters of the votes, at most three of them, in
 *   proportion. The two differ in training only: `probability` draws one class from the target each time.
 * - `multi_target`: every class with at least 30 % of the votes, all counting the same (1/m each of m classes; FERPlus
 *   writes 1 for each and takes the best-matching one).
 * - `votes`: all counts, single votes included, in proportion.
 *
 * An image is dropped when `unknown` or `NF` comes out on top or, but for `votes`, when what is kept is at most half of
 * the votes. Barsoum et al. 2016, "Training deep networks for facial expression recognition with crowd-sourced label
 * distribution", and the FERPlus code.
 *
 * @param counts ten whole numbers: votes for the eight expressions, unknown, NF
 *
 * @example
 * labelOfVotes([4, 0, 1, 0, 5, 0, 0, 0, 0, 0], "multi_target"); // { label: 4, target: Float32Array [0.5, 0, 0, 0, 0.5, 0, 0, 0] }
 */
export function labelOfVotes(counts: ArrayLike<number>, mode: LabelMode): VoteLabel {
  const raw = Array.from(counts);
  if (sum(raw) === 0) return { dropped: "no votes" };
  const cleaned = raw.map((n) => (n > 1 ? n : 0));
  const kept = keep(mode, raw, cleaned);
  if (kept === undefined || (mode !== "votes" && sum(kept) <= 0.5 * sum(cleaned))) return { dropped: tooSpread(mode) };
  const label = largest(kept);
  if (label >= C) return { dropped: unclear };
  if (mode === "majority") return { label, target: proportions(raw) };
  if (mode === "multi_target") return { label, target: proportions(kept.map((n) => (n > 0 ? 1 : 0))) };
  return { label, target: proportions(kept) };
}

/** The votes that the mode keeps, all ten columns; undefined if too many classes tie. */
function keep(mode: LabelMode, raw: readonly number[], cleaned: readonly number[]): number[] | undefined {
  if (mode === "votes") return [...raw];
  if (mode === "majority") return cleaned.map((n, i) => (i === largest(cleaned) ? n : 0));
  if (mode === "multi_target") return cleaned.map((n) => (n >= 0.3 * sum(cleaned) ? n : 0));
  return keepTop(cleaned);
}

/** Takes all classes that tie for the most, again and again, until they hold 3/4 of the votes or are three. */
function keepTop(cleaned: readonly number[]): number[] | undefined {
  const left = [...cleaned];
  const kept = left.map(() => 0);
  const enough = 0.75 * sum(cleaned);
  let count = 0;
  for (let taken = 0; taken < enough && count < 3; ) {
    const most = Math.max(...left);
    for (let i = 0; i < left.length; i++) {
      if (left[i] !== most) continue;
      left[i] = 0;
      // `unknown` or `NF` ends the taking, and is not taken itself unless it comes first.
      const faceless = i >= C;
      if (faceless && sum(kept) > 0) return count > 3 ? undefined : kept;
      kept[i] = most;
      taken += most;
      count++;
      if (faceless) return kept;
    }
  }
  return count > 3 ? undefined : kept;
}

function tooSpread(mode: LabelMode): string {
  if (mode === "majority") return "no class has more than half of the votes";
  if (mode === "multi_target") return "classes with 30 % of the votes have no more than half together";
  return "the top classes have no more than half of the votes, or more than three tie";
}

function proportions(counts: readonly number[]): Float32Array {
  const faces = counts.slice(0, C);
  return Float32Array.from(faces, (n) => n / sum(faces));
}

function sum(values: readonly number[]): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

function largest(values: readonly number[]): number {
  return values.indexOf(Math.max(...values));
}
