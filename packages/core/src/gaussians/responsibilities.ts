import type { Components, Distances } from "./components.ts";

/** How far below the greatest term, in nats, a term is left out: e⁻⁴⁰ is 4·10⁻¹⁸, nothing beside a sum of at least 1. */
const NEGLIGIBLE = 40;

/**
 * For one row after the other: writes P(group | x), (k), summing to 1, and returns ln p(x), by Bayes' rule from log-densities.
 *
 * Groups less than e⁻⁴⁰ times as probable as the most probable get 0. So a group's distance need not be summed to the end once
 * that is certain; `first`, a guess of the most probable group, makes it certain early and changes nothing else.
 * A row with NaN or an infinite value gives NaN.
 */
export function bayesOf(components: Components, distances: Distances) {
  const { k } = components;
  const constants = constantsOf(components, distances.logDeterminants);
  return (x: Float64Array, responsibilities: Float64Array, first = 0): number => {
    distances.place(x);
    let most = -Infinity;
    for (let turn = -1; turn < k; turn++) {
      const g = turn < 0 ? first : turn;
      if (turn === first) continue;
      const constant = constants[g] as number;
      const limit = 2 * (constant - most + NEGLIGIBLE);
      if (constant === -Infinity || limit < 0) {
        responsibilities[g] = -Infinity;
        continue;
      }
      const joint = constant - distances.square(g, limit) / 2; // ln P(group) p(x | group)
      responsibilities[g] = joint;
      if (joint > most) most = joint;
    }
    if (most === -Infinity) {
      responsibilities.fill(Number.NaN);
      return Number.NaN;
    }
    let sum = 0;
    for (let g = 0; g < k; g++) {
      const below = (responsibilities[g] as number) - most;
      const p = below < -NEGLIGIBLE ? 0 : Math.exp(below);
      responsibilities[g] = p;
      sum += p;
    }
    for (let g = 0; g < k; g++) responsibilities[g] = (responsibilities[g] as number) / sum;
    return most + Math.log(sum);
  };
}

/** (k): of each group, what ln P(group) p(x | group) is where the distance is 0; −Infinity for a group without weight. */
export function constantsOf({ columns, weights }: Components, logDeterminants: Float64Array): Float64Array {
  return weights.map((weight, g) => Math.log(weight) - (columns * Math.log(2 * Math.PI) + (logDeterminants[g] as number)) / 2);
}

/** The group with the greatest responsibility, the smaller number of equals; −1 where they are NaN. */
export function mostResponsible(responsibilities: Float64Array): number {
  let most = -1;
  for (let g = 0; g < responsibilities.length; g++) {
    if ((responsibilities[g] as number) > (most < 0 ? 0 : (responsibilities[most] as number))) most = g;
  }
  return most;
}
