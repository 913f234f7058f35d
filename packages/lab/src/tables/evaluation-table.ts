import type { Comparison, Estimate, Metrics } from "@semblant/core";
import { formatTable } from "@semblant/core/internals";
import { unlikeInWords } from "@semblant/photos/internals";
import type pc from "picocolors";
import type { MeasuredSpace } from "../models/measured.ts";
import type { EvaluatedModel } from "../runs/evaluate-model.ts";
import type { EvaluatedRun } from "../runs/evaluate-run.ts";
import { shownMetrics, wordsOf } from "../words/metric-names.ts";
import { numberText, rangeText, signedText, undefinedNumber } from "../words/number-text.ts";
import { bothWords, classesOf, count, describe, queriesWord, votersOf } from "./lead.ts";
import { retrievalLines } from "./retrieval-table.ts";

type Colors = ReturnType<typeof pc.createColors>;
type Row = readonly string[];

/** Table 2 of the paper, the row to stand beside ours where the data are the same: SGM loss, ResNet18, FER+ test, 3,137 faces. */
const published = { accuracy: 87.631, macroPrecision: 88.614, macroRecall: 68.724, paperF1: 77.412 };
const tableColumns = ["accuracy", "macroPrecision", "macroRecall", "paperF1", "macroF1"] as const;
const headColumns = ["headAccuracy", "headMacroPrecision", "headMacroRecall", "headPaperF1", "headMacroF1"] as const;
const inTables = /^(accuracy|macroPrecision|macroRecall|paperF1|macroF1|(recall|precision|accuracy)At\d+|mapAtR|rPrecision|mrr)$/;

/** The tables of an evaluation for a terminal of 80 columns: Table 2's row, retrieval, and the rest with intervals. */
export function formatEvaluation(evaluated: EvaluatedRun | EvaluatedModel, color: Colors): string {
  const { run, dataset, gallery, evaluation, twins } = evaluated;
  const { metrics } = evaluation;
  const what = "card" in evaluated ? "model" : "run";
  const apart = gallery !== undefined || "card" in evaluated || dataset.against !== undefined;
  return [
    `${color.bold(run)}: ${describe(evaluated)}`,
    ...(apart
      ? [
          `${dataset.name} ${dataset.split === "all" ? "whole" : dataset.split}: N = ${count(dataset.n)}${queriesWord(dataset)}, ` +
            `${classesOf(evaluated, what)} classes; averages are over those`,
        ]
      : []),
    `${apart ? "" : `${dataset.split} N = ${count(dataset.n)}, `}the ${votersOf(evaluated)} vote; 95 % intervals`,
    ...(dataset.against && dataset.against.both > 0 ? [`${bothWords(dataset.against.both)}.`] : []),
    ...leftOutLines(evaluated),
    "",
    formatTable(tableTwo(evaluated)),
    "",
    ...retrievalLines(evaluated),
    "",
    formatTable(
      shownMetrics(metrics, { what, against: dataset.against !== undefined })
        .filter(({ key }) => !inTables.test(key) && !("card" in evaluated && (headColumns as readonly string[]).includes(key)))
        .map((shown) => [
          shown.name,
          Number.isFinite(shown.value) ? `${numberText(shown.value, shown.digits)} ${shown.unit}` : undefinedNumber,
          rangeText(shown, shown.digits),
        ]),
    ),
    ...unlikeLines(evaluated),
    ...(twins ? ["", `${count(twins.count)} of the ${count(dataset.n)} faces stand pixel for pixel in the training data too: twins.`] : []),
  ].join("\n");
}

/** That the faces are unlike those that the model learned from, where they are. */
function unlikeLines(evaluated: EvaluatedRun | EvaluatedModel): string[] {
  const words = "card" in evaluated ? unlikeInWords(evaluated.shift) : undefined;
  return words === undefined ? [] : ["", words];
}

/** Which faces were not taken for neighbours, where there are any, and how to take them. */
function leftOutLines(measured: MeasuredSpace): string[] {
  const { leftOut, settings } = measured.evaluation;
  const { leaveOut, retrieval } = settings;
  if (leftOut === undefined) return onePersonLines(measured);
  const counts = [
    ...(leftOut.test > 0 ? [`${count(leftOut.test)} of the faces`] : []),
    ...(leftOut.train > 0 && retrieval === "test" ? [`${count(leftOut.train)} among the training faces`] : []),
  ];
  return [
    `Faces of one ${leaveOut} are not each other's neighbours: ${counts.join(", and ")} have such others.`,
    "To take them in: --leave-out nothing",
    ...onePersonLines(measured),
  ];
}

