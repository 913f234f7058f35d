import { type Comparison, compare, evaluate, type LeaveOut, OptionError, summary } from "@semblant/core";
import type { Settings } from "@semblant/training";
import { loadEngine, loadTorch } from "../engine.ts";
import { writeWhole } from "../files.ts";
import { isModel } from "../models/model-answers.ts";
import { loadCharts } from "../pictures/load-charts.ts";
import type { CommandPage } from "../terminal/page.ts";
import { oneOf, seedNumber, wholeNumber } from "../terminal/parse.ts";
import type { CommandModule } from "./command.ts";
import { dataOverrides } from "./data-overrides.ts";
import { type EvaluatedModel, evaluateModel } from "./evaluate-model.ts";
import { type EvaluatedDataOptions, openEvaluated } from "./evaluated-data.ts";
import { formatComparison, formatEvaluation, leadOf, protocolOf } from "./evaluation-table.ts";
import { type Measured, measureWithoutTwins } from "./measured.ts";
import { runFolder } from "./run-folder.ts";

export const page: CommandPage = {
  name: "evaluate",
  usage: "<run|model> [options] [data.name=value ...]",
  sentence:
    "Measure a run or an exported model on faces it has not seen: classification, clustering, retrieval, calibration, with 95 % intervals.",
  examples: [
    ["semblant evaluate runs/1 --report first.html", "charts and pictures"],
    ["semblant evaluate runs/1 --compare runs/2", "more than luck?"],
    ["semblant evaluate best --data jaffe/", "a model that ships, a set whole"],
  ],
  arguments: ["<run>", "[settings...]"],
  options: [
    { flags: "-c, --compare <run>", text: "test another run or model on the same faces, paired" },
    { flags: "--report <file.html>", writes: "file", text: "write one self-contained HTML file, which holds copies of faces" },
    { flags: "-d, --data <path>", text: "other faces, of classes that the run knows", default: "the run's own" },
    { flags: "--gallery <path>", text: "where the training faces that vote are", default: "the run's own" },
    {
      flags: "--split <name>",
      text: "test, validation, or all of other data",
      default: "test; all where a set has no splits",
      parse: oneOf("split", ["test", "validation", "all"]),
    },
    { flags: "-k, --neighbors <n>", text: "training faces that vote", default: "11", parse: wholeNumber("neighbors", 1) },
    {
      flags: "--leave-out <what>",
      text: "sequence, person or nothing: faces of one are never each other's neighbours",
      default: "sequence",
      parse: oneOf("leave-out", ["sequence", "person", "nothing"]),
    },
    { flags: "--mirror", text: "embed each face and its mirror image, and take the mean" },
    { flags: "--weights <which>", text: "best or last of the run", default: "best", parse: oneOf("weights", ["best", "last"]) },
    {
      flags: "--bootstrap <n>",
      text: "draws behind each interval, 0 for none",
      default: "1000",
      parse: wholeNumber("bootstrap", 0, 1_000_000),
    },
    { flags: "-s, --seed <n>", text: "of the draws and of k-means", default: "0", parse: seedNumber() },
    { flags: "-t, --threads <n>", text: "threads an operation may use", default: "libtorch's", parse: wholeNumber("threads", 1, 1024) },
  ],
  notes: [
    "Where a run's own faces were moved, --data says where they are now. A run of an earlier version needs --gallery with the same place, too.",
    "A model is best or small (those that ship) or a file of semblant export. It is measured on --data, without libtorch, by the Gaussians that it carries too. Where the data has no training faces, each face is asked of all others.",
    "Other data may have fewer classes: labels are matched by name, and averages are over the classes that it has.",
    "How other data is read is said as for train: data.crop=whole, data.neutral=subject, data.contempt=false ...",
    "Faces that stand pixel for pixel in the training data too (twins) are counted, and everything is measured with and without them.",
  ],
};

export interface EvaluateRunOptions extends EvaluatedDataOptions {
  readonly neighbors?: number;
  readonly weights?: "best" | "last";
  /** Which faces are never each other's neighbours, where people and sequences are known. */
  readonly leaveOut?: LeaveOut;
  /** Each embedding is the mean of the face's and its mirror image's: twice the work, steadier answers. */
  readonly mirror?: boolean;
  readonly bootstrap?: number;
  readonly seed?: number;
  readonly threads?: number;
}

/** A run measured on a split, all that a table or a report shows of it. */
export interface EvaluatedRun extends Measured {
  readonly settings: Settings;
}

