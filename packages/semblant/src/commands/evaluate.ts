import {
  bootstrap,
  type Comparison,
  compare,
  type Embeddings,
  type Evaluation,
  evaluate,
  type LeaveOut,
  type Metrics,
  metricsOf,
  OptionError,
  Random,
  rangeOfMetric,
  summary,
  takeOutcomes,
} from "@semblant/core";
import type { Dataset, LabeledImages, Settings } from "@semblant/training";
import { type Engine, loadEngine, loadTorch } from "../engine.ts";
import { writeWhole } from "../files.ts";
import { loadCharts } from "../pictures/load-charts.ts";
import type { CommandPage } from "../terminal/page.ts";
import { oneOf, seedNumber, wholeNumber } from "../terminal/parse.ts";
import type { CommandModule } from "./command.ts";
import { dataOverrides } from "./data-overrides.ts";
import { type EvaluatedDataOptions, openEvaluated } from "./evaluated-data.ts";
import { describeRun, formatComparison, formatEvaluation, protocolOf } from "./evaluation-table.ts";
import { runFolder } from "./run-folder.ts";

export const page: CommandPage = {
  name: "evaluate",
  usage: "<run> [options] [data.name=value ...]",
  sentence: "Measure a run's embedding on faces it has not seen: classification, clustering, retrieval, calibration, with 95 % intervals.",
  examples: [
    ["semblant evaluate runs/1 --report first.html", "charts and pictures"],
    ["semblant evaluate runs/1 --compare runs/2", "more than luck?"],
    ["semblant evaluate runs/1 --data jaffe/", "another set, whole"],
  ],
  arguments: ["<run>", "[settings...]"],
  options: [
    { flags: "-c, --compare <run>", text: "test another run on the same faces, paired" },
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
      text: "frames that are no neighbours of each other: of one sequence, of one person, or nothing",
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
export interface EvaluatedRun {
  readonly run: string;
  readonly settings: Settings;
  readonly dataset: { readonly name: string; readonly labels: string; readonly split: "test" | "validation" | "all"; readonly n: number };
  /** Whose training faces voted, where they are of another set than the measured one: the run's own. */
  readonly gallery?: { readonly name: string; readonly labels: string; readonly n: number };
  readonly evaluation: Evaluation;
  /** Test faces that also stand in the training data, and the metrics of the others; absent where there are none. */
  readonly twins?: { readonly count: number; readonly n: number; readonly metrics: Metrics };
  readonly embeddings: { readonly train: Embeddings; readonly test: Embeddings };
  readonly images: { readonly train: LabeledImages; readonly test: LabeledImages };
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
    dataset: { name: data.name, labels: data.labelSource, split, n: test.rows },
    ...(gallery && { gallery }),
    evaluation: measured,
    ...(twins && { twins }),
    embeddings: { train, test },
    images: { train: data.train, test: data.test },
  };
}

/** The same answers, counted over the faces that are no twins. */
export function measureWithoutTwins(engine: Engine, data: Dataset, evaluation: Evaluation): EvaluatedRun["twins"] {
  const { rows, others } = engine.findTwins(data);
  if (rows.length === 0 || others.length === 0) return undefined;
  const { outcomes, settings } = evaluation;
  const metrics = bootstrap(
    others.length,
    (drawn) =>
      metricsOf(
        takeOutcomes(
          outcomes,
          drawn.map((i) => others[i] as number),
        ),
      ),
    {
      resamples: settings.bootstrap,
      random: new Random(settings.seed).fork("bootstrap"),
      range: rangeOfMetric,
    },
  );
  return { count: rows.length, n: others.length, metrics: metrics as Metrics };
}

/** The paired test of two runs on the same faces: differences are the first minus the second. */
export function compareRuns(first: EvaluatedRun, second: EvaluatedRun): Comparison {
  const ids = (run: EvaluatedRun) => run.embeddings.test.ids?.join("\n");
  if (ids(first) !== ids(second)) {
    throw new OptionError(
      `evaluate: ${first.run} and ${second.run} were measured on different faces, so they cannot be compared pair by pair.\n  Name the same faces for both with --data.`,
    );
  }
  return compare(first.evaluation, second.evaluation);
}

/** What `--json` prints: everything but the embeddings and the pictures. */
export function summaryOf({ run, settings, dataset, gallery, evaluation, twins }: EvaluatedRun) {
  const { settings: protocol, ...measured } = summary(evaluation);
  return { run, dataset, ...(gallery && { gallery }), protocol, ...measured, ...(twins && { withoutTwins: twins }), settings };
}

/** Writes the HTML report of an evaluated run. */
export async function writeReport(path: string, evaluated: EvaluatedRun): Promise<void> {
  const [{ report }, { openRun }, { shownSettings }] = await Promise.all([
    import("../report/report.ts"),
    loadEngine(),
    import("../report/shown-settings.ts"),
  ]);
  const { run, settings, evaluation, twins, embeddings, images } = evaluated;
  const accuracy = evaluation.metrics.accuracy.value.toFixed(1);
  const lead = `${describeRun(evaluated)}. The ${evaluation.settings.k} nearest training faces${evaluated.gallery ? ` of ${evaluated.gallery.name}` : ""} name ${accuracy} % of ${evaluation.rows.test.toLocaleString("en-US")} ${evaluated.dataset.split} faces as their label does.`;
  const content = {
    title: run,
    lead,
    protocol: protocolOf(evaluated),
    evaluation,
    settings: shownSettings(settings),
    steps: openRun(run).steps(),
    test: embeddings.test,
    images,
  };
  await writeWhole(path, await report({ ...content, ...(twins && { withoutTwins: twins.metrics }) }));
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
    const evaluated = await evaluateRun(run as string, options, progress);
    terminal.endLive();
    terminal.print(formatEvaluation(evaluated, terminal.color));
    const second = other === undefined ? undefined : await evaluateRun(other as string, options, progress);
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