/** Where each face is asked of all others, those of its person are among them: that looks better than it is. */
function onePersonLines({ evaluation: { settings }, embeddings: { test } }: MeasuredSpace): string[] {
  const people = (test.people ?? []).filter((person) => person !== "");
  if (!settings.leaveOneOut || settings.leaveOut === "person" || new Set(people).size === people.length) return [];
  return ["Other faces of the same person vote, too. To leave them out: --leave-out person"];
}

function tableTwo(evaluated: EvaluatedRun | EvaluatedModel): Row[] {
  const { evaluation, twins, dataset, gallery, settings } = evaluated;
  const rows = (name: string, metrics: Metrics, keys: readonly (keyof Metrics)[]): Row[] => {
    const estimates = keys.map((key) => metrics[key] as Estimate);
    return [
      [name, ...estimates.map(({ value }) => numberText(value, 3))],
      ["", ...estimates.map((estimate) => rangeText(estimate, 1))],
    ];
  };
  const head = ["%", "Acc", "Prec", "Rec", "F1 (paper)", "macro F1"];
  if ("card" in evaluated) {
    const neighbors = `by ${evaluation.settings.k} neighbours`;
    const byItself = evaluation.metrics.headAccuracy !== undefined;
    return [
      head,
      ...(byItself ? rows(`all ${count(dataset.n)}, by its Gaussians`, evaluation.metrics, headColumns) : []),
      ...rows(byItself ? neighbors : `all ${count(dataset.n)}, ${neighbors}`, evaluation.metrics, tableColumns),
      ...(twins ? rows(`without twins, ${count(twins.n)}, by its Gaussians`, twins.metrics, headColumns) : []),
      ...(twins ? rows(neighbors, twins.metrics, tableColumns) : []),
    ];
  }
  const run = settings as EvaluatedRun["settings"];
  const comparable = gallery === undefined && dataset.name.startsWith("FER+") && dataset.split === "test" && run.loss.name === "sgm";
  return [
    head,
    ...rows(`all ${count(dataset.n)}`, evaluation.metrics, tableColumns),
    ...(twins ? rows(`without twins, ${count(twins.n)}`, twins.metrics, tableColumns) : []),
    ...(comparable
      ? [
          [
            "the paper's, 3,137",
            ...tableColumns.map((key) => (key in published ? published[key as keyof typeof published].toFixed(3) : "–")),
          ],
        ]
      : []),
  ];
}

/** The paired test of two runs, most telling metrics only. */
export function formatComparison(first: MeasuredSpace, second: MeasuredSpace, { differences, mcnemar }: Comparison): string {
  const keys = [
    "accuracy",
    "macroPrecision",
    "macroRecall",
    "paperF1",
    "macroF1",
    "nmi",
    "recallAt1",
    "gaussianAccuracy",
    "ece",
    "voteLogLoss",
  ];
  const { onlyFirst, onlySecond } = mcnemar.accuracy;
  const rows = keys.flatMap((key) => {
    const difference = (differences as Readonly<Record<string, (Estimate & { p: number }) | undefined>>)[key];
    if (difference === undefined) return [];
    const digits = wordsOf(key).unit === "nats" ? 3 : 1;
    return [
      [
        wordsOf(key).name,
        signedText(difference.value, digits),
        Number.isFinite(difference.low) ? `${signedText(difference.low, digits)} to ${signedText(difference.high, digits)}` : "",
        significance(difference.p),
      ],
    ];
  });
  return [
    `${first.run} minus ${second.run}, on the same ${count(first.dataset.n)} faces`,
    formatTable([["", "difference", "95 % interval", "p"], ...rows]),
    `Only ${first.run} names ${count(onlyFirst)} faces rightly, only ${second.run} ${count(onlySecond)} (McNemar's exact test).`,
  ].join("\n");
}
const significance = (p: number) => (!Number.isFinite(p) ? undefinedNumber : p < 0.001 ? "< 0.001" : p.toFixed(3));
