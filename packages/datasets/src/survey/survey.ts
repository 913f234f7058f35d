import { DataError } from "@semblant/core";
import { show } from "@semblant/core/internals";
import type { Dataset, Dropped, LabeledImages, PeopleKnown, RetrievalRole, SplitName } from "../dataset/dataset.ts";
import type { ImageStore } from "../images/image-store.ts";
import { selectImages } from "../images/select.ts";
import { type Fault, stopOnFaults } from "./fault.ts";

export const splitNames: readonly SplitName[] = ["train", "validation", "test"];

/** One row of a source: an image and its label, or why it is left out. */
export interface SurveyRow {
  readonly split: SplitName;
  readonly id: string;
  /** Row in the survey's images, or −1 where there is no image to be had. */
  readonly image: number;
  readonly label: number;
  /** Distribution over the classes. */
  readonly votes?: Float32Array;
  /** Who is in the picture, where known. */
  readonly subject?: string;
  /** The recording that it is one frame or one view of, where known. */
  readonly sequence?: string;
  /** What it is for, where the source says which are queries and which their gallery. */
  readonly role?: RetrievalRole;
  /** Present where a face was looked for in the picture, and none was found. */
  readonly faceless?: true;
  /** Why the row is not in the data set. */
  readonly dropped?: string;
}

/** Everything that a source holds, good or bad: a data set is read from it, and an inspection reports it. */
export interface Survey {
  readonly layout: string;
  /** As results name it: `FER+`. */
  readonly name: string;
  readonly root: string;
  readonly labelSource: string;
  readonly classes: readonly string[];
  /** Whether every kept row has votes. */
  readonly hasVotes: boolean;
  /** Every image of the source that can be read, kept or not. */
  readonly images: ImageStore;
  readonly rows: readonly SurveyRow[];
  readonly faults: readonly Fault[];
  /** How the splits were drawn, where the source has none. */
  readonly drawn?: NonNullable<Dataset["drawn"]>;
  /** How people are known, where any are. */
  readonly people?: PeopleKnown;
  /** What a person should know, though no picture is lost by it. */
  readonly warnings?: readonly string[];
  /** In how many pictures a face was looked for, where it was in any. */
  readonly looked?: number;
}

/**
 * The data set in a survey: the rows that are kept, split by split.
 *
 * @throws DataError if a table is faulty, a split that the source has keeps no image, there is no image at all, or training holds
 *   only one class
 */
export function datasetOf(survey: Survey): Dataset {
  const { name, root, labelSource, classes, images, rows, faults } = survey;
  stopOnFaults(name, root, faults);
  const who = whoIsIn(rows);
  const split = (wanted: SplitName): LabeledImages => splitOf(survey, wanted, who);
  const [train, validation, test] = [split("train"), split("validation"), split("test")];
  checkClasses(survey, train);
  const unused = rows.filter((row) => row.split === "train" && row.dropped !== undefined && row.image >= 0).map((row) => row.image);
  return {
    name,
    labelSource,
    classes,
    train,
    validation,
    test,
    dropped: countDropped(rows),
    ...(survey.drawn && { drawn: survey.drawn }),
    ...(survey.people && { people: survey.people }),
    ...(survey.warnings && survey.warnings.length > 0 && { warnings: survey.warnings }),
    ...(survey.looked !== undefined && { faces: facesOf(rows, survey.looked) }),
    ...(images.keptIn !== undefined && { keptIn: images.keptIn }),
    ...(unused.length > 0 && { unusedTrain: selectImages(images, unused) }),
  };
}

/** How many rows of each split are left out, by reason, the commonest first. */
export function countDropped(rows: readonly SurveyRow[]): Dropped[] {
  const counts = new Map<string, { split: SplitName; reason: string; count: number }>();
  for (const { split, dropped } of rows) {
    if (dropped === undefined) continue;
    const entry = counts.get(`${split} ${dropped}`) ?? { split, reason: dropped, count: 0 };
    entry.count++;
    counts.set(`${split} ${dropped}`, entry);
  }
  return [...counts.values()].sort((a, b) => splitNames.indexOf(a.split) - splitNames.indexOf(b.split) || b.count - a.count);
}

