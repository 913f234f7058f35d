import { existsSync, realpathSync } from "node:fs";
import { DataError, OptionError } from "@semblant/core";
import { alignClasses, type Dataset, type LabeledImages, samePeople, subset, withoutPeople } from "@semblant/datasets";
import type { DataDigest } from "@semblant/training/internals";
import { type DataSettings, dataSettings, otherData, withoutTeachers } from "@semblant/training/settings";
import { type AskedGallery, askedGallery } from "./asked-gallery.ts";
import { openData, refuseUnlabeled } from "./open-data.ts";
import { isMovedThere, refuseGone } from "./own-data.ts";

/** Which faces a run is measured on, and which it was trained on. */
export interface EvaluatedDataOptions {
  /** Other faces; by default the run's own. */
  readonly data?: string;
  /** Where the faces that vote are: by default the run's own training faces. */
  readonly gallery?: string;
  /** `all` takes every face of other data; it is what is taken of data that has no splits of its own. */
  readonly split?: "test" | "validation" | "all";
  /** `data.name=value`: how the measured faces are read. */
  readonly overrides?: readonly string[];
}

/** Two data sets in a run's classes: training faces of the one, test faces of the other. */
export interface EvaluatedData {
  /** `train` is the gallery, `test` what is measured; both have the run's classes. */
  readonly data: Dataset;
  readonly split: "test" | "validation" | "all";
  /** Where the gallery is from, where that is another set than the measured one. */
  readonly gallery?: { readonly name: string; readonly labels: string; readonly n: number };
  /** Where the data says which faces are queries and which their gallery: `test` and `train` are those. */
  readonly asked?: AskedGallery;
}

/**
 * Opens what a run is measured with. On its own data, its training faces vote on its test faces. On other data (as in the paper's Table 1
 * and cross-domain tests) the run's own training faces still vote, and are named as the gallery; labels are matched by name.
 * Data that says which faces are queries is measured by its own gallery.
 *
 * @param own what the run was trained on
 * @param classes the run's
 * @param trainedOn what its data are, so that they are known where they were moved to
 * @throws DataError if a split has no faces, the faces have no labels or a class that the run does not know, or the gallery is gone
 * @throws OptionError if the run's own faces are to be taken whole, training faces and all
 */
export async function openEvaluated(
  { own: trained, classes, trainedOn }: { own: DataSettings; classes: readonly string[]; trainedOn?: DataDigest | undefined },
  { data: source, gallery, split: part, overrides = [] }: EvaluatedDataOptions,
  progress: (text: string) => void = () => {},
): Promise<EvaluatedData> {
  const kept = withoutTeachers(trained);
  const moved = source !== undefined && (await isOwnNow({ own: kept, trainedOn }, source, gallery));
  const own = moved ? { ...kept, source } : kept;
  const isOwn = source === undefined || sameplace(source, own.source);
  if (isOwn && part === "all") {
    throw new OptionError(
      "evaluate: expected --split test or validation for the run's own data, but got all.\n" +
        "  Its training faces would be measured against themselves.",
    );
  }
  const isOwnGallery = gallery === undefined || sameplace(gallery, own.source) || (await isMovedThere({ own: kept, trainedOn }, gallery));
  const reference = isOwnGallery ? { ...own, source: gallery ?? own.source } : otherData(own, gallery);
  // Splits drawn by a seed mean nothing to a run that saw none of them: a set without its own is taken whole.
  const other = () => ({ ...otherData(own, source as string), split: part === "all" ? ("test" as const) : ("undrawn" as const) });
  const wanted = dataSettings(isOwn ? own : other(), overrides);
  if (source === undefined) refuseGone(own.source);
  const measured = await openData(wanted, progress);
  refuseUnlabeled("evaluate", measured, wanted.source, (part === "validation" ? measured.validation : measured.test).images.count);
  const asked = askedGallery(measured, classes, { split: part, gallery: otherPlace(gallery, wanted.source), source: wanted.source });
  if (asked !== undefined) return queriesOf(measured, classes, asked);
  const split = measured.drawn === "not at all" && part !== "validation" ? "all" : (part ?? "test");
  const test = split === "validation" ? measured.validation : measured.test;
  refuseEmpty(test, split, wanted.source);

  const same = isOwn && (gallery === undefined || moved) && overrides.length === 0;
  const taught = same ? measured : await openGallery(reference, gallery === undefined);
  const none = subset(taught.validation, []);
  // Names of people mean others in another set, so that nobody stands in both.
  const voters = samePeople(taught, measured) ? taught.train : withoutPeople(taught.train);
  return {
    data: {
      ...measured,
      classes,
      train: alignClasses(voters, classes, taught.name),
      validation: { ...none, classes },
      test: alignClasses(test, classes, `${measured.name} at ${wanted.source}`),
      ...(taught.unusedTrain ? { unusedTrain: taught.unusedTrain } : {}),
    },
    split,
    ...(!isOwn || (gallery !== undefined && !moved)
      ? { gallery: { name: taught.name, labels: taught.labelSource, n: taught.train.images.count } }
      : {}),
  };
}

function queriesOf(measured: Dataset, classes: readonly string[], asked: AskedGallery): EvaluatedData {
  const { queries, gallery, split } = asked;
  const { unusedTrain: _, ...data } = measured;
  return { data: { ...data, classes, train: gallery, validation: { ...subset(queries, []), classes }, test: queries }, split, asked };
}

async function openGallery(settings: DataSettings, isOwn: boolean): Promise<Dataset> {
  try {
    const data = await openData(settings);
    if (data.train.images.count > 0 && data.classes.length > 0) return data;
  } catch (cause) {
    if (!(cause instanceof DataError) || !isOwn || existsSync(settings.source)) throw cause;
    throw new DataError(
      `${cause.message}\n  The run's own training faces vote, and they are gone from there: say where they are with --gallery.`,
      { cause },
    );
  }
  throw new DataError(
    `evaluate: expected training faces with labels in ${settings.source} to vote, but it has none.\n  Name others with --gallery.`,
  );
}

/** The run's own data were moved there; or a person says so, by naming one place for both. */
async function isOwnNow(
  run: { own: DataSettings; trainedOn: DataDigest | undefined },
  source: string,
  gallery: string | undefined,
): Promise<boolean> {
  if (gallery !== undefined) return sameplace(source, gallery);
  return isMovedThere(run, source);
}

export function sameplace(a: string, b: string): boolean {
  return a === b || (existsSync(a) && existsSync(b) && realpathSync(a) === realpathSync(b));
}

/** A place, unless it is the same as another. */
export function otherPlace(place: string | undefined, source: string): string | undefined {
  return place === undefined || sameplace(place, source) ? undefined : place;
}

/** @throws DataError if there are no faces */
export function refuseEmpty(images: LabeledImages, split: string, source: string): void {
  if (images.images.count > 0) return;
  throw new DataError(
    `evaluate: expected faces in the split ${split} of ${source}, but it has none.\n` +
      "  Name another with --split, or other data with --data.",
  );
}
