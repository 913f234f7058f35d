import { DataError, fitGaussians, invalidOption, OptionError, refuseUnknown } from "@semblant/core";
import type { LabeledImages, LoadedRun, PartialSettings } from "@semblant/training";
import { type Engine, loadEngine, loadReaders, loadTorch, type Readers } from "../engine.ts";
import { writeUnlessEdited } from "../files.ts";
import { csvField } from "../formats/csv-field.ts";
import { isModel, modelAnswers } from "../models/model-answers.ts";
import type { CommandPage } from "../terminal/page.ts";
import { numberFrom, oneOf, wholeNumber } from "../terminal/parse.ts";
import type { CommandModule } from "./command.ts";
import { labelModes } from "./data-inspect.ts";
import { openData, refuseUnlabeled } from "./open-data.ts";
import { refuseGone } from "./own-data.ts";
import { runFolder } from "./run-folder.ts";

export const page: CommandPage = {
  name: "soft-labels",
  usage: "<teacher...> --csv <file> [options]",
  sentence: "Let trained runs or exported models say how likely each expression of training faces is, for a network to learn from.",
  examples: [
    ["semblant soft-labels runs/1 --csv soft.csv", "one teacher"],
    ["semblant soft-labels runs/1 runs/2 --csv soft.csv", "the mean of two"],
    ["semblant soft-labels best --data faces/ --csv soft.csv", "a model that ships"],
  ],
  arguments: ["<teacher...>"],
  options: [
    { flags: "--csv <file>", writes: "file", text: "the table: a face's path and a column a class", default: "required" },
    { flags: "-d, --data <path>", text: "whose training faces; models alone need it", default: "the first run's" },
    {
      flags: "-l, --labels <mode>",
      text: `FER+: ${labelModes.join(", ")}`,
      default: "the first run's",
      parse: oneOf("labels", labelModes),
    },
    {
      flags: "--votes <share>",
      text: "how much people's own votes count beside the runs",
      default: "0.3",
      parse: numberFrom("votes", 0, 1),
    },
    { flags: "--no-mirror", text: "look at each face alone, not at its mirror image too" },
    { flags: "-t, --threads <n>", text: "threads an operation may use", default: "libtorch's", parse: wholeNumber("threads", 1, 1024) },
  ],
  notes: [
    "A teacher is a run's folder, an exported .onnx file, or best or small (the models that ship).",
    "To train with it: semblant train data.softLabels=soft.csv, on the same data and labels.",
    "A run answers with its classifier, where it has one, and else with Gaussians fitted to its classes. Labels do not change.",
  ],
};

export interface SoftLabelsOptions {
  /** How the faces are read; by default as the first teacher that is a run read them. */
  readonly data?: PartialSettings["data"];
  /** Share of the data's own votes (or labels) in each distribution, 0 to 1 (0.3); the rest is the runs', in equal parts. */
  readonly votes?: number;
  /** Each answer of a run is from the mean of the face's embedding and its mirror image's (true): training sees both. A model does as its file says. */
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
 * @param teachers folders of runs, files of `semblant export`, `best` or `small`
 * @throws DataError if a teacher has other classes than the data, or a model takes faces of another size
 * @throws OptionError if no teacher is named, all are models and there is no `data`, or votes is not from 0 to 1
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
  const engine = run === undefined ? undefined : await loadEngine(); // models alone need no libtorch
  const readers: Readers = engine ?? (await loadReaders());
  if (engine !== undefined && threads !== undefined) (await loadTorch()).setThreads(threads);
  const own = engine && readers.withoutTeachers(engine.openRun(runFolder(run as string)).settings.data);
  if (own !== undefined && given?.source === undefined) refuseGone(own.source);
  const data = await openData(readers, readers.resolveSettings({ data: { ...own, ...given } }).data, progress);
  refuseUnlabeled("softLabels", data, given?.source ?? own?.source ?? "");
  const { train, classes } = data;

  const together = new Float64Array(train.labels.length * classes.length);
  const agreements: number[] = [];
  for (const [n, teacher] of teachers.entries()) {
    progress(`teacher ${n + 1}/${teachers.length}: ${train.images.count} faces ...`);
    const faces = { ...train, classes };
    const said = isModel(teacher)
      ? await modelAnswers(teacher, faces, { threads })
      : runAnswers(engine as Engine, (engine as Engine).loadRun(runFolder(teacher)), faces, mirror);
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
function runAnswers(engine: Engine, run: LoadedRun, faces: LabeledImages, mirror: boolean): ArrayLike<number> {
  const { settings, classes, network } = run;
  if (classes.join() !== faces.classes.join()) {
    throw new DataError(
      `softLabels: expected runs of the classes ${faces.classes.join(", ")}, but one was trained with ${classes.join(", ")}.`,
    );
  }
  const none = engine.subset(faces, []);
  const data = { name: "", labelSource: "", classes, train: none, validation: none, test: faces, dropped: [] };
  const { test, head } = engine.embedSplits(run, data, { mirror });
  network.dispose();
  return head ?? fitGaussians(test, settings.loss.name === "sgm" ? { sigma: settings.loss.sigma } : {}).posterior(test);
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

export const command: CommandModule = {
  page,
  async run([teachers], { csv, data, labels, votes, mirror, threads }, terminal) {
    if (csv === undefined)
      throw new OptionError("soft-labels: expected --csv with the file to write, but got nothing.\n  See: semblant soft-labels --help");
    const soft = await softLabels(
      teachers as string[],
      {
        data: {
          ...(data !== undefined && { source: data as string }),
          ...(labels !== undefined && { labels: labels as (typeof labelModes)[number] }),
        },
        ...(votes !== undefined && { votes: votes as number }),
        ...(mirror === false && { mirror }),
        ...(threads !== undefined && { threads: threads as number }),
      },
      (text) => terminal.live(text),
    );
    await writeUnlessEdited(csv as string, softLabelsCsv(soft));
    terminal.endLive();
    const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
    terminal.print(`${soft.ids.length} faces: ${csv as string}`);
    terminal.print(
      `Labels agreed with: ${soft.agreement.runs.map(percent).join(", ")}; all together, votes included: ${percent(soft.agreement.all)}`,
    );
    terminal.print(`To train with it:  semblant train data.softLabels=${csv as string} ...`);
    terminal.result({ csv, faces: soft.ids.length, agreement: soft.agreement });
    return 0;
  },
};
