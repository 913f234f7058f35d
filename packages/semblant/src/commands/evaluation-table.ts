import type { Comparison, Estimate, Metrics } from "@semblant/core";
import type pc from "picocolors";
import { shownMetrics, wordsOf } from "../report/metric-names.ts";
import { numberText, rangeText, signedText, undefinedNumber } from "../report/number-text.ts";
import { formatTable } from "../terminal/table.ts";
import type { EvaluatedRun } from "./evaluate.ts";
import type { EvaluatedModel } from "./evaluate-model.ts";
import type { Measured } from "./measured.ts";

type Colors = ReturnType<typeof pc.createColors>;
type Row = readonly string[];

/** Table 2 of the paper, the row to stand beside ours where the data are the same: SGM loss, ResNet18, FER+ test, 3,137 faces. */
const published = { accuracy: 87.631, macroPrecision: 88.614, macroRecall: 68.724, paperF1: 77.412 };
const tableColumns = ["accuracy", "macroPrecision", "macroRecall", "paperF1", "macroF1"] as const;
const headColumns = ["headAccuracy", "headMacroPrecision", "headMacroRecall", "headPaperF1", "headMacroF1"] as const;
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

/** What a model is and was measured on, in a phrase. */
function describeModel({ card, dataset, gallery }: EvaluatedModel): string {
  const voters = gallery === undefined ? "" : `; gallery ${gallery.name}, labels: ${gallery.labels}`;
  return `the model ${card.name} ${card.version}, measured on ${dataset.name}, labels: ${dataset.labels}${voters}`;
}

/** What was measured on what, in a phrase. */
export function describe(evaluated: EvaluatedRun | EvaluatedModel): string {
  return "card" in evaluated ? describeModel(evaluated) : describeRun(evaluated);
}

/** Who votes: `11 nearest of 25,045 training faces`, `11 nearest of the other 212 faces`. */
export function votersOf({ evaluation: { settings, rows }, gallery }: Measured): string {
  if (settings.leaveOneOut) return `${settings.k} nearest of the other ${count(rows.test - 1)} faces`;
  return `${settings.k} nearest of ${count(rows.train)} training faces${gallery ? ` of ${gallery.name}` : ""}`;
}

/** What was measured and how good it is, in two or three sentences. Of a model, what it says by itself comes first. */
export function leadOf(evaluated: EvaluatedRun | EvaluatedModel): string {
  const { evaluation, dataset } = evaluated;
  const { accuracy, headAccuracy } = evaluation.metrics;
  const what = describe(evaluated);
  const faces = dataset.split === "all" ? `all ${count(dataset.n)} faces` : `${count(dataset.n)} ${dataset.split} faces`;
  const rightly = `of ${faces} as their label does.`;
  const shares = { own: headAccuracy?.value.toFixed(1), neighbors: accuracy.value.toFixed(1) };
  const neighbors = `The ${votersOf(evaluated)} name ${shares.neighbors} %`;
  const answers = "card" in evaluated ? `Its Gaussians name ${shares.own} % ${rightly} ${neighbors}.` : `${neighbors} ${rightly}`;
  return `${what.slice(0, 1).toUpperCase()}${what.slice(1)}. ${answers}`;
}

