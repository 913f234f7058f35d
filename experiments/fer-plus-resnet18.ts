/**
 * ResNet18 on FER+ with the structured Gaussian manifold loss, triplet loss and softmax, from scratch, under one protocol:
 * the preset `best`, the same network, epochs, images a batch and augmentation for all; only the loss differs.
 *
 *   npm run experiment -- fer-plus-resnet18 --data DIR [--only sgm-0,triplet-0] [--threads 1] [-- epochs=20 network.baseChannels=32]
 *
 * About 45 minutes a run on one core of a recent EPYC (bfloat16), 20 epochs at width 32. Runs are kept in runs/fer-plus-resnet18,
 * go on after any stop, and are not trained twice; each ends as experiments/results/fer-plus-resnet18-<loss>-<seed>.json.
 * Validation chooses the epoch; test images are looked at once, by `record`.
 *
 * Then what goes past one training: a warm restart from the wide run's weights, networks that begin from an earlier run and are taught by
 * what four runs say of the training faces (`semblant soft-labels`), and two that begin from the models that shipped and are taught by both.
 *
 * Paper, Table 2 (ImageNet start, 224 px): SGM 87.63, triplet 87.12, softmax 87.70 accuracy. Ours: README.
 */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { softLabels, softLabelsCsv } from "@semblant/lab";
import { setThreads } from "@semblant/torch";
import { buildTraining, createRun, openRun, train } from "@semblant/training";
import { openData, type PartialSettings, resolveSettings } from "@semblant/training/settings";
import { git } from "../bench/commit.ts";
import { parseOptions, refuse } from "../bench/options.ts";
import { recordRun } from "./record.ts";

/** A run's settings, the run or shipped model whose weights it begins from, and those that teach it, the raters with their share of votes. */
interface Spec extends PartialSettings {
  readonly from?: string;
  readonly taughtBy?: readonly string[];
  readonly votes?: number;
}

const models = ["expression.onnx", "expression-small.onnx"];
/** The loss as published, which `best` was when these were trained. */
const published = { name: "sgm", leaveOneOut: false } as const;
/** 20 epochs at width 32 for all that are compared; then those as good as they get in 45 to 105 minutes. */
const common: PartialSettings = { epochs: 20, validation: { every: 2 }, network: { baseChannels: 32 } };
const further: PartialSettings = {
  ...common,
  loss: { ...published, means: "labels" },
  data: { labels: "crossentropy" },
  optimizer: { learningRate: 0.0015 },
  schedule: { warmup: 0.15 },
};
/** From a model that shipped, taught in equal parts by the votes and by both models. */
const restarted = { ...further, sampler: "square-root", taughtBy: models, votes: 0.5 } as const;
const teachers = ["again-sgm-1", "wide-sgm-0", "sgm-0", "softmax-0"];
const specs: Record<string, Spec> = {
  "sgm-0": { ...common, loss: published, seed: 0 },
  "softmax-0": { ...common, loss: { name: "softmax" }, seed: 0 },
  "triplet-0": { ...common, loss: { name: "triplet" }, seed: 0 },
  "sgm-1": { ...common, loss: published, seed: 1 },
  "wide-sgm-0": {
    ...common,
    epochs: 17,
    network: { baseChannels: 64 },
    loss: { ...published, means: "labels" },
    data: { labels: "crossentropy" },
    seed: 0,
  },
  "again-sgm-1": { ...further, network: { baseChannels: 64 }, seed: 1, from: "wide-sgm-0" },
  "taught-wide-2": { ...further, epochs: 16, network: { baseChannels: 64 }, seed: 2, from: "again-sgm-1", taughtBy: teachers },
  "taught-small-3": { ...further, epochs: 24, seed: 3, from: "sgm-0", taughtBy: teachers },
  "restart-wide-4": { ...restarted, network: { baseChannels: 64 }, seed: 4, from: "expression.onnx" },
  "restart-small-5": { ...restarted, epochs: 18, seed: 5, from: "expression-small.onnx" },
};
/** The commit whose models are meant. */
const shipped = "6e35b4f";
/** Those measured with mirror images, as validation favours. */
const mirrored = ["wide-sgm-0", "again-sgm-1", "taught-wide-2", "restart-small-5"];

