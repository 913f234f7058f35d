import { DataError, fitGaussians, OptionError } from "@semblant/core";
import { csvField, invalidOption, refuseUnknown } from "@semblant/core/internals";
import { type LabeledImages, subset } from "@semblant/datasets";
import { isModel } from "@semblant/photos/internals";
import { setThreads } from "@semblant/torch";
import { embedSplits, type LoadedRun, loadRun, openRun } from "@semblant/training";
import { gaussianWidthOf, type PartialSettings, resolveSettings, withoutTeachers } from "@semblant/training/settings";
import { openData, refuseUnlabeled } from "../data/open-data.ts";
import { refuseGone } from "../data/own-data.ts";
import { modelAnswers } from "../models/model-answers.ts";
import { runFolder } from "./run-folder.ts";

export interface SoftLabelsOptions {
  /** How the faces are read; by default as the first teacher that is a run read them. */
  readonly data?: PartialSettings["data"];
  /** Share of the data's own votes (or labels) in each distribution, 0 to 1 (0.3); the rest is the runs', in equal parts. */
  readonly votes?: number;
  /**
   * Test-time flip: each answer of a run is from the mean of the face's embedding and its flip's (true). Training sees both. A
   * model does as its file says.
   */
  readonly mirror?: boolean;
  readonly threads?: number;
}

/** A distribution over the classes for each training face. */
export interface SoftenedLabels {
  readonly ids: readonly string[];
  readonly classes: readonly string[];
  /** (ids, classes): rows sum to 1. */
  readonly distributions: Float64Array;
  /** Of the most likely classes, how many are the label, 0 to 1: for each teacher, and for all together. */
  readonly agreement: { readonly runs: readonly number[]; readonly all: number };
}

/**
 * Training faces, each with the mean of what the teachers say of it and what people said: targets for knowledge
 * distillation. `softLabelsCsv` writes them as `data.softLabels` reads them.
 *
 * @param teachers folders of runs, files of `semblant export` or `adapt`, `best` or `small`
 * @throws DataError if a teacher has other classes than the data, or a model takes faces of another size
 * @throws OptionError if no teacher is named, all are models and there is no `data`, or votes is not from 0 to 1
 *
 * @example
 * await softLabels([]); // throws OptionError: softLabels: expected at least one run or model, but got none.
 */
export async function softLabels(
  teachers: readonly string[],
  options: SoftLabelsOptions = {},
  progress: (text: string) => void = () => {},
): Promise<SoftenedLabels> {
  refuseUnknown("softLabels", options, ["data", "votes", "mirror", "threads"]);
  const { data: given, votes: share = 0.3, mirror = true, threads } = options;
  if (!(share >= 0 && share <= 1)) throw invalidOption("softLabels", "votes", "a number from 0 to 1", share);
  if (teachers.length === 0) throw new OptionError("softLabels: expected at least one run or model, but got none.");
  const run = teachers.find((teacher) => !isModel(teacher));
  if (run === undefined && given?.source === undefined) {
    throw new OptionError("softLabels: expected the faces that models are to look at, but got none.\n  Name them with --data.");
  }
  if (run !== undefined && threads !== undefined) setThreads(threads); // models alone need no libtorch
  const own = run === undefined ? undefined : withoutTeachers(openRun(runFolder(run)).settings.data);
  if (own !== undefined && given?.source === undefined) refuseGone(own.source);
  const data = await openData(resolveSettings({ data: { ...own, ...given } }).data, progress);
  refuseUnlabeled("softLabels", data, given?.source ?? own?.source ?? "");
  const { train, classes } = data;

  const together = new Float64Array(train.labels.length * classes.length);
  const agreements: number[] = [];
  for (const [n, teacher] of teachers.entries()) {
    progress(`teacher ${n + 1}/${teachers.length}: ${train.images.count} faces ...`);
    const faces = { ...train, classes };
    const said = isModel(teacher)
      ? await modelAnswers(teacher, faces, { threads })
      : runAnswers(loadRun(runFolder(teacher)), faces, mirror);
    agreements.push(agreement(said, train.labels));
    for (let i = 0; i < together.length; i++) together[i] = (together[i] as number) + ((1 - share) * (said[i] as number)) / teachers.length;
  }
  for (const [row, label] of train.labels.entries()) {
    for (let c = 0; c < classes.length; c++) {
      const at = row * classes.length + c;
      together[at] = (together[at] as number) + share * (train.votes?.[at] ?? (c === label ? 1 : 0));
    }
  }
  return {
    ids: train.ids,
    classes,
    distributions: together,
    agreement: { runs: agreements, all: agreement(together, train.labels) },
  };
}

/** What a run says of faces: (faces, classes). */
function runAnswers(run: LoadedRun, faces: LabeledImages, mirror: boolean): ArrayLike<number> {
  const { settings, classes, network } = run;
  if (classes.join() !== faces.classes.join()) {
    throw new DataError(
      `softLabels: expected runs of the classes ${faces.classes.join(", ")}, but one was trained with ${classes.join(", ")}.`,
    );
  }
  const none = subset(faces, []);
  const data = { name: "", labelSource: "", classes, train: none, validation: none, test: faces, dropped: [] };
  const { test, head } = embedSplits(run, data, { mirror });
  network.dispose();
  const sigma = gaussianWidthOf(settings.loss);
  return head ?? fitGaussians(test, sigma === undefined ? {} : { sigma }).posterior(test);
}

/** Share of rows whose greatest value is at the label. */
function agreement(distributions: ArrayLike<number>, labels: Int32Array): number {
  const C = distributions.length / labels.length;
  let agreed = 0;
  for (const [row, label] of labels.entries()) {
    const own = distributions[row * C + label] as number;
    let most = true;
    for (let c = 0; c < C; c++) if ((distributions[row * C + c] as number) > own) most = false;
    if (most) agreed++;
  }
  return agreed / labels.length;
}

/**
 * Soft labels as comma-separated text with a head, to five digits: what `data.softLabels` of a training reads.
 *
 * @example
 * const agreement = { runs: [1], all: 1 };
 * softLabelsCsv({ ids: ["a.png"], classes: ["calm", "angry"], distributions: Float64Array.of(0.75, 0.25), agreement });
 * // "path,calm,angry\na.png,0.75,0.25\n"
 */
export function softLabelsCsv({ ids, classes, distributions }: SoftenedLabels): string {
  const C = classes.length;
  const rows = ids.map((id, i) => [id, ...Array.from(distributions.subarray(i * C, (i + 1) * C), (p) => String(Number(p.toFixed(5))))]);
  return [["path", ...classes], ...rows].map((row) => `${row.map(csvField).join(",")}\n`).join("");
}