/** The tables of an evaluation for a terminal of 80 columns: Table 2's row, retrieval, and the rest with intervals. */
export function formatEvaluation(evaluated: EvaluatedRun | EvaluatedModel, color: Colors): string {
  const { run, dataset, gallery, evaluation, twins } = evaluated;
  const { metrics } = evaluation;
  const whole = "card" in evaluated ? "the model's" : "the run's";
  const apart = gallery !== undefined || "card" in evaluated;
  return [
    `${color.bold(run)}: ${describe(evaluated)}`,
    ...(apart
      ? [
          `${dataset.name} ${dataset.split === "all" ? "whole" : dataset.split}: N = ${count(dataset.n)}, ${evaluation.outcomes.present.length} of ${whole} ${evaluation.classes.length} classes; averages are over those`,
        ]
      : []),
    `${apart ? "" : `${dataset.split} N = ${count(dataset.n)}, `}the ${votersOf(evaluated)} vote; 95 % intervals`,
    ...leftOutLines(evaluated),
    "",
    formatTable(tableTwo(evaluated)),
    "",
    formatTable(retrieval(evaluated)),
    "",
    formatTable(
      shownMetrics(metrics, { what: "card" in evaluated ? "model" : "run" })
        .filter(({ key }) => !inTables.test(key) && !("card" in evaluated && (headColumns as readonly string[]).includes(key)))
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
function leftOutLines(measured: Measured): string[] {
  const { leftOut, settings } = measured.evaluation;
  const { leaveOut, leaveOneOut } = settings;
  if (leftOut === undefined) return onePersonLines(measured);
  const counts = [
    ...(leftOut.test > 0 ? [`${count(leftOut.test)} of the faces`] : []),
    ...(leftOut.train > 0 && !leaveOneOut ? [`${count(leftOut.train)} among the training faces`] : []),
  ];
  return [
    `Faces of one ${leaveOut} are not each other's neighbours: ${counts.join(", and ")} have such others.`,
    "To take them in: --leave-out nothing",
    ...onePersonLines(measured),
  ];
}

/** Where each face is asked of all others, those of its person are among them: that looks better than it is. */
function onePersonLines({ evaluation: { settings }, embeddings: { test } }: Measured): string[] {
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
    return [
      head,
      ...rows(`all ${count(dataset.n)}, by its Gaussians`, evaluation.metrics, headColumns),
      ...rows(neighbors, evaluation.metrics, tableColumns),
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

function retrieval({ evaluation: { metrics, settings } }: Measured): Row[] {
  const row = (name: string, kind: string) => [
    name,
    ...settings.ks.map((K) =>
      numberText((metrics as Readonly<Record<string, Estimate | undefined>>)[`${kind}At${K}`]?.value ?? Number.NaN, 1),
    ),
  ];
  return [["%, K =", ...settings.ks.map(String)], row("Recall@K", "recall"), row("Acc@K", "accuracy")];
}

/** The paired test of two runs, most telling metrics only. */
export function formatComparison(first: Measured, second: Measured, { differences, mcnemar }: Comparison): string {
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
export function protocolOf(evaluated: EvaluatedRun | EvaluatedModel): Record<string, string> {
  const { dataset, gallery, evaluation, twins, settings, run } = evaluated;
  const { rows, settings: protocol } = evaluation;
  const isModel = "card" in evaluated;
  const faces = protocol.leaveOneOut ? "all others as reference" : `${count(rows.train)} training faces as reference`;
  return {
    data: gallery === undefined ? `${dataset.name} (${settings.data.source})` : dataset.name,
    labels: dataset.labels,
    ...(gallery && {
      gallery: `training faces of ${gallery.name} (labels: ${gallery.labels})${isModel ? "" : ", which the run was trained on"}`,
    }),
    classes: `${evaluation.outcomes.present.length} of the ${isModel ? "model" : "run"}'s ${evaluation.classes.length} are in the data; macro averages and clusters go by those`,
    faces: `${count(rows.test)}${dataset.split === "all" ? ", the whole set" : ` of the split ${dataset.split}`}; ${faces}`,
    ...(isModel && { "its Gaussians": "those that the model carries" }),
    classification: `vote of the ${votersOf(evaluated)}, Euclidean distance, ties to the smaller class`,
    clustering: `k-means++ of ${facesOf(dataset)}, best of ${protocol.restarts} starts, seed ${protocol.seed}`,
    retrieval: `among ${facesOf(dataset)}, the query left out${evaluation.leftOut ? `, and with it all faces of its ${protocol.leaveOut}` : ""}`,
    Gaussians: `fitted to the ${protocol.leaveOneOut ? "other" : "training"} faces, sigma ${String(protocol.sigma)}, priors ${String(protocol.priors)}`,
    intervals: `95 %, ${count(protocol.bootstrap)} bootstrap draws of ${facesOf(dataset)}`,
    twins: twins
      ? `${count(twins.count)} faces stand pixel for pixel in the training data; measured with and without`
      : protocol.leaveOneOut
        ? "not looked for: there is no training data"
        : "none: no face stands pixel for pixel in the training data",
    run: isModel
      ? `the model ${evaluated.card.name} ${evaluated.card.version}`
      : `${run}, preset ${evaluated.settings.preset}, seed ${evaluated.settings.seed}`,
  };
}

const facesOf = ({ split }: Measured["dataset"]) => (split === "all" ? "all faces" : `the ${split} faces`);
const count = (n: number) => n.toLocaleString("en-US");
const significance = (p: number) => (!Number.isFinite(p) ? undefinedNumber : p < 0.001 ? "< 0.001" : p.toFixed(3));
