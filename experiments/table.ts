/**
 * The table of results in docs/results.md, from experiments/results: the numbers there are these files, and a test says so.
 *
 *   npm run experiment -- table
 */
import { globSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseOptions } from "../bench/options.ts";
import { type Measured, markdownTable, withInterval } from "./markdown.ts";

interface Result {
  readonly experiment: string;
  readonly loss: string;
  readonly seed: number;
  readonly dataset: { readonly n: number };
  readonly metrics: Readonly<Record<string, Measured>>;
  readonly withoutTwins?: { readonly n: number; readonly metrics: Readonly<Record<string, Measured>> };
  readonly settings: {
    readonly network: { readonly baseChannels?: number; readonly width?: number; readonly weights?: string | null };
    readonly data: { readonly softLabels?: string | null };
  };
  /** Absent in the first results with teachers, which were four runs. */
  readonly taughtBy?: string;
  readonly seconds: number;
}

/** Table 2 and the FER+ column of Table 1, ResNet18, in percent. */
const paper: Record<string, readonly number[]> = {
  sgm: [87.63, 88.61, 68.72, 77.41, Number.NaN, 68.84],
  triplet: [87.12, 78.54, 68.38, 73.11, Number.NaN, 64.46],
  softmax: [87.7, 85.96, 69.66, 76.95, Number.NaN, Number.NaN],
};
const columns = ["accuracy", "macroPrecision", "macroRecall", "paperF1", "macroF1", "nmi", "recallAt1"];
const order = ["sgm", "triplet", "softmax"];

/** One row a run, the paper's row under each loss; values with their 95 % interval. */
export function resultsTable(folder = resolve(import.meta.dirname, "results")): string {
  const results = globSync("fer-plus-resnet18-*.json", { cwd: folder })
    .map((file) => JSON.parse(readFileSync(resolve(folder, file), "utf8")) as Result)
    .sort(
      (a, b) =>
        order.indexOf(a.loss) - order.indexOf(b.loss) ||
        widthOf(b) - widthOf(a) ||
        startOf(b).length - startOf(a).length ||
        a.seed - b.seed,
    );
  const rows = results.map(({ loss, seed, metrics, withoutTwins, seconds, ...result }) => [
    `${loss}, ${widthOf(result)} channels, seed ${seed}${startOf(result)}`,
    ...columns.map((name) => shown(metrics[name])),
    withoutTwins === undefined ? "" : shown(withoutTwins.metrics.accuracy),
    `${Math.round(seconds / 60)} min`,
  ]);
  const published = order.map((loss) => [
    `*paper, ${loss}*`,
    ...[...(paper[loss] ?? []), Number.NaN].map((value) => (Number.isNaN(value) ? "" : `*${value.toFixed(2)}*`)),
    "",
    "",
  ]);
  const head = ["", "Acc", "Prec", "Rec", "F1 (paper)", "macro-F1", "NMI", "Recall@1", "Acc without twins", "training"];
  return markdownTable(head, [...rows, ...published]);
}

/** A run that went on from another's weights says so, and one that learned from others' soft labels. */
const startOf = ({ settings, taughtBy = "four runs" }: Pick<Result, "settings" | "taughtBy">) =>
  settings.data.softLabels ? `, soft labels of ${taughtBy}` : settings.network.weights ? ", warm restart" : "";
const widthOf = ({ settings }: Pick<Result, "settings">) => settings.network.baseChannels ?? settings.network.width ?? 0; // what it was called once

function shown(metric: Measured | undefined): string {
  if (metric === undefined) return "";
  return withInterval(metric, 2);
}

if (import.meta.main) {
  parseOptions({ options: {} });
  console.log(resultsTable());
}
