import type { Dataset, Dropped, SplitName } from "../dataset/dataset.ts";
import { pixelChecksums } from "../images/pixel-checksums.ts";
import type { Fault } from "../survey/fault.ts";
import { countDropped, facesOf, type Survey, type SurveyRow, splitNames } from "../survey/survey.ts";
import { type DatasetOptions, surveyDataset } from "./read-dataset.ts";

/** What one split holds. */
export interface SplitCounts {
  readonly split: SplitName;
  /** Rows of the source. */
  readonly rows: number;
  readonly kept: number;
  /** Images kept of each class, in the order of the classes. */
  readonly classes: readonly number[];
  /** How many people are in those kept, where the source says who is in a picture. */
  readonly people?: number;
}

/** Pixel-identical images in two splits. */
export interface TwinCounts {
  /** The split whose kept images are counted. */
  readonly split: SplitName;
  /** The split that they also stand in. */
  readonly in: SplitName;
  /** Images of `split` that equal any image of the other, kept or dropped. */
  readonly count: number;
  /** Those of them that equal a kept one. */
  readonly kept: number;
}

/** What a source holds, what is left out and why, and everything that is wrong with it. Plain JSON. */
export interface Inspection {
  readonly layout: string;
  readonly name: string;
  readonly path: string;
  readonly labelSource: string;
  readonly image: { readonly width: number; readonly height: number; readonly channels: number };
  readonly classes: readonly string[];
  readonly splits: readonly SplitCounts[];
  readonly dropped: readonly Dropped[];
  readonly twins: readonly TwinCounts[];
  /** How people are known, where any are. */
  readonly people?: NonNullable<Survey["people"]>;
  /** How the splits were drawn, where the source has none. */
  readonly drawn?: NonNullable<Survey["drawn"]>;
  /** Of pictures in which a face was looked for: how many there are, in which none was found, and whether these were kept, whole. */
  readonly faces?: NonNullable<Dataset["faces"]>;
  /** The folder that decoded images were written to as the set was read; undefined where they lay there already, or nowhere. */
  readonly keptIn?: string;
  /** Kept images that equal an earlier kept one of the same split. */
  readonly repeated: readonly { readonly split: SplitName; readonly count: number }[];
  readonly faults: readonly Fault[];
  /** What keeps the source from being trained on as it is: an empty split, one class, a class without images. */
  readonly warnings: readonly string[];
}

/**
 * Reports on the data at a path, good or bad: layout, counts, what is dropped, twins across splits, and every fault at
 * once. Nothing is refused but a path without data or a table without its columns. Options are those of
 * {@link readDataset}.
 *
 * @throws DataError if nothing known is at the path, or a table lacks its columns
 * @throws OptionError if an option is unknown
 *
 * @example
 * await inspectDataset("nowhere"); // throws DataError: data at nowhere: no such file or folder.
 */
export async function inspectDataset(path: string, options: DatasetOptions = {}): Promise<Inspection> {
  const survey = await surveyDataset("inspectDataset", path, options);
  const { layout, name, labelSource, classes, images, rows, faults } = survey;
  const splits = splitNames.map((split) => countSplit(survey, split));
  return {
    layout,
    name,
    path,
    labelSource,
    image: { width: images.width, height: images.height, channels: images.channels },
    classes,
    splits,
    dropped: countDropped(rows),
    ...(survey.people && { people: survey.people }),
    ...(survey.drawn && { drawn: survey.drawn }),
    ...(survey.looked !== undefined && { faces: facesOf(rows, survey.looked) }),
    ...(images.keptIn !== undefined && { keptIn: images.keptIn }),
    ...compareImages(survey),
    faults,
    warnings: [...(survey.warnings ?? []), ...warningsOf(classes, splits), ...sharedPeople(rows)],
  };
}

function countSplit({ rows, classes }: Survey, split: SplitName): SplitCounts {
  const all = rows.filter((row) => row.split === split);
  const kept = all.filter((row) => row.dropped === undefined);
  const counts = classes.map(() => 0);
  for (const { label } of kept) if (label >= 0) counts[label] = (counts[label] as number) + 1;
  const known = kept.some(({ subject }) => subject !== undefined);
  const people = known ? { people: new Set(kept.flatMap(({ subject }) => subject ?? [])).size } : {};
  return { split, rows: all.length, kept: kept.length, classes: counts, ...people };
}

/** A warning for each pair of splits that share people. */
function sharedPeople(rows: readonly SurveyRow[]): string[] {
  const people = new Map(splitNames.map((split) => [split, new Set<string>()]));
  for (const { split, subject, dropped } of rows) if (subject !== undefined && dropped === undefined) people.get(split)?.add(subject);
  return pairs.flatMap(([split, other]) => {
    const shared = [...(people.get(split) as Set<string>)].filter((person) => people.get(other)?.has(person)).length;
    return shared === 0 ? [] : [`${shared} people stand in both ${other} and ${split}: data.split=subjects keeps them apart.`];
  });
}

/** The splits that are compared: of the first, what stands in the second too. */
const pairs: readonly (readonly [SplitName, SplitName])[] = [
  ["validation", "train"],
  ["test", "train"],
  ["test", "validation"],
];

function compareImages({ images, rows }: Survey): Pick<Inspection, "twins" | "repeated"> {
  const sums = pixelChecksums(images);
  const sumsOf = (split: SplitName, wanted: (row: SurveyRow) => boolean): string[] =>
    rows.filter((row) => row.split === split && row.image >= 0 && wanted(row)).map(({ image }) => sums[image] as string);
  const kept = (row: SurveyRow): boolean => row.dropped === undefined;
  const twins = pairs.map(([split, other]) => {
    const mine = sumsOf(split, kept);
    const count = (theirs: ReadonlySet<string>): number => mine.filter((sum) => theirs.has(sum)).length;
    return { split, in: other, count: count(new Set(sumsOf(other, () => true))), kept: count(new Set(sumsOf(other, kept))) };
  });
  const repeated = splitNames.map((split) => {
    const mine = sumsOf(split, kept);
    return { split, count: mine.length - new Set(mine).size };
  });
  return { twins: twins.filter(({ count }) => count > 0), repeated: repeated.filter(({ count }) => count > 0) };
}

function warningsOf(classes: readonly string[], splits: readonly SplitCounts[]): string[] {
  const warnings: string[] = [];
  if (classes.length === 0) return ["no image has a label: the set can be embedded and searched, not trained on or evaluated."];
  for (const { split, kept, classes: counts } of splits) {
    if (kept === 0) {
      warnings.push(`${split} holds no images.`);
      continue;
    }
    const empty = classes.filter((_, c) => counts[c] === 0);
    if (split === "train" && classes.length - empty.length < 2)
      warnings.push("train holds one class only: nothing can be learned from it.");
    else if (empty.length > 0) warnings.push(`${split} holds no images of ${empty.join(", ")}.`);
  }
  return warnings;
}