/** Embeds training and test faces with a run's network and measures. */
export async function evaluateRun(
  given: string,
  options: EvaluateRunOptions = {},
  progress: (text: string) => void = () => {},
): Promise<EvaluatedRun> {
  const { neighbors, weights = "best", mirror = false, bootstrap: draws, seed, threads, leaveOut, ...which } = options;
  const engine = await loadEngine();
  if (threads !== undefined) (await loadTorch()).setThreads(threads);
  const run = runFolder(given);
  const loaded = engine.loadRun(run, { which: weights });
  progress("reading the data ...");
  const { data, split, gallery } = await openEvaluated(
    engine,
    { own: loaded.settings.data, classes: loaded.classes, trainedOn: loaded.data },
    which,
    progress,
  );

  progress(`embedding ${data.train.images.count + data.test.images.count} faces ...`);
  const { train, test, head } = engine.embedSplits(loaded, data, { mirror });
  loaded.network.dispose();
  progress("measuring ...");
  const measured = evaluate(train, test, {
    ...(neighbors !== undefined && { k: neighbors }),
    ...(draws !== undefined && { bootstrap: draws }),
    ...(seed !== undefined && { seed }),
    ...(leaveOut !== undefined && { leaveOut }),
    ...(head && { head }),
    ...(loaded.settings.loss.name === "sgm" && { sigma: loaded.settings.loss.sigma }), // the width it was trained with
  });
  const twins = measureWithoutTwins(engine, data, measured);
  return {
    run,
    settings: loaded.settings,
    dataset: { name: data.name, labels: data.labelSource, split, n: test.rows, ...(data.faces && { faces: data.faces }) },
    ...(gallery && { gallery }),
    evaluation: measured,
    ...(twins && { twins }),
    embeddings: { train, test },
    images: { train: data.train, test: data.test },
  };
}

/** The paired test of two runs on the same faces: differences are the first minus the second. */
export function compareRuns(first: Measured, second: Measured): Comparison {
  const ids = (run: Measured) => run.embeddings.test.ids?.join("\n");
  if (ids(first) !== ids(second)) {
    throw new OptionError(
      `evaluate: ${first.run} and ${second.run} were measured on different faces, so they cannot be compared pair by pair.\n  Name the same faces for both with --data.`,
    );
  }
  return compare(first.evaluation, second.evaluation);
}

/** What `--json` prints: everything but the embeddings and the pictures. Of a model, `settings` are those that the data was read by. */
export function summaryOf(evaluated: EvaluatedRun | EvaluatedModel) {
  const { run, settings, dataset, gallery, evaluation, twins } = evaluated;
  const { settings: protocol, ...measured } = summary(evaluation);
  const of = "card" in evaluated && { model: { name: evaluated.card.name, version: evaluated.card.version } };
  return { run, ...of, dataset, ...(gallery && { gallery }), protocol, ...measured, ...(twins && { withoutTwins: twins }), settings };
}

/** Writes the HTML report of an evaluated run or model. */
export async function writeReport(path: string, evaluated: EvaluatedRun | EvaluatedModel): Promise<void> {
  const [{ report }, { shownData, shownSettings }] = await Promise.all([
    import("../report/report.ts"),
    import("../report/shown-settings.ts"),
  ]);
  const { run, settings, evaluation, twins, embeddings, images } = evaluated;
  const isModel = "card" in evaluated;
  const content = {
    title: run,
    lead: leadOf(evaluated),
    what: isModel ? ("model" as const) : ("run" as const),
    protocol: protocolOf(evaluated),
    evaluation,
    settings: isModel ? { data: shownData(settings.data) } : shownSettings(evaluated.settings),
    steps: isModel ? [] : (await loadEngine()).openRun(run).steps(),
    test: embeddings.test,
    images,
  };
  await writeWhole(path, await report({ ...content, ...(twins && { withoutTwins: twins.metrics }) }));
}

/** Measures a run, or an exported model; a model that a run is compared with is measured on the run's faces. */
async function measure(
  given: string,
  options: EvaluateRunOptions,
  progress: (text: string) => void,
  first?: EvaluatedRun | EvaluatedModel,
): Promise<EvaluatedRun | EvaluatedModel> {
  if (!isModel(given)) return evaluateRun(given, options, progress);
  const like = options.data === undefined && first !== undefined ? { like: first.settings.data } : {};
  return evaluateModel(given, { ...options, ...like }, progress);
}

export const command: CommandModule = {
  page,
  async run([run, overrides], given, terminal) {
    const {
      compare: other,
      report,
      json: _json,
      quiet: _quiet,
      color: _color,
      ...flags
    } = given as EvaluateRunOptions & Record<string, unknown>;
    const options = { ...flags, overrides: dataOverrides("evaluate", "<run>", (overrides ?? []) as string[]) };
    const progress = (text: string) => terminal.live(text);
    if (report !== undefined) await loadCharts(); // what is missing for the report is said before the work
    const evaluated = await measure(run as string, options, progress);
    terminal.endLive();
    terminal.print(formatEvaluation(evaluated, terminal.color));
    const second = other === undefined ? undefined : await measure(other as string, options, progress, evaluated);
    terminal.endLive();
    const comparison = second && compareRuns(evaluated, second);
    if (second && comparison)
      terminal.print(`\n${formatEvaluation(second, terminal.color)}\n\n${formatComparison(evaluated, second, comparison)}`);
    if (report !== undefined) {
      terminal.live("drawing the report ...");
      await writeReport(report as string, evaluated);
      terminal.endLive();
      terminal.print(`\nreport: ${report as string} (holds copies of faces)`);
    }
    terminal.result({
      ...summaryOf(evaluated),
      ...(second && { second: summaryOf(second), comparison }),
      ...(report !== undefined && { report }),
    });
    return 0;
  },
};
