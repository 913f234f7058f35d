import type { Dataset, SplitName } from "../dataset/dataset.ts";
import { randomSplit, type SplitShares } from "../dataset/random-split.ts";
import { subjectSplit } from "../dataset/subject-split.ts";
import type { LabeledFile } from "./labelled-file.ts";
import { unitOf } from "./people.ts";

/**
 * The source's own splits; else drawn by person where any are known, else class by class; all test where there are no labels.
 *
 * A picture that does not say who is in it counts as a person of its own. So no known person stands in two splits, whatever lies
 * between their pictures.
 *
 * @param where what an error calls the caller
 * @param labels class of each file
 * @throws OptionError if a share is not from 0 to 1, or the two leave nothing for training
 */
export function drawSplits(
  where: string,
  files: readonly LabeledFile[],
  labels: readonly number[],
  { shares = {}, seed = 0 }: { readonly shares?: SplitShares | undefined; readonly seed?: number | undefined },
): { splits: SplitName[]; drawn?: NonNullable<Dataset["drawn"]> } {
  if (files.some(({ split }) => split !== undefined)) return { splits: files.map(({ split }) => split ?? "train") };
  const kept = files.flatMap(({ dropped }, i) => (dropped === undefined ? [i] : []));
  if (kept.every((i) => files[i]?.label === undefined)) return { splits: files.map(() => "test"), drawn: "not at all" };
  if (kept.some((i) => unitOf(files[i] as LabeledFile) !== undefined)) {
    const units = kept.map((i) => unitOrItself(files[i] as LabeledFile));
    const assigned = subjectSplit(where, units, { shares, seed });
    const splitOf = new Map(units.map((unit, k) => [unit, assigned[k] as SplitName]));
    return { splits: files.map((file) => splitOf.get(unitOrItself(file)) ?? "train"), drawn: "by person" };
  }
  const splits: SplitName[] = files.map(() => "train");
  const items = kept.map((i) => ({ id: (files[i] as LabeledFile).file, label: labels[i] as number }));
  randomSplit(where, items, { shares, seed }).forEach((split, k) => {
    splits[kept[k] as number] = split;
  });
  return { splits, drawn: "by class" };
}

const unitOrItself = (file: LabeledFile): string => unitOf(file) ?? `picture ${file.file}`;
