import type { Comparison, Estimate, Evaluation, Metrics } from "@semblant/core";
import type pc from "picocolors";
import { shownMetrics, wordsOf } from "../report/metric-names.ts";
import { numberText, rangeText, signedText, undefinedNumber } from "../report/number-text.ts";
import { formatTable } from "../terminal/table.ts";
import type { EvaluatedRun } from "./evaluate.ts";

type Colors = ReturnType<typeof pc.createColors>;
type Row = readonly string[];

/** Table 2 of the paper, the row to stand beside ours where the data are the same: SGM loss, ResNet18, FER+ test, 3,137 faces. */
const published = { accuracy: 87.631, macroPrecision: 88.614, macroRecall: 68.724, paperF1: 77.412 };
const tableColumns = ["accuracy", "macroPrecision", "macroRecall", "paperF1", "macroF1"] as const;
const inTables = /^(accuracy|macroPrecision|macroRecall|paperF1|macroF1|(recall|accuracy)At\d+)$/;
const lossNames: Readonly<Record<string, string>> = {
  sgm: "structured Gaussian manifold loss",
  triplet: "triplet loss",
  softmax: "softmax cross-entropy",
  "cross-entropy": "cross-entropy of its own head",
  contrastive: "contrastive loss",
  "n-pair": "N-pair loss",
  "lifted-structure": "lifted structure loss",
  "supervised-contrastive": "supervised contrastive loss",
  "proxy-anchor": "proxy-anchor loss",
  arcface: "ArcFace",
};

const networkTitles: Readonly<Record<string, string>> = {
  resnet18: "ResNet18",
  preactresnet18: "PreActResNet18",
  fmpnet: "FMPNet",
  cvgg13: "CVGG13",
  alexnet: "AlexNet",
};

/**
 * What was trained on what, in a phrase: network, loss, data.
 *
 * @example
 * describeRun({
 *   settings: { network: { name: "resnet18", width: 32 }, loss: { name: "sgm", sigma: 2 } },
 *   dataset: { name: "generated faces", labels: "drawn" },
 * }); // "ResNet18 (width 32) with structured Gaussian manifold loss (sigma 2) on generated faces, labels: drawn"
 */
export function describeRun({ settings, dataset, gallery }: Described): string {
  const { network, loss } = settings;
  const name = networkTitles[network.name] ?? network.name;
  const detail = loss.name === "sgm" ? ` (sigma ${loss.sigma}${loss.leaveOneOut ? ", leave-one-out means" : ""})` : "";
  const trained = gallery ?? dataset;
  const measured = gallery === undefined ? "" : `, measured on ${dataset.name}, labels: ${dataset.labels}`;
  return `${name} (width ${network.width}) with ${lossNames[loss.name] ?? loss.name}${detail} on ${trained.name}, labels: ${trained.labels}${measured}`;
}

interface Described {
  readonly settings: {
    readonly network: { readonly name: string; readonly width: number };
    readonly loss: { readonly name: string; readonly sigma: number; readonly leaveOneOut?: boolean };
  };
  readonly dataset: { readonly name: string; readonly labels: string };
  readonly gallery?: { readonly name: string; readonly labels: string };
}

/** The tables of an evaluation for a terminal of 80 columns: Table 2's row, retrieval, and the rest with intervals. */
export function formatEvaluation(evaluated: EvaluatedRun, color: Colors): string {
  const { run, dataset, gallery, evaluation, twins } = evaluated;
  const { metrics, settings, rows } = evaluation;
  return [
    `${color.bold(run)}: ${describeRun(evaluated)}`,
    ...(gallery
      ? [
          `${dataset.name} ${dataset.split === "all" ? "whole" : dataset.split}: N = ${count(dataset.n)}, ${evaluation.outcomes.present.length} of the run's ${evaluation.classes.length} classes; averages are over those`,
        ]
      : []),
    `${gallery ? "" : `${dataset.split} N = ${count(dataset.n)}, `}the ${settings.k} nearest of ${count(rows.train)} training faces ${gallery ? `of ${gallery.name} ` : ""}vote; 95 % intervals`,
    ...leftOutLines(evaluation),
    "",
    formatTable(tableTwo(evaluated)),
    "",
    formatTable(retrieval(evaluated)),
    "",
    formatTable(
      shownMetrics(metrics)
        .filter(({ key }) => !inTables.test(key))
        .map((shown) => [
          shown.name,
          Number.isFinite(shown.value) ? `${numberText(shown.value, shown.digits)} ${shown.unit}` : undefinedNumber,
          rangeText(shown, shown.digits),
        ]),
    ),
    ...(twins ? ["", `${count(twins.count)} of the ${count(dataset.n)} faces stand pixel for pixel in the training data too: twins.`] : []),
  ].join("\n");
}

