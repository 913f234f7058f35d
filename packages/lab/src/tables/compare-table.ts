import type { Difference } from "@semblant/core";
import { formatTable } from "@semblant/core/internals";
import type pc from "picocolors";
import type { ComparedLoss, LossComparison } from "../runs/compare-losses.ts";
import type { LossDifference, SeedEstimate } from "../runs/compare-statistics.ts";
import { wordsOf } from "../words/metric-names.ts";
import { numberText, rangeText, signedText } from "../words/number-text.ts";

type Colors = ReturnType<typeof pc.createColors>;

const columns = ["accuracy", "macroF1", "nmi", "recallAt1"];
const tested = ["accuracy", "macroF1"];
/** Above so many seeds McNemar's p of each is too much to read. */
const mostListed = 3;

/** The tables of a comparison for a terminal of 80 columns: every loss, then each against the first. */
export function formatComparedLosses(comparison: LossComparison, color: Colors): string {
  const { dataset, seeds, losses, comparisons, settings, neighbors, out } = comparison;
  const { network, epochs, steps } = settings;
  const length = steps === null ? `${epochs} epochs` : `${steps} steps`;
  const spread = seeds.length > 1 ? "mean ± standard deviation over the seeds" : "one seed";
  const died = losses.flatMap(({ name, runs }) =>
    runs
      .filter(({ ended }) => ended === "collapsed" || ended === "not finite")
      .map(({ run, seed, ended }) => `${name}, seed ${seed}: ${ended} (${run})`),
  );
  return [
    color.bold(
      `${losses.length} losses, ${seeds.length} ${seeds.length === 1 ? "seed" : "seeds"}: ` +
        `${network.name} (${network.baseChannels} channels), ${length}`,
    ),
    `${dataset.name}, labels: ${dataset.labels}; runs in ${out}`,
    `test N = ${count(dataset.n)}, the ${neighbors} nearest of ${count(dataset.gallery)} training faces vote`,
    `${spread}; 95 % intervals over faces${seeds.length > 1 ? " and seeds" : ""}`,
    "",
    formatTable([["%", ...columns.map((key) => wordsOf(key).name), "min"], ...losses.flatMap(rowsOf)]),
    ...(died.length > 0 ? ["", "Trainings that died, measured by their best weights:", ...died.map((line) => `  ${line}`)] : []),
    ...(comparisons.length > 0 ? ["", ...against(comparisons, seeds.length)] : []),
  ].join("\n");
}

function rowsOf({ name, metrics, runs }: ComparedLoss): string[][] {
  const cell = ({ value, deviation }: SeedEstimate) =>
    Number.isFinite(deviation) ? `${numberText(value, 1)} ± ${deviation.toFixed(1)}` : numberText(value, 1);
  const shown = columns.map((key) => metrics[key]);
  const seconds = runs.reduce((sum, run) => sum + run.seconds, 0) / runs.length;
  const [loss, ...own] = name.split(":") as [string, ...string[]];
  const minutes = (seconds / 60).toFixed(seconds < 6000 ? 1 : 0);
  return [
    [loss, ...shown.map((estimate) => (estimate ? cell(estimate) : "–")), minutes],
    [own.map((setting) => ` ${setting}`).join(""), ...shown.map((estimate) => (estimate ? rangeText(estimate, 1) : ""))],
  ];
}

function against(comparisons: readonly LossDifference[], seeds: number): string[] {
  const [{ against: first }] = comparisons as [LossDifference];
  const each = seeds > 1 && seeds <= mostListed ? "McNemar, each seed" : "McNemar";
  return tested.flatMap((key, place) => {
    const isAccuracy = key === "accuracy";
    const rows = comparisons.map((comparison) => {
      const { value, low, high, holm } = comparison.differences[key] as Difference & { holm: number };
      const interval = Number.isFinite(low) ? `${signedText(low, 1)} to ${signedText(high, 1)}` : "";
      return [comparison.loss, signedText(value, 1), interval, probability(holm), ...(isAccuracy ? [mcnemars(comparison)] : [])];
    });
    const heading = [wordsOf(key).name, "points", "95 % interval", "p", ...(isAccuracy ? [each] : [])];
    const title = `minus ${first}, same faces and seeds; p corrected for ${comparisons.length} losses (Holm)`;
    return [...(place === 0 ? [title] : [""]), formatTable([heading, ...rows])];
  });
}

function mcnemars({ mcnemar }: LossDifference): string {
  const p = mcnemar.map((test) => test.p);
  if (p.length <= mostListed) return p.map(probability).join("  ");
  return `${probability(Math.min(...p))} to ${probability(Math.max(...p))}`;
}

const count = (n: number) => n.toLocaleString("en-US");
/** Without the 0 that every p begins with: three of them stand side by side. */
const probability = (p: number) => (Number.isNaN(p) ? "–" : p < 0.001 ? "<.001" : p.toFixed(3).replace(/^0/, ""));
