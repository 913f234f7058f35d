import { expressions, type Random } from "@semblant/core";
import { type Action, mirrored, PROTOTYPES, rest, UNITS } from "./action-units.ts";

/** Raters a picture, as in FER+. */
export const RATERS = 10;

/** Squared distance from a prototype at which a rater begins to doubt it. */
const DOUBT = 0.25;

/** The mean action of each expression; contempt has two, one for each side. */
const MEANS: readonly (readonly Action[])[] = expressions.map((expression) => {
  const mean = rest();
  for (const unit of UNITS) {
    const [strength, chance] = PROTOTYPES[expression][unit] ?? [0, 0];
    mean[unit] = strength * chance;
  }
  return expression === "contempt" ? [mean, mirrored(mean)] : [mean];
});

/**
 * The chance that a rater names each expression on seeing the action, in class order; sums to 1.
 *
 * A rater compares the action a with the mean action t of each expression at the intensity s that fits it best, from faint (0.45) to
 * extreme (1.15): d² = min over s of |a − s t|², and trusts it by 1 / (1 + d² / 0.25)⁴. So a face between fear and surprise divides the
 * raters, and so does a faint smile, which is near neutral too. What happens to the picture (pose, light, blur) plays no part.
 *
 * @example
 * opinion(rest())[0]; // 0.81, neutral
 */
export function opinion(action: Action): Float64Array {
  const trust = Float64Array.from(MEANS, (variants) => {
    const d = Math.min(...variants.map((mean) => squaredDistance(action, mean)));
    const near = 1 / (1 + d / DOUBT);
    return near * near * near * near;
  });
  const sum = trust.reduce((a, b) => a + b, 0);
  return trust.map((value) => value / sum);
}

/**
 * The votes of {@link RATERS} simulated raters who each draw from the {@link opinion}: shares of the eight expressions that sum to 1.
 *
 * @example
 * castVotes(rest(), new Random(1))[0] >= 0.5; // true
 */
export function castVotes(action: Action, random: Random): Float32Array {
  const chances = opinion(action);
  const votes = new Float32Array(chances.length);
  for (let rater = 0; rater < RATERS; rater++) {
    let left = random.uniform();
    let choice = 0;
    while (choice < chances.length - 1 && left >= (chances[choice] as number)) left -= chances[choice++] as number;
    votes[choice] = (votes[choice] as number) + 1;
  }
  return votes.map((count) => count / RATERS);
}

/** Whether the class has more votes than any other. */
export function leads(votes: Float32Array, label: number): boolean {
  return votes.every((share, c) => c === label || share < (votes[label] as number));
}

function squaredDistance(action: Action, mean: Action): number {
  let along = 0;
  let length = 0;
  for (const unit of UNITS) {
    along += action[unit] * mean[unit];
    length += mean[unit] * mean[unit];
  }
  const intensity = length === 0 ? 0 : Math.min(1.15, Math.max(0.45, along / length));
  let sum = 0;
  for (const unit of UNITS) {
    const difference = action[unit] - intensity * mean[unit];
    sum += difference * difference;
  }
  return sum;
}
