import { Random } from "@semblant/core";
import { invalidOption } from "@semblant/core/internals";
import type { SplitName } from "./dataset.ts";
import type { SplitShares } from "./random-split.ts";

/**
 * A split for each image such that no person stands in two: people are drawn, not images, into test until it has its share of the
 * images, then into validation; the rest trains. Each split that has a share gets at least one person where there are three.
 * The same seed gives the same split, whatever the order of the files on disk.
 *
 * @param where what the error calls the caller
 * @param subjects who is in each image
 * @throws OptionError if a share is not from 0 to 1, or the two leave nothing for training
 *
 * @example
 * new Set(subjectSplit("faces", ["KA", "KL", "KM"])).size; // 3
 */
export function subjectSplit(
  where: string,
  subjects: readonly string[],
  { shares = {}, seed = 0 }: { shares?: SplitShares; seed?: number } = {},
): SplitName[] {
  const { validation = 0.1, test = 0.1 } = shares;
  if (!(validation >= 0 && validation < 1)) throw invalidOption(where, "shares.validation", "a number from 0 to below 1", validation);
  if (!(test >= 0 && test + validation < 1))
    throw invalidOption(where, "shares.test", "a number from 0 that leaves some for training", test);
  const counts = new Map<string, number>();
  for (const subject of subjects) counts.set(subject, (counts.get(subject) ?? 0) + 1);
  const people = new Random(seed).fork("split").shuffle([...counts.keys()].sort());
  const splitOf = new Map<string, SplitName>();
  let next = 0;
  const take = (split: SplitName, share: number, leave: number): void => {
    let images = 0;
    while (next < people.length - leave && share > 0) {
      const person = people[next] as string;
      const count = counts.get(person) as number;
      // One person more only where it brings the split nearer to its share.
      if (images > 0 && images + count / 2 > share * subjects.length) return;
      splitOf.set(person, split);
      images += count;
      next++;
    }
  };
  take("test", test, validation > 0 && people.length > 2 ? 2 : 1);
  take("validation", validation, 1);
  return subjects.map((subject) => splitOf.get(subject) ?? "train");
}
