/** What a trained run leaves behind: one JSON object in experiments/results, measured on test images once. */
import { mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { summary } from "@semblant/core";
import { type EvaluatedRun, evaluateSpace } from "@semblant/lab";
import { engine } from "@semblant/torch";
import { openRun } from "@semblant/training";
import { commit } from "../bench/commit.ts";
import { machine } from "../bench/result.ts";

export interface Naming {
  /** The table or figure this is part of. */
  readonly experiment: string;
  /** Of the file, without `.json`. */
  readonly name: string;
  /** Embed each face and its mirror image and take the mean. */
  readonly mirror?: boolean;
  /** The result whose weights the run began from, by its file's name; by default the name of the folder they were in. */
  readonly start?: string;
  /** Who taught it, in words, where others did. */
  readonly taughtBy?: string;
}

/** Evaluates a run on its test images and writes the result. */
export async function recordRun(dir: string, { experiment, name, mirror = false, start, taughtBy }: Naming): Promise<void> {
  const { settings, dataset, evaluation, twins } = (await evaluateSpace(dir, { threads: 1, mirror })) as EvaluatedRun;
  const { network, loss, preset, seed, precision, data, ...rest } = settings;
  const [labels = "", ...mode] = dataset.labels.split(" "); // label.csv, then the mode
  const last = openRun(dir).last();
  const began = network.weights === null ? null : (start ?? basename(dirname(network.weights)));
  const softened = data.softLabels === null ? null : basename(data.softLabels);
  const { metrics, perClass, confusion } = summary(evaluation);
  const result = {
    experiment,
    network: network.name,
    loss: loss.name,
    preset,
    seed,
    dataset: { name: dataset.name, labels, mode: mode.join(" "), split: dataset.split, n: dataset.n },
    metrics,
    ...(twins && { withoutTwins: { n: twins.n, metrics: twins.metrics } }),
    ...(mirror && { mirror }),
    ...(taughtBy && { taughtBy }),
    perClass,
    confusion,
    settings: {
      ...rest,
      network: { ...network, weights: began }, // no paths of this machine
      loss,
      preset,
      seed,
      precision,
      data: { ...data, source: dataset.name, softLabels: softened },
    },
    machine: machine(),
    libtorch: engine().libtorch,
    precision: precision === "auto" ? (engine().bfloat16 ? "bfloat16" : "float32") : precision,
    commit: commit(),
    seconds: Math.round(last?.state.seconds ?? 0),
  };
  const folder = resolve(import.meta.dirname, "results");
  mkdirSync(folder, { recursive: true });
  writeFileSync(resolve(folder, `${name}.json`), `${JSON.stringify(result, null, 2)}\n`);
  const shown = (["accuracy", "macroPrecision", "macroRecall", "paperF1", "macroF1", "nmi", "recallAt1"] as const)
    .map((metric) => `${metric} ${metrics[metric]?.value.toFixed(2)}`)
    .join(", ");
  console.log(`${name}: ${shown}`);
}
