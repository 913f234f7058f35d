/** The one on which the least time was spent; of equals the first. */
export function leastOf<One>(spent: ReadonlyMap<One, number>): One {
  return [...spent].reduce((least, one) => (one[1] < least[1] ? one : least))[0];
}
