/**
 * What each part of the preset `best` is worth: ResNet18 of width 16 on FER+, 5 epochs, one seed, each part put back alone to what the paper
 * does (or taken out), measured on the validation faces, since nothing here is to be chosen on test.
 *
 *   npm run experiment -- ablation --data DIR [--only best,sigma-1] [--threads 1]     about 4 minutes a variant on one core
 *   npm run experiment -- ablation --table                                             # the table, from results/
 *
 * Runs are kept in runs/ablation (`--out`), go on after any stop and are not trained twice. All is one file, results/ablation.json.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { summary } from "@semblant/core";
import { evaluateSpace } from "@semblant/lab";
import { setThreads } from "@semblant/torch";
import { buildTraining, createRun, type Loss, openRun, train } from "@semblant/training";
import { openData, resolveSettings } from "@semblant/training/settings";
import { parseOptions, refuse } from "../bench/options.ts";
import { machine } from "../bench/result.ts";
import { annealed, learnedWidths, naturalPriors, runningMeans, type Trial } from "./gaussian-loss-trials.ts";
import { type Measured, markdownTable, withInterval } from "./markdown.ts";

/** What is other than in `best`, in words, in settings and, where the library has no such loss, as a loss. */
interface Other {
  readonly words: string;
  readonly settings: readonly string[];
  readonly loss?: (trial: Trial) => Loss;
}
const variants: Readonly<Record<string, Other>> = {
  best: { words: "the preset `best`", settings: [] },
  "sigma-1": { words: "sigma 1, as in the paper", settings: ["loss.sigma=1"] },
  "one-hot": { words: "one-hot targets", settings: ["targets=labels"] },
  "paper-augmentation": { words: "the paper's augmentation", settings: ["augmentation=paper"] },
  "stem-7x7": { words: "7×7 stem", settings: ["network.stem=7x7"] },
  constant: {
    words: "Adam at a constant 1e-4",
    settings: ["schedule.name=constant", "optimizer.name=adam", "optimizer.learningRate=1e-4", "optimizer.weightDecay=0"],
  },
  "no-average": { words: "no average of weights", settings: ["ema=none"] },
  paper: { words: "the preset `paper`: all of these at once", settings: ["preset=paper", "network.baseChannels=16"] },
  crossentropy: { words: "27,947 rows, means by label", settings: ["data.labels=crossentropy", "loss.means=labels"] },
  "square-root": { words: "batches by the square root of class frequency", settings: ["sampler=square-root"] },
  natural: { words: "batches by class frequency", settings: ["sampler=plain"] },
  "sigma-3": { words: "sigma 3", settings: ["loss.sigma=3"] },
  annealed: { words: "sigma from 4 down to 1.5", settings: [], loss: annealed },
  widths: { words: "a learned sigma per class", settings: [], loss: learnedWidths },
  running: { words: "class means that remember earlier batches", settings: [], loss: runningMeans },
  priors: { words: "natural priors in the loss", settings: [], loss: naturalPriors },
  softmax: { words: "softmax in place of the loss", settings: ["loss.name=softmax"] },
};

interface Variant {
  readonly name: string;
  readonly settings: readonly string[];
  readonly seconds: number;
  readonly metrics: Readonly<Record<string, Measured>>;
}
const file = resolve(import.meta.dirname, "results/ablation.json");
const measured = ["accuracy", "paperF1", "nmi", "ece", "voteLogLoss"] as const;

/** The table of the variants, from results/ablation.json. */
export function ablationTable(): string {
  const { variants: made } = JSON.parse(readFileSync(file, "utf8")) as { readonly variants: readonly Variant[] };
  const rows = Object.entries(variants).flatMap(([name, { words }]) => {
    const variant = made.find((one) => one.name === name);
    if (variant === undefined) return [];
    const [accuracy, ...others] = measured.map((metric) => variant.metrics[metric] as Measured);
    return [[words, withInterval(accuracy as Measured), ...others.map(({ value }, i) => value.toFixed(i === 3 ? 2 : 1))]];
  });
  const head = ["", "accuracy, 11-NN", "F1 (paper)", "NMI", "ECE", "vote log-loss"];
  return markdownTable(head, rows);
}

if (import.meta.main) await main();

async function main(): Promise<void> {
  const { values } = parseOptions({
    options: {
      data: { type: "string" },
      only: { type: "string", default: Object.keys(variants).join(",") },
      out: { type: "string", default: "runs/ablation" },
      threads: { type: "string" },
      table: { type: "boolean", default: false },
    },
  });
  if (values.table) return console.log(ablationTable());
  if (values.data === undefined) refuse("expected the folder of FER+ with --data.");
  if (values.threads !== undefined) setThreads(Number(values.threads));
  for (const name of values.only.split(",")) {
    const variant = variants[name];
    if (variant === undefined) refuse(`there is no variant ${name}; known: ${Object.keys(variants).join(", ")}.`);
    const out = resolve(values.out, name);
    const common = ["network.baseChannels=16", "epochs=5", "validation.every=5", "precision=bfloat16", "loss.leaveOneOut=false"]; // the loss as published
    const overrides = [`data.source=${resolve(values.data)}`, ...common, ...variant.settings];
    await trained(out, overrides, variant.loss);
    const { evaluation } = await evaluateSpace(out, { split: "validation" });
    const { metrics } = summary(evaluation);
    const chosen = Object.fromEntries(measured.map((metric) => [metric, metrics[metric]]));
    const seconds = Math.round(openRun(out).last()?.state.seconds ?? 0);
    record({ name, settings: variant.settings, seconds, metrics: chosen as Variant["metrics"] });
    console.log(`${name}: accuracy ${metrics.accuracy?.value.toFixed(1)}, NMI ${metrics.nmi?.value.toFixed(1)}, ${seconds} s`);
  }
}

/** Trains what is missing of a run; a loss that is not the settings' own does not outlast a stop, so it begins anew. */
async function trained(out: string, overrides: readonly string[], lossOf: Other["loss"]): Promise<void> {
  const whole = () => openRun(out).last()?.state.ended?.reason === "finished";
  if (lossOf !== undefined && existsSync(out) && !whole()) rmSync(out, { recursive: true });
  const run = existsSync(out) ? openRun(out) : createRun(out, resolveSettings({}, overrides));
  const data = await openData(run.settings.data);
  const training = buildTraining(run.settings, data, run);
  const { labels, classes } = data.train;
  const shares = classes.map((_, c) => labels.filter((label) => label === c).length / labels.length);
  const steps = run.settings.epochs * Math.ceil(labels.length / (run.settings.perClass * classes.length));
  const loss = lossOf?.({ classes: classes.length, dimensions: run.settings.network.dimensions, steps, shares }) ?? training.loss;
  for (const { step, loss: value } of train({ ...training, loss, run })) {
    if (step % 100 === 0) console.log(`${out}: step ${step}, loss ${value.toFixed(3)}`);
  }
}

function record(variant: Variant): void {
  const before = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as { variants: Variant[] }).variants : [];
  const all = [...before.filter(({ name }) => name !== variant.name), variant];
  mkdirSync(resolve(import.meta.dirname, "results"), { recursive: true });
  const whole = {
    experiment: "ablation",
    dataset: { name: "FER+", split: "validation", n: 3191 },
    network: "resnet18, width 16",
    epochs: 5,
    seed: 0,
    machine: machine(),
    variants: all,
  };
  writeFileSync(file, `${JSON.stringify(whole, null, 2)}\n`);
}
