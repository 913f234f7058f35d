import { Random } from "@semblant/core";
import { invalidOption } from "@semblant/core/internals";
import type { SplitName } from "./dataset.ts";

/** The parts of a set without splits that go to validation and test, each from 0 to 1; training gets the rest. */
export interface SplitShares {
  readonly validation?: number;
  readonly test?: number;
}

/**
 * A split for each item, drawn class by class so that every split has the classes in the same proportion; at least one
 * item of a class stays in training. The same seed gives the same split, whatever the order of the files on disk, as long
 * as the ids are the same.
 *
 * @param where what the error calls the caller
 * @param items id and class of each item; ids are unique
 * @throws OptionError if a share is not from 0 to 1, or the two leave nothing for training
 *
 * @example
 * randomSplit("folder", [{ id: "a", label: 0 }], { seed: 0 }); // ["train"]
 */
export function randomSplit(
  where: string,
  items: readonly { readonly id: string; readonly label: number }[],
  { shares = {}, seed = 0 }: { shares?: SplitShares; seed?: number } = {},
): SplitName[] {
  const { validation = 0.1, test = 0.1 } = shares;
  if (!(validation >= 0 && validation < 1)) throw invalidOption(where, "shares.validation", "a number from 0 to below 1", validation);
  if (!(test >= 0 && test + validation < 1))
    throw invalidOption(where, "shares.test", "a number from 0 that leaves some for training", test);
  const random = new Random(seed).fork("split");
  const splits: SplitName[] = items.map(() => "train");
  for (const label of [...new Set(items.map((item) => item.label))].sort((a, b) => a - b)) {
    const members = items.map((item, i) => ({ ...item, i })).filter((item) => item.label === label);
    members.sort((a, b) => (a.id < b.id ? -1 : 1));
    random.shuffle(members);
    const forTest = Math.min(Math.round(members.length * test), members.length - 1);
    const forValidation = Math.min(Math.round(members.length * validation), members.length - 1 - forTest);
    members.slice(0, forTest).forEach(({ i }) => {
      splits[i] = "test";
    });
    members.slice(forTest, forTest + forValidation).forEach(({ i }) => {
      splits[i] = "validation";
    });
  }
  return splits;
}