/** Which faces were not taken for neighbours, where there are any, and how to take them. */
function leftOutLines({ leftOut, settings: { leaveOut } }: Pick<Evaluation, "leftOut" | "settings">): string[] {
  if (leftOut === undefined) return [];
  const counts = [
    ...(leftOut.test > 0 ? [`${count(leftOut.test)} of the faces`] : []),
    ...(leftOut.train > 0 ? [`${count(leftOut.train)} among the training faces`] : []),
  ];
  return [
    `Faces of one ${leaveOut} are not each other's neighbours: ${counts.join(", and ")} have such others.`,
    "To take them in: --leave-out nothing",
  ];
}

function tableTwo({ evaluation, twins, dataset, gallery, settings }: EvaluatedRun): Row[] {
  const values = (metrics: Metrics) => tableColumns.map((key) => numberText(metrics[key].value, 3));
  const ranges = (metrics: Metrics) => tableColumns.map((key) => rangeText(metrics[key], 1));
  const comparable = gallery === undefined && dataset.name.startsWith("FER+") && dataset.split === "test" && settings.loss.name === "sgm";
  return [
    ["%", "Acc", "Prec", "Rec", "F1 (paper)", "macro F1"],
    [`all ${count(dataset.n)}`, ...values(evaluation.metrics)],
    ["", ...ranges(evaluation.metrics)],
    ...(twins
      ? [
          [`without twins, ${count(twins.n)}`, ...values(twins.metrics)],
          ["", ...ranges(twins.metrics)],
        ]
      : []),
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

function retrieval({ evaluation: { metrics, settings } }: EvaluatedRun): Row[] {
  const row = (name: string, kind: string) => [
    name,
    ...settings.ks.map((K) =>
      numberText((metrics as Readonly<Record<string, Estimate | undefined>>)[`${kind}At${K}`]?.value ?? Number.NaN, 1),
    ),
  ];
  return [["%, K =", ...settings.ks.map(String)], row("Recall@K", "recall"), row("Acc@K", "accuracy")];
}

/** The paired test of two runs, most telling metrics only. */
export function formatComparison(first: EvaluatedRun, second: EvaluatedRun, { differences, mcnemar }: Comparison): string {
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

/** How an evaluation was made, as the report says it. */
export function protocolOf({ dataset, gallery, evaluation, twins, settings, run }: EvaluatedRun): Record<string, string> {
  const { rows, settings: protocol } = evaluation;
  return {
    data: gallery === undefined ? `${dataset.name} (${settings.data.source})` : dataset.name,
    labels: dataset.labels,
    ...(gallery && { gallery: `training faces of ${gallery.name} (labels: ${gallery.labels}), which the run was trained on` }),
    classes: `${evaluation.outcomes.present.length} of the run's ${evaluation.classes.length} are in the data; macro averages and clusters go by those`,
    faces: `${count(rows.test)}${dataset.split === "all" ? ", the whole set" : ` of the split ${dataset.split}`}; ${count(rows.train)} training faces as reference`,
    classification: `vote of the ${protocol.k} nearest training faces, Euclidean distance, ties to the smaller class`,
    clustering: `k-means++ of the ${dataset.split} faces, best of ${protocol.restarts} starts, seed ${protocol.seed}`,
    retrieval: `among the ${dataset.split} faces, the query left out${evaluation.leftOut ? `, and with it all faces of its ${protocol.leaveOut}` : ""}`,
    Gaussians: `fitted to the training faces, sigma ${String(protocol.sigma)}, priors ${String(protocol.priors)}`,
    intervals: `95 %, ${count(protocol.bootstrap)} bootstrap draws of ${dataset.split} faces`,
    twins: twins
      ? `${count(twins.count)} faces stand pixel for pixel in the training data; measured with and without`
      : "none: no face stands pixel for pixel in the training data",
    run: `${run}, preset ${settings.preset}, seed ${settings.seed}`,
  };
}

const count = (n: number) => n.toLocaleString("en-US");
const significance = (p: number) => (!Number.isFinite(p) ? undefinedNumber : p < 0.001 ? "< 0.001" : p.toFixed(3));
