/** ln(p / (1 − p)), finite at the ends. */
export function logOdds(p: number): number {
  const within = Math.min(1 - 1e-9, Math.max(1e-9, p));
  return Math.log(within / (1 - within));
}

export const fromLogOdds = (odds: number): number => 1 / (1 + Math.exp(-odds));

/** What is taken off the log-odds of probabilities so that their mean is no more than `most`: from 0 down. */
export function lowered(probabilities: readonly number[], most: number): number {
  const odds = probabilities.map(logOdds);
  const mean = (off: number) => odds.reduce((sum, value) => sum + fromLogOdds(value + off), 0) / odds.length;
  if (odds.length === 0 || mean(0) <= most) return 0;
  let [low, high] = [-2 * logOdds(1), 0]; // even what is certain may be wrong
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    if (mean(middle) > most) high = middle;
    else low = middle;
  }
  return low;
}

/**
 * Makes a distribution's greatest part as small as `most`, by mixing it with even odds: its order stays, and no part becomes more probable
 * than the first.
 */
export function flatten(distribution: Float64Array, most: number): void {
  const top = Math.max(...distribution);
  const even = 1 / distribution.length;
  if (!(most < top && top > even)) return;
  const part = Math.min(0.99, (top - most) / (top - even)); // the first stays the first
  for (let c = 0; c < distribution.length; c++) distribution[c] = (1 - part) * (distribution[c] as number) + part * even;
}