/** In how many pictures a face was looked for in vain, and which these are. */
export function facesOf(rows: readonly SurveyRow[], looked: number): NonNullable<Dataset["faces"]> {
  const faceless = rows.filter((row) => row.faceless === true);
  return {
    pictures: looked,
    notFound: faceless.map(({ id }) => id),
    kept: faceless.every(({ dropped }) => dropped !== "no face was found"),
  };
}

/** What is known of the people and the recordings in the rows that are kept. */
interface WhoIsIn {
  readonly people: Numbers | undefined;
  readonly sequences: Numbers | undefined;
}

/** Names in their order, and the number of each row; −1 where nothing is known. */
interface Numbers {
  readonly names: readonly string[];
  readonly numberOf: (row: SurveyRow) => number;
}

function whoIsIn(rows: readonly SurveyRow[]): WhoIsIn {
  const kept = rows.filter(({ dropped }) => dropped === undefined);
  return { people: numbersOf(kept, ({ subject }) => subject), sequences: numbersOf(kept, ({ sequence }) => sequence) };
}

function numbersOf(rows: readonly SurveyRow[], nameOf: (row: SurveyRow) => string | undefined): Numbers | undefined {
  const names = [...new Set(rows.flatMap((row) => nameOf(row) ?? []))].sort();
  if (names.length === 0) return undefined;
  const numbers = new Map(names.map((name, n) => [name, n]));
  return { names, numberOf: (row) => numbers.get(nameOf(row) ?? "") ?? -1 };
}

function splitOf(survey: Survey, wanted: SplitName, { people, sequences }: WhoIsIn): LabeledImages {
  const { classes, images } = survey;
  const all = survey.rows.filter((row) => row.split === wanted);
  const kept = all.filter((row) => row.dropped === undefined);
  if (kept.length === 0 && (all.length > 0 || survey.rows.length === 0)) throw nothingLeft(survey, wanted, all);
  const C = classes.length;
  const votes = survey.hasVotes ? new Float32Array(kept.length * C) : undefined;
  for (const [k, row] of kept.entries()) votes?.set(row.votes as Float32Array, k * C);
  return {
    images: selectImages(
      images,
      kept.map((row) => row.image),
    ),
    labels: Int32Array.from(kept, (row) => row.label),
    ...(votes && { votes }),
    classes,
    ids: kept.map((row) => row.id),
    ...(kept.some(({ role }) => role !== undefined) && { roles: kept.map(({ role }) => role ?? "neither") }),
    ...(people && { subjects: Int32Array.from(kept, people.numberOf), subjectNames: people.names }),
    ...(sequences && { sequences: Int32Array.from(kept, sequences.numberOf), sequenceNames: sequences.names }),
  };
}

function nothingLeft({ name, root }: Survey, split: SplitName, all: readonly SurveyRow[]): DataError {
  const inspect = `  What is there, and why it is left out: semblant data inspect ${root}`;
  if (all.length === 0) return new DataError(`${name} at ${root}: expected images, but there are none.\n${inspect}`);
  const [reason] = countDropped(all);
  const why = `${reason?.reason} (${reason?.count} of ${all.length})`;
  return new DataError(`${name} at ${root}: none of the ${all.length} images of ${split} can be used: ${why}.\n${inspect}`);
}

function checkClasses({ name, root, classes }: Survey, train: LabeledImages): void {
  const present = new Set(train.labels);
  if (present.size > 1 || train.labels.length === 0 || classes.length === 0) return;
  const only = classes[train.labels[0] as number];
  throw new DataError(
    `${name} at ${root}: expected at least two classes in train, but all ${train.labels.length} images ` +
      `are ${show(only)}.\n  Nothing can be learned from one class: add images of another.`,
  );
}