/** Measured both ways: validation favours none by neighbours and mirror images by the Gaussians. */
const bothWays = ["restart-wide-4"];

const { values, positionals } = parseOptions({
  allowPositionals: true,
  options: {
    data: { type: "string" },
    only: { type: "string", default: Object.keys(specs).join(",") },
    threads: { type: "string" },
    out: { type: "string", default: "runs/fer-plus-resnet18" },
  },
});
if (values.data === undefined) refuse("expected the folder of FER+ with --data.");
if (values.threads !== undefined) setThreads(Number(values.threads));

for (const name of values.only.split(",")) {
  const spec = specs[name];
  if (spec === undefined) refuse(`there is no run ${name}; known: ${Object.keys(specs).join(", ")}.`);
  const dir = resolve(values.out, name);
  const { from, taughtBy, votes, ...own } = spec;
  const table = taughtBy === undefined ? null : await softened(taughtBy, votes);
  const settings = resolveSettings(
    {
      preset: "best",
      ...own,
      data: { ...own.data, source: values.data, softLabels: table },
      network: { ...own.network, weights: from === undefined ? null : weightsOf(from) },
    },
    positionals,
  );
  const run = existsSync(`${dir}/settings.json`) ? openRun(dir) : createRun(dir, settings);
  const data = await openData(run.settings.data);
  for (const { step, steps, loss, imagesPerSecond, secondsLeft, validation, ended } of train({
    ...buildTraining(run.settings, data),
    run,
  })) {
    if (validation !== undefined || step % 20 === 0) {
      const left = `${Math.round(secondsLeft / 60)} min left`;
      const valued =
        validation === undefined ? "" : `, ${validation.metric} ${validation.value.toFixed(2)} (best ${validation.best.toFixed(2)})`;
      console.log(`${name} ${step}/${steps} loss ${loss.toFixed(4)}, ${Math.round(imagesPerSecond)} images/s, ${left}${valued}`);
    }
    if (ended !== undefined) console.log(`${name}: ${ended.message}`);
  }
  const naming = {
    experiment: "fer-plus-resnet18",
    name: `fer-plus-resnet18-${name}`,
    mirror: mirrored.includes(name),
    ...(from !== undefined && { start: isModel(from) ? `models/${from} of ${shipped}` : `fer-plus-resnet18-${from}` }),
    ...(taughtBy !== undefined && { taughtBy: isModel(taughtBy[0] as string) ? "the models before it" : "four runs" }),
  };
  await recordRun(dir, naming);
  if (bothWays.includes(name)) await recordRun(dir, { ...naming, name: `mirrored-${naming.name}`, mirror: true });
}

/** What teachers say of the training faces, as a table beside the runs; made once. */
async function softened(teachers: readonly string[], votes?: number): Promise<string> {
  const models = teachers.every(isModel);
  const table = resolve(values.out, models ? "soft-labels-of-models.csv" : "soft-labels.csv");
  if (existsSync(table)) return table;
  const data = { source: values.data as string, labels: "crossentropy" } as const;
  const soft = await softLabels(
    teachers.map((name) => (models ? modelOf(name) : resolve(values.out, name))),
    { ...(models && { data }), ...(votes !== undefined && { votes }) },
    console.log,
  );
  writeFileSync(table, softLabelsCsv(soft));
  return table;
}

function isModel(name: string): boolean {
  return name.endsWith(".onnx");
}

function weightsOf(from: string): string {
  return isModel(from) ? modelOf(from) : resolve(values.out, from, "best.safetensors");
}

/** A model as it shipped then, beside the runs. */
function modelOf(name: string): string {
  const file = resolve(values.out, name);
  if (existsSync(file)) return file;
  const bytes = git(["show", `${shipped}:models/${name}`]);
  if (bytes === undefined) {
    throw new Error(`${name}: expected it in ${values.out}, or this to be a git checkout with the commit ${shipped}, which shipped it.`);
  }
  mkdirSync(values.out, { recursive: true });
  writeFileSync(file, bytes);
  return file;
}
