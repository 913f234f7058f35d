import type { Random } from "../random.ts";

/**
 * The rows in folds of whole persons, none in two, about as many rows in each.
 *
 * @param people (rows): who is in each; a row of nobody's name is a person of its own
 * @param folds how many at most; fewer where there are fewer persons
 * @returns (rows): the fold of each
 *
 * @example
 * const fold = foldsOfPeople(["ann", "bob", "ann", ""], 3, new Random(0));
 * fold[0] === fold[2] && fold[0] !== fold[1]; // true
 */
export function foldsOfPeople(people: readonly string[], folds: number, random: Random): Int32Array {
  const persons = rowsOfPersons(people);
  const order = random.shuffle([...persons.keys()]).sort((a, b) => (persons[b]?.length ?? 0) - (persons[a]?.length ?? 0));
  const sizes = new Float64Array(Math.max(1, Math.min(folds, persons.length)));
  const fold = new Int32Array(people.length);
  for (const person of order) {
    const smallest = sizes.indexOf(Math.min(...sizes));
    for (const i of persons[person] as readonly number[]) fold[i] = smallest;
    sizes[smallest] = (sizes[smallest] as number) + (persons[person]?.length ?? 0);
  }
  return fold;
}

/** The rows of each person, in the order in which persons come; each row of nobody's name is a person of its own. */
export function rowsOfPersons(people: readonly string[]): number[][] {
  const named = new Map<string, number[]>();
  const persons: number[][] = [];
  people.forEach((name, i) => {
    const rows = name === "" ? undefined : named.get(name);
    if (rows !== undefined) {
      rows.push(i);
      return;
    }
    const own = [i];
    persons.push(own);
    if (name !== "") named.set(name, own);
  });
  return persons;
}
