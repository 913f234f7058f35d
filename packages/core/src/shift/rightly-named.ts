import type { ShiftReference } from "./shift-reference.ts";

/** How often faces of each class are named as each, at a distance between those of the reference: (classes, classes). */
export function confusionAt({ confusions }: Pick<ShiftReference, "confusions">, distance: number): readonly (readonly number[])[] {
  const above = confusions.findIndex((level) => level.distance > distance);
  const [low, high] = above < 0 ? [confusions.at(-1), undefined] : [confusions[Math.max(0, above - 1)], confusions[above]];
  if (low === undefined || high === undefined) return (low ?? high)?.rates ?? [];
  const part = (distance - low.distance) / (high.distance - low.distance);
  return low.rates.map((row, c) => row.map((rate, named) => (1 - part) * rate + part * (high.rates[c]?.[named] as number)));
}

/** How many faces' weight what is known beforehand has, for each face that was named. */
const heldBy = 3;
const rounds = 100;

/**
 * (classes): of faces that are named so, the part that is. How often each class occurs is not known of a set; it is estimated from the
 * names by expectation-maximisation, and held near to what is thought beforehand, since rates of other faces are never
 * quite those of the set.
 *
 * @param rates (classes, classes): P(named so | class)
 * @param named (classes): how often each name was given, summing to 1
 * @param before (classes): how often each class occurs, as is thought before a name is known
 */
export function rightlyNamed(rates: readonly (readonly number[])[], named: ArrayLike<number>, before: readonly number[]): number[] {
  const classes = [...before.keys()];
  const given = (occurs: readonly number[], name: number) =>
    classes.reduce((sum, c) => sum + (occurs[c] as number) * (rates[c]?.[name] as number), 0);
  let occurs = [...before];
  for (let round = 0; round < rounds; round++) {
    const next = classes.map((c) => heldBy * (before[c] as number));
    for (const name of classes) {
      const all = given(occurs, name);
      if (!((named[name] as number) > 0 && all > 0)) continue;
      for (const c of classes) {
        const part = ((occurs[c] as number) * (rates[c]?.[name] as number)) / all;
        next[c] = (next[c] as number) + (named[name] as number) * part;
      }
    }
    const sum = next.reduce((a, b) => a + b, 0);
    occurs = next.map((value) => value / sum);
  }
  return classes.map((name) => {
    const all = given(occurs, name);
    return all > 0 ? ((occurs[name] as number) * (rates[name]?.[name] as number)) / all : 0;
  });
}
